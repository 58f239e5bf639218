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

/**
 * What an agency logs of one change of one record, in the transaction of the change itself: columns of `record_change`, in the order in which a
 * slice has them, with their types in SQL.
 */
export const CHANGE_COLUMNS = {
  /** Place in the agency's log. */
  position: 'bigint',
  record_type: 'text',
  subject_id: 'uuid',
  record_id: 'uuid',
  item_id: 'int',
  jurisdiction: 'text',
  provider: 'text',
  /** A `ChangeKind`. */
  change: 'text',
  /** Last day after the change; null: no term is running. */
  visible_until: 'date',
  /** Last day on which it could be shown before or after the change; null: no limit. */
  shown_until: 'date',
  /** Last day on which it was public before or after the change; null: no limit. */
  public_until: 'date',
  /** Last day on which it is public after the change; null: no limit. */
  public_after: 'date',
  at: 'timestamptz',
} as const;

/** Changes after a place. */
export interface ChangeSlice {
  /** How many. */
  count: number;
  /**
   * The changes by column, in the order of CHANGE_COLUMNS, each column as PostgreSQL writes an array of it; empty where there are none. What goes
   * from one database into the next is not taken apart on the way. In the order in which they came about; of one record as they followed
   * each other.
   */
  columns: readonly string[];
  /** The place after them; opaque. */
  place: string | null;
  /** True: the log does not go on from where the question left off. `place` is its beginning, and there are no changes. */
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
