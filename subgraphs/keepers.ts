import { recordKinds } from '../records/kind.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, type SubgraphName, subgraphSdl } from '../schema/sdl.ts';

/** Which subgraph keeps the records of a type, from the SDL alone. */
export const recordKeepers: ReadonlyMap<string, SubgraphName> = new Map(
  SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records).flatMap((name) =>
    recordKinds(subgraphSdl(name)).map((kind) => [kind.type, name] as const),
  ),
);
