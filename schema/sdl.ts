import { readFileSync } from 'node:fs';
import type { DocumentNode } from 'graphql';
import { expand } from './expand.ts';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

interface SubgraphTraits {
  /** Holds credit records. */
  records: boolean;
  /** The center's own: it delivers, amends and gives orders to those that hold records. */
  center: boolean;
  /** Asks those that hold records what they say, and can change nothing there. */
  asks: boolean;
  /** Adds its tables to the operating report. */
  reports: boolean;
  /** Is told what becomes of records that others hold. */
  follows: boolean;
  /** Keeps values that are sealed: identity numbers, files, what others sent. */
  seals: boolean;
}

const NONE = { records: false, center: false, asks: false, reports: false, follows: false, seals: false };
const AGENCY = { ...NONE, records: true };

/** Every subgraph by name, and what it is. Another one is one line here. */
export const SUBGRAPHS = {
  registration: { ...AGENCY, seals: true },
  // Entries of responsible persons follow organizations' records [NT-29].
  penalties: { ...AGENCY, follows: true },
  judicial: AGENCY,
  honors: AGENCY,
  objections: { ...AGENCY, center: true, reports: true, seals: true },
  catalogue: { ...NONE, reports: true },
  collection: { ...NONE, center: true, reports: true, seals: true },
  measures: { ...NONE, asks: true, reports: true, follows: true },
  access: { ...NONE, reports: true, seals: true },
  sharing: { ...NONE, asks: true, reports: true, seals: true },
} as const satisfies Record<string, SubgraphTraits>;

export type SubgraphName = keyof typeof SUBGRAPHS;
export const SUBGRAPH_NAMES = Object.keys(SUBGRAPHS) as SubgraphName[];

/**
 * A subgraph without a database that the gateway itself answers, from what it asks of the others: checks [SP-check, JS-12, SH-20b] and
 * credit reports [SR-29b, JS-19, JS-20].
 */
export const GATEWAY_SUBGRAPH = 'checks';
const GATEWAY_FILES = [GATEWAY_SUBGRAPH, 'reports'];

let gatewaySdl: DocumentNode | undefined;

/** The full SDL of what the gateway itself answers. Not to be changed: all callers have the same. */
export const gatewaySubgraphSdl = (): DocumentNode =>
  (gatewaySdl ??= expand(
    read('common/base.graphql'),
    ...GATEWAY_FILES.map((file) => read(`${file}.graphql`)),
  ));

/** The field by which an agency shows a record that changed, of the agency's name. */
const changedRecord = (name: SubgraphName): string => `
extend type ChangedRecord {
  "The record as it stands, where this agency keeps it; null where it does not, and where the record is gone or not open to the caller."
  ${name}: CreditRecord @disclosure(tier: PUBLIC)
}`;

/** Tables, layouts, doors and the schema itself all follow from it. */
const expanded = new Map<SubgraphName, DocumentNode>();

/** The full SDL of one subgraph: what all share, what records share, and its own file. Not to be changed: all callers have the same. */
export function subgraphSdl(name: SubgraphName): DocumentNode {
  let sdl = expanded.get(name);
  if (!sdl) {
    sdl = expand(
      read('common/base.graphql'),
      ...(SUBGRAPHS[name].records ? [read('common/records.graphql'), changedRecord(name)] : []),
      ...(SUBGRAPHS[name].reports ? [read('common/report.graphql')] : []),
      read(`${name}.graphql`),
    );
    expanded.set(name, sdl);
  }
  return sdl;
}
