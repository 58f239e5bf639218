import type { DisclosureData, DisclosureReport } from '../records/disclosure.ts';
import type { Grant } from '../records/grant.ts';
import type { Caller } from './identity/caller.ts';
import type { Purpose } from './policy/purpose.ts';

/** What one request carries through the gateway. */
export interface GatewayContext {
  caller: Caller;
  /** From the header `Query-Purpose`, where the request has no `extensions.purpose`. */
  purposeHeader: string | null;
  /** Set once the policy has worked it out; no subgraph is asked before. */
  grant: Grant | null;
  /** Why it is asked, as far as the request says it. */
  purpose?: Purpose | null;
  /** Id of the entry that is going to tell of it, where something is kept under it before it is written. */
  entryId?: string;
  /** What the journal's entry is to say of checks that the operation made, beside its name. */
  noted?: string[];
  /** What subgraphs disclosed, for the journal. */
  report: DisclosureReport;
  /** Of a question that was asked ahead: what it disclosed, which is reported once its answer is used. */
  aside?: DisclosureData[];
  /** Why it looks, where it need not name a purpose. */
  ground?: string;
  /** What the subject agreed to, where the query is made under its authorization. */
  agreedPurpose?: string;
}
