import { createHash, randomInt, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import { addDays } from '../../policy/dates.ts';
import type { Packs } from '../../policy/packs/packs.ts';
import { reportNumber } from '../../policy/reports/number.ts';
import { discloseItem } from '../../records/disclosure.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { SnapshotItem } from '../../records/snapshot.ts';
import type { ChecksContext } from '../checks/jobs.ts';
import { type AskedReport, type ReportInput, askedReport } from './asked.ts';
import { fieldsOf } from './certificate.ts';
import { changesOf } from './changes.ts';
import { type ReportDocument, digestOf, entriesOf, textOf } from './document.ts';
import { KINDS, gather } from './gather.ts';
import { looksAt } from './looks.ts';
import { notesOf } from './notes.ts';
import { openTo } from './open.ts';
import type { ReportParts } from './parts.ts';
import { type Holding, sectionsOf } from './sections.ts';
import { keepReport } from './store.ts';

/** A report that was made and is kept. */
export interface MadeReport {
  document: ReportDocument;
  text: string;
  digest: string;
  keptUntil: string;
}

/** For so many days after it was made its PDF is given out again: no source sets a time, and each keeps alive what may be corrected meanwhile. */
const KEPT_DAYS = 30;

/** Free ones a calendar year [SR-29b], where no pack in force says how many. */
const FREE_A_YEAR = 2;

/** The subject's most favourable of the rules in force: a natural person is registered nowhere. */
function freeReports(packs: Packs, today: string): number {
  const stated = packs.codes().flatMap((code) => packs.on(code, today)?.freeReports?.perYear ?? []);
  return stated.length > 0 ? Math.max(...stated) : FREE_A_YEAR;
}

/** What the report is about: items, and which of them may stand in it. */
function holdingOf(
  { kind, subject, person, matter, certificate }: AskedReport,
  { grant, snapshot }: ChecksContext,
): Omit<Holding, 'changes'> {
  const about = { subject, grant, snapshot };
  const all = [...snapshot.items.values()];
  const isOpen = openTo(grant, snapshot);
  const inForce = all.filter((item) => item.inForce && item.aboutPersons === person);
  const only = (items: SnapshotItem[]) => {
    const codes = new Set(items.map(({ code }) => code));
    return { ...about, items, isOpen, holds: (code: string) => codes.has(code) };
  };
  if (certificate) {
    const units = new Set(certificate.units.map(({ code }) => code));
    return only(all.filter((item) => item.negative && !item.aboutPersons && units.has(item.provider)));
  }
  // What a bank is to see is for the catalogue to say: the scope of the matter it asks for [JS-19].
  if (kind === 'FINANCE') return only(inForce.filter(({ id }) => matter?.items.includes(id)));
  return { ...about, items: inForce, isOpen, holds: () => true };
}

const unknown = () =>
  badInput('code', { zh: '未归集到该主体的信息', en: 'nothing is on file of this subject' });

const usedUp = (most: number, year: number) =>
  refusal(
    'RATE_LIMITED',
    {
      zh: `${year} 年的 ${most} 份免费个人信用报告已出具或者正在出具；本人信息和查询记录仍可随时查询（me）`,
      en: `the ${most} free reports of ${year} were made, or are being made; what is on file and who looked can be read at any time (me)`,
    },
    { year, most },
  );

async function documentOf(
  parts: ReportParts,
  asked: AskedReport,
  context: ChecksContext,
): Promise<ReportDocument> {
  const { grant, snapshot } = context;
  const { subject, person, matter } = asked;
  const holding = holdingOf(asked, context);
  const own = grant.scope.kind === 'SELF';
  const types = new Set(asked.kind === 'STANDARD' ? KINDS.keys() : holding.items.map((i) => i.recordType));
  const [gathered, changes, looks] = await Promise.all([
    gather(parts, subject, types, grant),
    own ? changesOf(parts, subject, grant, snapshot) : new Map<string, never>(),
    own && person ? looksAt(parts, subject, grant) : null,
  ]);
  if (!gathered.subject) throw unknown();
  const { name, maskedCode, kind, status, jurisdiction } = gathered.subject;
  const held = { ...holding, changes };
  const accepted = jurisdiction ? parts.packs.jurisdiction(jurisdiction, grant.today) : null;
  const rule = accepted?.rules.find(({ key }) => key === 'reportForCertificate');
  const certificate = asked.certificate && {
    from: asked.certificate.from,
    to: asked.certificate.to,
    basis: rule ? { document: rule.document, article: rule.article } : null,
    fields: fieldsOf(gathered, held, asked.certificate.units, asked.certificate),
  };
  const unit = matter && snapshot.units.get(matter.unit);
  return {
    format: 'public-credit-report/1',
    number: reportNumber(randomInt),
    kind: asked.kind,
    madeOn: grant.today,
    subject: { name, code: maskedCode, kind, status },
    asker: matter && {
      unit: { code: matter.unit, name: unit?.name ?? matter.unit },
      matter: matter.code,
      purpose: context.asked.agreedPurpose ?? matter.name,
    },
    notes: notesOf(asked, certificate),
    sections: certificate ? [] : sectionsOf(gathered, held),
    certificate,
    looks,
  };
}

/** A later report about the same, for the same, takes the place of an earlier one. */
const seriesOf = ({ kind, subject, matter, certificate }: AskedReport): string => {
  const period = certificate && {
    from: certificate.from,
    to: certificate.to,
    fields: certificate.units.map(({ code }) => code).toSorted(),
  };
  return createHash('sha256')
    .update(canonicalize({ kind, subject, matter: matter?.code ?? null, period }) as string)
    .digest('hex');
};

/** The day on which the first of its records is past its term, if that is sooner: nothing is given out again after its term [SH-27]. */
const keptUntilOf = (document: ReportDocument): string =>
  entriesOf(document)
    .flatMap(({ visibleUntil }) => visibleUntil ?? [])
    .reduce((least, day) => (day < least ? day : least), addDays(document.madeOn, KEPT_DAYS));

/** Notes for the journal whom a report tells of, and by which items. */
export function disclose(
  { report, snapshot }: Pick<ChecksContext, 'report' | 'snapshot'>,
  { subject, person }: Pick<AskedReport, 'subject' | 'person'>,
  document: ReportDocument,
): void {
  report.subjects.add(subject);
  if (person) report.persons.add(subject);
  for (const { item } of entriesOf(document)) {
    const id = snapshot.itemsByCode.get(item)?.id;
    if (id !== undefined) discloseItem(report, subject, id);
  }
}

/**
 * Makes a report from what the agencies answer under the caller's own grant, and keeps it under the entry that is going to tell of it. It is
 * given out once that entry is in the journal; one whose entry was not written neither verifies nor counts.
 * @throws FORBIDDEN, AUTHORIZATION_REQUIRED, PURPOSE_REQUIRED, BAD_USER_INPUT, RATE_LIMITED, TOO_COMPLEX, SUBGRAPH_UNAVAILABLE
 */
export async function makeReport(
  parts: ReportParts,
  input: ReportInput,
  context: ChecksContext,
): Promise<MadeReport> {
  const asked = askedReport(parts, input, context);
  const document = await documentOf(parts, asked, context);
  const text = textOf(document);
  const digest = digestOf(text);
  const keptUntil = keptUntilOf(document);
  const { caller, purpose, agreedPurpose } = context.asked;
  const year = Number(document.madeOn.slice(0, 4));
  const most = freeReports(parts.packs, document.madeOn);
  const kept = await keepReport(parts, {
    number: document.number,
    digest,
    kind: asked.kind,
    subject: asked.subject,
    unit: caller.unit,
    matter: asked.matter?.code ?? null,
    authorization: purpose?.authorization ?? null,
    agreedPurpose: agreedPurpose ?? null,
    series: seriesOf(asked),
    madeOn: document.madeOn,
    entry: (context.asked.entryId ??= randomUUID()),
    free: asked.person && !asked.matter ? { year, most } : null,
    text,
    contentUntil: keptUntil,
  });
  if (!kept) throw usedUp(most, year);
  disclose(context, asked, document);
  (context.asked.noted ??= []).push(`report ${document.number}`);
  return { document, text, digest, keptUntil };
}
