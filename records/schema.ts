import { buildSubgraphSchema } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import type { DocumentNode, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { guarded } from './guard.ts';
import { asReference, referenceOf } from './reference.ts';
import type { ResolverMap } from './resolvers.ts';

/** Schemas without resolvers, by their SDL. Not to be changed: all that are made of one share it. */
const bare = new WeakMap<DocumentNode, GraphQLSchema>();

/**
 * The guarded schema of a subgraph. What follows from the SDL alone is made once a process, since checking it takes most of the time: a process
 * that opens a subgraph again gives resolvers to a copy.
 */
export function guardedSchema(sdl: DocumentNode, resolvers: ResolverMap): GraphQLSchema {
  let base = bare.get(sdl);
  if (!base) bare.set(sdl, (base = buildSubgraphSchema([{ typeDefs: sdl }])));
  const schema = addResolversToSchema({
    schema: base,
    resolvers: resolvers as never,
    // As @apollo/subgraph has it: what several subgraphs resolve alike need not be in the schema of each.
    resolverValidationOptions: { requireResolversToMatchSchema: 'ignore' },
  });
  for (const [name, fields] of Object.entries(resolvers)) {
    const type = schema.getType(name) as GraphQLObjectType | undefined;
    const { __resolveReference: resolveReference } = fields as { __resolveReference?: unknown };
    // Where @apollo/subgraph looks for it.
    if (type && resolveReference)
      type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } };
  }
  const entities = schema.getQueryType()?.getFields()['_entities'];
  const { __resolveReference: ofSubjects } = (resolvers['Subject'] ?? {}) as { __resolveReference?: unknown };
  if (entities?.resolve && ofSubjects === referenceOf) entities.resolve = asReference(entities.resolve);
  return guarded(schema);
}
