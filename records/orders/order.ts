import type { Correction } from '../recordInput.ts';
import type { Grade } from '../../policy/terms.ts';

/** What others may go by of a record that an agency keeps, none of its content. Dates are 'YYYY-MM-DD'. */
export interface RecordFacts {
  recordType: string;
  subjectId: string;
  id: string;
  /** Number of the catalogue item. */
  itemId: number;
  jurisdiction: string;
  /** 统一社会信用代码 of the providing unit. */
  provider: string;
  grade: Grade | null;
  determinedOn: string | null;
  endedOn: string | null;
  /** Last day shown; null: no term is running. */
  visibleUntil: string | null;
  /** Last day shown to the public; null: no limit. */
  publicUntil: string | null;
  revision: number;
  disputed: boolean;
  /** The mark itself; null where it is not disputed. */
  dispute: DisputeMark | null;
  archived: boolean;
  revoked: boolean;
}

/** 异议标注, as every answer with the record shows it. */
export interface DisputeMark {
  since: string;
  by: 'SUBJECT' | 'AGENT';
  stage: string;
  note: string | null;
}

/** Why a record leaves every answer for the archive. */
export type ArchiveReason = 'REPAIRED' | 'DELETED' | 'OBJECTION_UPHELD' | 'BLACKLISTED';

/** What became of a record, as its agency tells those who follow it. */
export type Change = 'DISPUTED' | 'UNDISPUTED' | 'CORRECTED' | 'RENEWED' | 'REVOKED' | ArchiveReason;

/** What is asked about one record. The first ones go to the agency that keeps it, STANDING from there to those who follow it. */
export type OrderAction =
  /** 异议标注: takes the place of the mark before it. */
  | { kind: 'MARK'; dispute: DisputeMark }
  | { kind: 'UNMARK' }
  /** The public sees it until this day at most. */
  | { kind: 'WITHHOLD'; after: string }
  /** Ends WITHHOLD; 公示截止期 holds again, where it has one. */
  | { kind: 'LIFT' }
  /** Nobody sees it after this day, whether it is archived by then or not: what its subject asked to have deleted [SH-27b]. */
  | { kind: 'HIDE_AFTER'; after: string }
  | { kind: 'CORRECT'; correction: Correction; bornOn: string | null; by: string | null; reason: string }
  | { kind: 'REVOKE'; by: string | null; reason: string }
  | { kind: 'ARCHIVE'; because: ArchiveReason; by: string | null; reason: string }
  | Standing;

/** The record as it stands after a change. */
export interface Standing {
  kind: 'STANDING';
  change: Change;
  facts: RecordFacts;
}

/** What an order is about and who carries it out. */
export interface OrderInput {
  /** A subgraph's name: who carries it out. */
  to: string;
  recordType: string;
  subjectId: string;
  recordId: string;
  action: OrderAction;
}

/** Orders about one record are carried out in the order in which they were given, each once, whatever crashes in between. */
export interface Order extends OrderInput {
  /** By which a repetition is known. */
  id: string;
}

/** A part's door for orders. Carrying one out is one transaction; one that was carried out before changes nothing. */
export interface OrderDoor {
  apply(order: Order): Promise<void>;
}
