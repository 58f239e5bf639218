import type { Message } from '../../policy/message.ts';
import type { JournalEntry } from '../journal.ts';

/** Codes of one slice: one statement an agency, and one entry in the journal, or one for each authorization it was checked under. */
export const SLICE = 1_000;

/** Who started a batch, and why: enough to work out its grant again for each slice. */
export interface BatchAsked {
  caller: {
    role: string;
    id: string | null;
    name: string | null;
    unit: string;
    jurisdiction: string | null;
    channel: string;
    code: null;
  };
  purpose: {
    matter: string;
    caseNumber: string | null;
    note: string | null;
    idDocument?: string | null;
    undisclosedUntil?: string | null;
  };
}

/** A code of a batch: its line, the code as it is shown, its subject and whether it is a natural person's; or why it names none. */
export type BatchRow = [
  line: number,
  shown: string,
  subject: string | null,
  person: boolean,
  fault?: Message,
];

/**
 * What came out for one row: outcome, reasons, ids of the records hit, day, and the authorization that it was checked under. Of records no
 * more than their ids is kept: what they say is for their agency to tell, whenever results are read. An array: there are many.
 */
export type BatchFinding = [
  outcome: string,
  reasons: BatchReason[],
  hits: string[],
  on: string,
  authorization?: string,
];
export type BatchReason = { code: string; zh: string; en: string; subgraph?: string };

export interface BatchJobRow {
  id: string;
  unit: string;
  asked: BatchAsked;
  matter: string;
  state: string;
  reason: string | null;
  total: number;
  done: number;
  passed: number;
  failed: number;
  unknown: number;
  startedAt: string;
  endedAt: string | null;
}

export type KeptEntry = Omit<JournalEntry, 'at'> & { at: string };

export interface SliceDue {
  number: number;
  rows: BatchRow[];
  /** Null until it was checked. */
  results: BatchFinding[] | null;
  entries: KeptEntry[] | null;
  /** Ids of those entries that stand: the process ended between that and noting it. */
  inJournal: string[];
}

export interface SavedSlice {
  number: number;
  results: BatchFinding[];
  entries: KeptEntry[];
  /** Of which one use each is taken. */
  authorizations: string[];
}

/** An authorization of a subject, as far as a batch needs it. */
export interface BatchAuthorization {
  id: string;
  subject: string;
  categories: string[];
  /** What was agreed, where no matter was. */
  purpose: string | null;
  matter: string | null;
}
