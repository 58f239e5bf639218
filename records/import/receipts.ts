import type { RecordContent } from '../../policy/contents.ts';
import type { Message } from '../../policy/message.ts';
import type { RejectNumber } from './reading/row.ts';
import type { BatchOutcome } from './timeliness.ts';

/**
 * A row sent back (退回), as the receipt lists it. `reason` is in Chinese and English and names all that is
 * wrong with the row.
 */
export interface Reject {
  line: number;
  /** Chinese name of the column; null: the row as a whole. */
  column: string | null;
  /** One of `REJECT_RULES`, or a rule of registration's. */
  rule: string;
  reason: string;
}

/**
 * With the row as it was sent, for the correction file. The cells may hold identity numbers: a store keeps
 * them sealed.
 */
export interface RejectedRow extends Reject {
  cells: readonly string[];
}

/** A row that a person has to look at, and why. */
export interface QuarantinedRow {
  line: number;
  column: string | null;
  /** 信息内容: what the text seems to speak of. */
  content: RecordContent;
  /** By which word. */
  word: string;
  cells: readonly string[];
}

/** 保密审查: the provider's word that it reviewed a batch before sending it [ZD-18]. */
export interface SecrecyReview {
  /** 审查人 */
  reviewedBy: string;
  /** 'YYYY-MM-DD' */
  reviewedOn: string;
}

/** What is known of a batch before its first row. */
export interface ReceiptMeta {
  layout: string;
  jurisdiction: string;
  /** 统一社会信用代码 of the providing unit. */
  provider: string;
  /** 事项编码 */
  items: readonly string[];
  /** File name, or `submitRecords`. */
  source: string;
  /** The header as it was sent, for the correction file. */
  header: readonly string[];
  unknownColumns: readonly string[];
  secrecyReview: SecrecyReview | null;
}

export interface ReceiptCounts {
  received: number;
  accepted: number;
  /** Rows whose record was already there. */
  duplicates: number;
  rejected: number;
  /** Rows that a person has to look at. */
  quarantined: number;
}

/** Records of an item that a batch brought and that were not on file before. */
export interface ItemCount {
  /** 事项编码 */
  item: string;
  accepted: number;
}

/**
 * Where receipts (回执) are kept [ZD-19]. A receipt that was started and not finished belongs to a batch that
 * broke off.
 */
export interface ReceiptStore {
  start(meta: ReceiptMeta): Promise<string>;
  addRejects(id: string, rejects: readonly RejectedRow[]): Promise<void>;
  addQuarantined(id: string, rows: readonly QuarantinedRow[]): Promise<void>;
  /** Rejects that came again in this batch are settled: those of the same unit and layout. Repeating it changes nothing. */
  closeRejects(id: string, rejects: readonly RejectNumber[]): Promise<void>;
  finish(
    id: string,
    counts: ReceiptCounts,
    outcome: BatchOutcome,
    accepted: readonly ItemCount[],
  ): Promise<void>;
}

/** What the submitter is told when all rows are settled. */
export interface ReceiptSummary extends ReceiptCounts {
  receipt: string;
  unknownColumns: readonly string[];
  /** The first 1,000; the receipt has them all. */
  rejects: Reject[];
}

/** Both languages in one line, as everywhere in answers. */
export const bilingual = ({ zh, en }: Message): string => `${zh} / ${en}`;
