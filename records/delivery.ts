import type { Message } from '../policy/message.ts';
import type { Grade, SubjectKind } from '../policy/terms.ts';

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
  /** The route it came by (数据来源), kept beside others of the same fact [NT-16]. */
  source: string;
  /** The columns of its own type, by GraphQL field name. */
  own: Record<string, OwnValue>;
}

/** What became of a delivered chunk. `differing` are positions whose fact is on file with other content. */
export interface DeliveryResult {
  accepted: number;
  duplicates: number;
  differing: number[];
}

/** A subject met in a submission, with its code in clear: only `registration` takes these. */
export interface SubjectInput {
  code: string;
  codeKind: 'USCC' | 'CITIZEN_ID' | 'REGISTRATION_NUMBER' | 'ORGANIZATION_CODE';
  kind: SubjectKind;
  name: string;
  /** Division code of the place of registration; null where the submission does not tell, and for natural persons. */
  jurisdiction: string | null;
  /** True where the registrar itself says so: its word on name and place replaces what is on file. */
  authoritative?: boolean;
}

/** A subject that cannot be taken as sent, such as a known code with a different person's name. */
export interface SubjectRefusal {
  position: number;
  rule: string;
  reason: Message;
}

/**
 * The agency's door for accepted records. Applying a chunk is one transaction and may be repeated: a record's id follows from the fact
 * itself, so what is already there counts as a duplicate.
 */
export interface RecordSink {
  deliver(recordType: string, records: readonly RecordInput[]): Promise<DeliveryResult>;
}

/** The registration's door for subjects. Returns their pseudonymous ids in the same order; repeating it changes nothing. */
export interface SubjectSink {
  register(subjects: readonly SubjectInput[]): Promise<{ ids: string[]; refusals: SubjectRefusal[] }>;
}
