/** 报告种类: the whole report; in place of a certificate of no violation (无违法违规证明) [JS-20]; for financing [JS-19]. */
export const REPORT_KINDS = ['STANDARD', 'NO_VIOLATION', 'FINANCE'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** A report as the access subgraph keeps it: what the gateway made, and the access database's to store. */
export interface ReportToKeep {
  number: string;
  /** SHA-256 of `text`, in hex. */
  digest: string;
  kind: ReportKind;
  /** Pseudonymous id. */
  subject: string;
  /** Null: the subject itself. */
  unit: string | null;
  matter: string | null;
  /** 授权编号 under which it was made. */
  authorization: string | null;
  agreedPurpose: string | null;
  /** Equal in reports of which a later one takes the place of an earlier one. */
  series: string;
  madeOn: string;
  /** Id of the journal entry that tells of it. */
  entry: string;
  /** Counts among the free ones of a year, of which there are so many; null: it is not counted. */
  free: { year: number; most: number } | null;
  /** The report as canonical JSON (RFC 8785). */
  text: string;
  /** Last day on which `text` is given out again. */
  contentUntil: string;
}

export type KeptReport = Pick<
  ReportToKeep,
  'number' | 'digest' | 'kind' | 'subject' | 'unit' | 'matter' | 'authorization' | 'agreedPurpose' | 'text'
>;

/** Of a report whose number and digest belong together. */
export interface ReportVerdict {
  kind: ReportKind;
  madeOn: string;
  superseded: boolean;
}
