import type { Layout } from '../records/import/layout.ts';
import { plainLayout } from '../records/import/plainLayout.ts';
import { recordKinds } from '../records/kind.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, subgraphSdl } from '../schema/sdl.ts';

/** The plain layout of every record type, also of those whose files come in a data standard. */
export const plainLayouts: ReadonlyMap<string, Layout> = new Map(
  SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records)
    .flatMap((name) => recordKinds(subgraphSdl(name)))
    .map((kind) => [kind.type, plainLayout(kind)]),
);

/** Record types that the system enters by itself from other records, whose fate they follow: nobody submits or corrects them. */
export const ENTERED: ReadonlySet<string> = new Set(['LinkedConduct']);
