import { hash } from 'node:crypto';
import { documentNumberKey } from '../policy/documentNumbers.ts';
import type { RecordInput } from './delivery.ts';
import type { RecordKind } from './kind.ts';

const uuid = (text: string): string => {
  const h = hash('sha256', text, 'hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`;
};

const part = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

const COMMON = new Set(['documentNumber', 'title', 'formedOn', 'determinedOn', 'endedOn']);

/**
 * The id that follows from the fact: type, jurisdiction, subject and the kind's identifying fields. The same decision written
 * 〔2018〕 or [2018], or sent by province and unit both, has one id [NT-16]. It cannot be guessed without the pseudonymous subject id.
 */
export function recordId(kind: RecordKind, record: RecordInput): string {
  let text = `${kind.type}\u001f${record.jurisdiction}\u001f${record.subjectId}`;
  for (const field of kind.identity) {
    const value = COMMON.has(field) ? record[field as 'title'] : record.own[field];
    text += `\u001f${field === 'documentNumber' ? documentNumberKey(part(value)) : part(value)}`;
  }
  return uuid(text);
}

/** Tells a repetition from a change: all content, but neither route nor time. */
export function recordDigest(kind: RecordKind, record: RecordInput): string {
  let text = `${documentNumberKey(part(record.documentNumber))}\u001f${part(record.title)}\u001f${part(record.formedOn)}\u001f${part(record.determinedOn)}\u001f${part(record.endedOn)}\u001f${part(record.grade)}\u001f${record.selfDeclared}`;
  for (const column of kind.columns) text += `\u001f${part(record.own[column.field])}`;
  return uuid(text);
}
