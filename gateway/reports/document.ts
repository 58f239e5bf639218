import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Message } from '../../policy/message.ts';
import type { ReportKind } from '../../records/creditReport.ts';

export interface ReportedUnit {
  code: string;
  name: string;
}

export interface ReportedChange {
  at: string;
  reason: string | null;
  by: ReportedUnit | null;
}

/** A record as the report has it. */
export interface ReportEntry {
  id: string;
  item: string;
  itemName: string;
  provider: ReportedUnit;
  jurisdiction: string;
  documentNumber: string | null;
  title: string | null;
  formedOn: string | null;
  determinedOn: string | null;
  endedOn: string | null;
  grade: string | null;
  visibleUntil: string | null;
  dispute: { since: string; by: string; stage: string; note: string | null } | null;
  selfDeclared: boolean;
  values: { field: string; label: string; value: string }[];
  changes: ReportedChange[];
}

export interface ReportPart {
  recordType: string;
  title: string;
  items: number;
  openItems: number;
  closedFields: string[];
  entries: ReportEntry[];
}

export interface CertifiedField {
  unit: ReportedUnit;
  outcome: 'NONE_ON_FILE' | 'ON_FILE' | 'NOT_STATED';
  items: string[];
  closedItems: string[];
  entries: ReportEntry[];
}

export interface Certificate {
  from: string;
  to: string;
  basis: { document: string; article: string } | null;
  fields: CertifiedField[];
}

export interface ReportedLook {
  at: string;
  basis: string;
  unit: ReportedUnit | null;
  channel: string;
  purpose: string | null;
  items: string[];
}

/** A report in full: what is hashed, kept and printed. Texts, whole numbers and booleans alone, so that its canonical form is beyond doubt. */
export interface ReportDocument {
  format: 'public-credit-report/1';
  number: string;
  kind: ReportKind;
  madeOn: string;
  subject: { name: string; code: string; kind: string; status: string | null };
  /** For whom: a unit and its matter, or the subject itself. */
  asker: { unit: ReportedUnit; matter: string; purpose: string } | null;
  notes: Message[];
  sections: { number: number; title: Message; parts: ReportPart[] }[];
  certificate: Certificate | null;
  looks: { total: number; entries: ReportedLook[] } | null;
}

/** Canonical JSON (RFC 8785): anyone can make the digest of what they hold. */
export const textOf = (document: ReportDocument): string => canonicalize(document) as string;

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** All records of a report, wherever they stand in it. */
export const entriesOf = ({ sections, certificate }: ReportDocument): ReportEntry[] => [
  ...sections.flatMap(({ parts }) => parts.flatMap(({ entries }) => entries)),
  ...(certificate?.fields ?? []).flatMap(({ entries }) => entries),
];
