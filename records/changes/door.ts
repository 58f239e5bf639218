/** What happened to a record. Kinds follow from the row before and after (records/changes/migration.ts). */
export type ChangeKind =
  /** 新增 */
  | 'ADDED'
  /** 更新: a later submission took its place. */
  | 'RENEWED'
  /** 更正 */
  | 'CORRECTED'
  /** 异议标注, or what it says. */
  | 'MARKED'
  | 'UNMARKED'
  /** 暂停公示: from the public alone. */
  | 'WITHHELD'
  | 'LIFTED'
  /** 查询期限变更 */
  | 'TERM'
  /** 转档: by repair, deletion or order. The end of its term is no change: its date says it. */
  | 'ARCHIVED'
  /** 撤销 */
  | 'REVOKED';

/** SQL: kinds after which the record is gone. */
export const ENDS = `('ARCHIVED', 'REVOKED')`;

/** One change of one record, as its agency logged it in the transaction of the change itself. */
export interface LoggedChange {
  /** Place in the agency's log. */
  position: number;
  recordType: string;
  subjectId: string;
  recordId: string;
  itemId: number;
  jurisdiction: string;
  provider: string;
  change: ChangeKind;
  /** Last day after the change; null: no term is running. */
  visibleUntil: string | null;
  /** Last day on which it could be shown before or after the change; null: no limit. */
  shownUntil: string | null;
  /** Last day on which it was public before or after the change; null: no limit. */
  publicUntil: string | null;
  /** Last day on which it is public after the change; null: no limit. */
  publicAfter: string | null;
  /** As the database gives it. */
  at: string;
}

/** Changes after a place. */
export interface ChangeSlice {
  /** In the order in which they came about; of one record as they followed each other. */
  changes: LoggedChange[];
  /** The place after them; opaque. */
  place: string | null;
  /** True: the log does not go on from where the question left off. `place` is its beginning, and `changes` are empty. */
  lost: boolean;
}

/** An agency's log of changes. */
export interface ChangeDoor {
  /**
   * Changes that were committed after a place. Whoever asks from a place has stored all before it: these the agency need not keep.
   * @param after null: from the beginning of the log
   * @param limit changes at most
   */
  changes(after: string | null, limit: number): Promise<ChangeSlice>;
}
