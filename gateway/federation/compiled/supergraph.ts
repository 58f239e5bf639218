import type { Schema, Supergraph } from '@apollo/federation-internals';
import type { ApolloGateway } from '@apollo/gateway';
import { LRUCache } from 'lru-cache';

/** A process has one or two. */
const MAX_KEPT = 3;
const kept = new LRUCache<string, Supergraph>({ max: MAX_KEPT });

/** The step of ApolloGateway that reads a supergraph. */
interface Reading {
  createSchemaFromSupergraphSdl(supergraphSdl: string): { supergraph: Supergraph; supergraphSdl: string };
  createServices(services: ReturnType<Supergraph['subgraphsMetadata']>): void;
}

/**
 * Lets a gateway share with the others of its process what follows from a supergraph's text alone: reading it, taking its subgraphs apart and making
 * schemas of graphql-js from it is half a second of CPU.
 */
export function shareSupergraph(gateway: ApolloGateway): void {
  const reading = gateway as unknown as Reading;
  const read = reading.createSchemaFromSupergraphSdl.bind(gateway);
  reading.createSchemaFromSupergraphSdl = (supergraphSdl) => {
    const known = kept.get(supergraphSdl);
    if (known) {
      reading.createServices(known.subgraphsMetadata());
      return { supergraph: known, supergraphSdl };
    }
    const { supergraph } = read(supergraphSdl);
    madeOnce(supergraph.schema);
    madeOnce(supergraph.apiSchema());
    kept.set(supergraphSdl, supergraph);
    return { supergraph, supergraphSdl };
  };
}

/** Each gateway asks for the form that graphql-js has. */
function madeOnce(schema: Schema): void {
  const made = schema.toGraphQLJSSchema();
  schema.toGraphQLJSSchema = () => made;
}
