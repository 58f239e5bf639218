import type { Message } from '../../policy/message.ts';
import type { JournalEntry } from '../journal.ts';
import type { Hit } from './standing.ts';

/** Codes of one slice: one statement an agency, one entry in the journal. */
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
  purpose: { matter: string; caseNumber: string | null; note: string | null };
}

/** A code of a batch: its line, the code as it is shown, its subject and whether it is a natural person's; or why it names none. */
export type BatchRow = [
  line: number,
  shown: string,
  subject: string | null,
  person: boolean,
  fault?: Message,
];

/** What came out for one row: outcome, reasons, records hit, day. Kept and sent as an array: there are many. */
export type BatchFinding = [outcome: string, reasons: BatchReason[], hits: Hit[], on: string];
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

export interface SliceDue {
  number: number;
  rows: BatchRow[];
  /** Null until it was checked. */
  results: BatchFinding[] | null;
  entry: (Omit<JournalEntry, 'at'> & { at: string }) | null;
  /** Its entry stands: the process ended between that and noting it. */
  inJournal: boolean;
}

export interface SavedSlice {
  number: number;
  results: BatchFinding[];
  entry: JournalEntry;
  /** Of which one use each is taken. */
  authorizations: string[];
}
