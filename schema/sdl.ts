import { readFileSync } from 'node:fs';
import type { DocumentNode } from 'graphql';
import { expand } from './expand.ts';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

interface SubgraphTraits {
  /** Holds credit records. */
  records: boolean;
  /** The center's own: it delivers, amends and gives orders to those that hold records. */
  center: boolean;
  /** Is told what becomes of records that others hold. */
  follows: boolean;
}

const AGENCY: SubgraphTraits = { records: true, center: false, follows: false };

/** Every subgraph by name, and what it is. A ninth agency is one line here. */
export const SUBGRAPHS = {
  registration: AGENCY,
  penalties: AGENCY,
  judicial: AGENCY,
  honors: AGENCY,
  objections: { records: true, center: true, follows: false },
  catalogue: { records: false, center: false, follows: false },
  collection: { records: false, center: true, follows: false },
  access: { records: false, center: false, follows: false },
} as const satisfies Record<string, SubgraphTraits>;

export type SubgraphName = keyof typeof SUBGRAPHS;
export const SUBGRAPH_NAMES = Object.keys(SUBGRAPHS) as SubgraphName[];

/** The full SDL of one subgraph: what all share, what records share, and its own file. */
export const subgraphSdl = (name: SubgraphName): DocumentNode =>
  expand(
    read('common/base.graphql'),
    ...(SUBGRAPHS[name].records ? [read('common/records.graphql')] : []),
    read(`${name}.graphql`),
  );
