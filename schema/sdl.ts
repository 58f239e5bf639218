import { readFileSync } from 'node:fs';
import type { DocumentNode } from 'graphql';
import { expand } from './expand.ts';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** Every subgraph by name, and whether it holds credit records. A ninth agency is one line here. */
export const SUBGRAPHS = {
  registration: { records: true },
  penalties: { records: true },
  judicial: { records: true },
  honors: { records: true },
  objections: { records: true },
  catalogue: { records: false },
  collection: { records: false },
  access: { records: false },
} as const satisfies Record<string, { records: boolean }>;

export type SubgraphName = keyof typeof SUBGRAPHS;
export const SUBGRAPH_NAMES = Object.keys(SUBGRAPHS) as SubgraphName[];

/** The full SDL of one subgraph: what all share, what records share, and its own file. */
export const subgraphSdl = (name: SubgraphName): DocumentNode =>
  expand(
    read('common/base.graphql'),
    ...(SUBGRAPHS[name].records ? [read('common/records.graphql')] : []),
    read(`${name}.graphql`),
  );
