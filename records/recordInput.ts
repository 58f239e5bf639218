import type { Grade } from '../policy/terms.ts';

/** A value of a record's own column: text, date and decimal as text. */
export type OwnValue = string | number | boolean | null;

/**
 * A validated record on its way from collection (归集) to the agency that keeps it. It names its subject by the pseudonymous id alone:
 * the code stays behind, in `registration`.
 */
export interface RecordInput {
  subjectId: string;
  /** The catalogue item's number, not its code. */
  itemId: number;
  jurisdiction: string;
  /** 统一社会信用代码 of the providing unit. */
  provider: string;
  documentNumber: string | null;
  title: string | null;
  formedOn: string | null;
  determinedOn: string | null;
  endedOn: string | null;
  grade: Grade | null;
  /** Last day on which it may be shown; null: no term is running. */
  visibleUntil: string | null;
  selfDeclared: boolean;
  /** Submitted after its due date [ZD-11]. */
  late?: boolean;
  /** The route it came by (数据来源), kept beside others of the same fact [NT-16]. */
  source: string;
  /** The columns of its own type, by GraphQL field name. */
  own: Record<string, OwnValue>;
}

/** Fields of any record that a correction can change. */
export type CorrectedField = 'documentNumber' | 'title' | 'formedOn' | 'determinedOn' | 'endedOn' | 'grade';

/** New values of a record; what is not named stays. */
export type Correction = Partial<Pick<RecordInput, CorrectedField>> & { own: Record<string, OwnValue> };
