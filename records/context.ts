import type { FieldNode } from 'graphql';
import type { DisclosureReport } from './disclosure.ts';
import type { Grant } from './grant.ts';
import type { Snapshot } from './snapshot.ts';

/** What every resolver of every subgraph is given. There is none without a grant. */
export interface SubgraphContext {
  grant: Grant;
  /** What this execution disclosed, for the journal. */
  report: DisclosureReport;
  /** The catalogue as it stood when the execution began. */
  snapshot: Snapshot;
  /** Lists that are read while their subject is looked up, by the fields that ask for them (ahead.ts). */
  begun?: Map<FieldNode, unknown>;
}
