import { readFileSync } from 'node:fs';
import type { DocumentNode } from 'graphql';
import { expand } from './expand.ts';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

interface SubgraphTraits {
  /** Holds credit records. */
  records: boolean;
  /** The center's own: it delivers, amends and gives orders to those that hold records. */
  center: boolean;
  /** Adds its tables to the operating report. */
  reports: boolean;
  /** Is told what becomes of records that others hold. */
  follows: boolean;
}

const AGENCY: SubgraphTraits = { records: true, center: false, reports: false, follows: false };

/** Every subgraph by name, and what it is. Another one is one line here. */
export const SUBGRAPHS = {
  registration: AGENCY,
  // Entries of responsible persons follow organizations' records [NT-29].
  penalties: { ...AGENCY, follows: true },
  judicial: AGENCY,
  honors: AGENCY,
  objections: { records: true, center: true, reports: true, follows: false },
  catalogue: { records: false, center: false, reports: true, follows: false },
  collection: { records: false, center: true, reports: true, follows: false },
  measures: { records: false, center: true, reports: false, follows: true },
  access: { records: false, center: false, reports: true, follows: false },
} as const satisfies Record<string, SubgraphTraits>;

export type SubgraphName = keyof typeof SUBGRAPHS;
export const SUBGRAPH_NAMES = Object.keys(SUBGRAPHS) as SubgraphName[];

/** The full SDL of one subgraph: what all share, what records share, and its own file. */
export const subgraphSdl = (name: SubgraphName): DocumentNode =>
  expand(
    read('common/base.graphql'),
    ...(SUBGRAPHS[name].records ? [read('common/records.graphql')] : []),
    ...(SUBGRAPHS[name].reports ? [read('common/report.graphql')] : []),
    read(`${name}.graphql`),
  );
