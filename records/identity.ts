import { hash } from 'node:crypto';
import { documentNumberKey } from '../policy/documentNumbers.ts';
import type { RecordInput } from './recordInput.ts';
import type { RecordColumn, RecordKind } from './kind.ts';

const uuid = (text: string): string => {
  const h = hash('sha256', text, 'hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`;
};

const part = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** Of a decimal its value alone: 2000, 2000.0 and what the database makes of it are one. */
const valuePart = (value: unknown, { type }: RecordColumn): string => {
  const text = part(value);
  return type === 'decimal' && text.includes('.') ? text.replace(/\.?0+$/, '') : text;
};

const COMMON = new Set(['title', 'formedOn', 'determinedOn', 'endedOn']);

export interface Identity {
  /**
   * Follows from the fact: type, jurisdiction, subject and the kind's identifying fields. The same decision written 〔2018〕 or [2018], or
   * sent by province and unit both, has one id [NT-16]. It cannot be guessed without the pseudonymous subject id.
   */
  id: string;
  /** Tells a repetition from a change: all content, but neither route nor time. */
  digest: string;
}

export function identify(kind: RecordKind, record: RecordInput): Identity {
  const number = record.documentNumber === null ? '' : documentNumberKey(record.documentNumber);
  let fact = `${kind.type}\u001f${record.jurisdiction}\u001f${record.subjectId}`;
  for (const field of kind.identity) {
    fact += '\u001f';
    if (field === 'documentNumber') fact += number;
    else fact += part(COMMON.has(field) ? record[field as 'title'] : record.own[field]);
  }
  let content = `${number}\u001f${part(record.title)}\u001f${part(record.formedOn)}\u001f${part(record.determinedOn)}\u001f${part(record.endedOn)}\u001f${part(record.grade)}\u001f${record.selfDeclared}`;
  for (const column of kind.columns) content += `\u001f${valuePart(record.own[column.field], column)}`;
  return { id: uuid(fact), digest: uuid(content) };
}
