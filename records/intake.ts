import type { ReceiptCounts, ReceiptSummary, SecrecyReview } from './import/receipts.ts';
import type { Rows } from './import/reading/row.ts';

export interface Submission {
  layout: string;
  jurisdiction: string;
  /** 统一社会信用代码; left out where one unit alone has the layout in the jurisdiction. */
  provider: string | null;
  /** 事项编码; needed where the unit has several items in the layout. */
  item: string | null;
  /** File name, `submitRecords`, or `pull:` and the connector. */
  source: string;
  /** The route that each record notes among its sources [NT-16]; what its row or unit says unless given. */
  route?: string;
  /** The provider's attestation that it reviewed the batch for secrecy [ZD-18]. */
  secrecyReview?: SecrecyReview | null;
  /** Null: there is nothing to report (零报告), which keeps a cadence as well. */
  rows: Rows | null;
  onProgress?: (counts: Readonly<ReceiptCounts>) => void;
}

/** The one way in for records: files and `submitRecords` both pass here. */
export interface Intake {
  /** @throws BAD_USER_INPUT where layout, jurisdiction, unit or item do not fit together, before any row is read. */
  submit(submission: Submission): Promise<ReceiptSummary>;
  /** The rejected rows of a receipt as CSV text, piece by piece; null where there is no such receipt. */
  corrections(receipt: string): Promise<AsyncIterable<string> | null>;
}
