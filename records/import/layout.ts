import type { Message } from '../../policy/message.ts';
import type { Grade } from '../../policy/terms.ts';
import type { OwnValue } from '../recordInput.ts';
import type { CellKind } from './cells.ts';
import type { Fault } from './fault.ts';

/** Fields that every record has and a file can fill. */
export type CommonField = 'documentNumber' | 'title' | 'formedOn' | 'determinedOn' | 'endedOn' | 'grade';

/**
 * What a row says of its subject. `class` is 行政相对人类别. `code` holds a code of any kind, the others just
 * theirs, and `taxpayerNumber` a 纳税人识别号, which has been the 统一社会信用代码 since 2015.
 */
export type SubjectField =
  | 'name'
  | 'class'
  | 'code'
  | 'registrationNumber'
  | 'organizationCode'
  | 'taxpayerNumber'
  | 'citizenId';

/**
 * Where a cell goes: a field of the subject, a field that all records have, a field of the record's own type
 * by its SDL name, or a note that only the layout's `complete` reads.
 */
export type Place = `subject.${SubjectField}` | CommonField | `own.${string}` | `note.${string}`;

export interface Column {
  /** 列名, as reports name the column. */
  header: string;
  /** Field code of the data standard, such as CF_WSH. */
  code?: string;
  /** Other names it goes by. */
  also?: readonly string[];
  /**
   * The file must have the column and every row a value in it; `COLUMN`: the file must have it, and an empty cell is the gate's to refuse,
   * with its article. Subject columns have rules of their own.
   */
  required?: boolean | 'COLUMN';
  cell: CellKind;
  /** Several places may take the same value. Left out: checked, and kept nowhere. */
  to?: Place | readonly Place[];
}

/** A record in the making, before its subject is known. */
export interface Draft {
  documentNumber: string | null;
  title: string | null;
  formedOn: string | null;
  determinedOn: string | null;
  endedOn: string | null;
  grade: Grade | null;
  own: Record<string, OwnValue>;
  notes: Record<string, OwnValue>;
}

/** A form in which units send records (数据标准): its columns and what follows from them. */
export interface Layout {
  /** As `credit import --layout` and `submitRecords` name it. */
  name: string;
  title: Message;
  /** GraphQL type of its records. */
  recordType: string;
  columns: readonly Column[];
  /** True: made from the SDL, for items whose data standard is `graphql`. */
  plain?: boolean;
  /** True where the sender is the registrar: what it says of a subject's name, kind and place holds. */
  registers?: boolean;
  /** Fills in what follows from other cells, and says what does not fit together. */
  complete?(draft: Draft): Fault | null;
}
