import type { RecordInput } from '../../records/recordInput.ts';
import type { SnapshotItem } from '../../records/snapshot.ts';
import type { Random } from '../../subgraphs/catalogue/random.ts';
import type { DemoSubject } from '../subjects.ts';

/** What a record is made from. */
export interface Making {
  subject: DemoSubject;
  item: SnapshotItem;
  /** 单位名称 of the item's provider. */
  unit: string;
  dice: Random;
  /** Number of the day in the history, and the day. */
  day: number;
  on: string;
  /** Number of the record among its subject's. */
  nth: number;
  /** The day so many days later; null where that has not come yet. */
  later(days: number): string | null;
}

/** What is a record's own, beside what follows from subject and item. */
export type Draft = Pick<
  RecordInput,
  'documentNumber' | 'title' | 'formedOn' | 'determinedOn' | 'endedOn' | 'own'
>;

export type Maker = (making: Making) => Draft;

export const isPerson = ({ subject }: Making): boolean => subject.kind === 'NATURAL_PERSON';

/** 文号, the same for no two decisions: year, subject and number. */
export const documentNumber = (word: string, { on, subject, nth }: Making): string =>
  `${word}〔${on.slice(0, 4)}〕第${subject.index}${String(nth).padStart(2, '0')}号`;

/** 元, to two places. */
export const yuan = (amount: number): string => `${amount}.00`;
