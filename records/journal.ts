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
  items: readonly { code: string; count: number }[];
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
