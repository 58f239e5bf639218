/** What the journal keeps of one query [SH-19, ZD-22, ZD-25]. The access subgraph owns the table; the gateway and imports write entries. */
export interface JournalEntry {
  /** Receipt number that the answer names. */
  id: string;
  at: Date;
  officerId: string | null;
  /** 查询人员姓名 */
  officer: string | null;
  /** 统一社会信用代码 of the unit. */
  unit: string | null;
  role: string | null;
  channel: string;
  matter: string | null;
  caseNumber: string | null;
  note: string | null;
  operation: string;
  /** Pseudonymous ids. */
  subjects: readonly string[];
  /** How many of them are natural persons; left out where there are no subjects. */
  persons?: number;
  items: readonly { code: string; count: number }[];
  /** Codes of the items that each subject was told of by, in the order of `subjects`; left out where there is one subject at most. */
  subjectItems?: readonly (readonly string[])[];
  /** The last day on which the subject is not told of the look [SR-29]. */
  undisclosedUntil?: string | null;
  /** The subject's authorization that the look was made under, the use agreed in it, and the document by which the querier identified itself [ZD-22]. */
  authorization?: string | null;
  agreedPurpose?: string | null;
  idDocument?: string | null;
  /** ANSWERED, or the code of the refusal. */
  outcome: string;
}

/** Resolves once the entry is durable; rejects when it cannot be. Nothing beyond the public tier may leave before. */
export interface Journal {
  write(entry: JournalEntry): Promise<void>;
  /** A public look at organizations. */
  count(channel: string): void;
  /** Told how many entries each commit holds. */
  onGroup?: (entries: number) => void;
  /** False while the journal cannot be written. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}
