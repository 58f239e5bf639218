import { writeFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { GATEWAY_SUBGRAPH, SUBGRAPH_NAMES, gatewaySubgraphSdl, subgraphSdl } from './sdl.ts';

export const SUPERGRAPH_FILE = new URL('supergraph.graphql', import.meta.url);

/** The supergraph of all subgraphs. URLs are placeholders: where a subgraph is reached is the wiring's to say. */
export function composeSupergraph(): string {
  const result = composeServices(
    [
      ...SUBGRAPH_NAMES.map((name) => ({ name, typeDefs: subgraphSdl(name) })),
      { name: GATEWAY_SUBGRAPH, typeDefs: gatewaySubgraphSdl() },
    ].map(({ name, typeDefs }) => ({ name, url: `http://${name}.subgraph.invalid/graphql`, typeDefs })),
  );
  if (!result.supergraphSdl)
    throw new AggregateError(
      result.errors ?? [],
      `composition failed: ${result.errors?.map(String).join('\n')}`,
    );
  return result.supergraphSdl;
}

if (import.meta.main) {
  writeFileSync(SUPERGRAPH_FILE, `${composeSupergraph().trim()}\n`);
}
