/** Figures of a report that no table divides further. `keys`: its row in each table; null: it is not in that table. */
export interface Fact<Table extends string> extends Counted {
  keys: Record<Table, string | null>;
  /** Division code of the place whose report counts it too; null: none. */
  place: string | null;
}

/** What is counted, as it is read: everything from the beginning to the last day of the period. */
export interface Counted {
  /** 2016-03 */
  month: string;
  /** Whether it was in the period, or in the one before it. */
  isNow: boolean;
  isBefore: boolean;
  organizations: number;
  persons: number;
}
