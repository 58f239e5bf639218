import { isDate } from '../../policy/dates.ts';
import { parseCode } from '../../policy/identifiers/code.ts';
import type { ReportKind } from '../../records/creditReport.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { Grant } from '../../records/grant.ts';
import type { Snapshot, SnapshotMatter, SnapshotUnit } from '../../records/snapshot.ts';
import { askingOf, namedSubject } from '../checks/callers.ts';
import type { ChecksContext } from '../checks/jobs.ts';
import type { ReportParts } from './parts.ts';

export interface ReportInput {
  code?: string | null;
  kind: ReportKind;
  from?: string | null;
  to?: string | null;
  fields?: string[] | null;
}

/** A report that may be made. */
export interface AskedReport {
  kind: ReportKind;
  subject: string;
  person: boolean;
  /** Null: the subject itself. */
  matter: SnapshotMatter | null;
  /** NO_VIOLATION alone. */
  certificate: { from: string; to: string; units: SnapshotUnit[] } | null;
}

const MOST_FIELDS = 100;

const forbidden = (zh: string, en: string) => refusal('FORBIDDEN', { zh, en });

/** @throws BAD_USER_INPUT */
function periodOf({ from, to }: ReportInput, today: string): { from: string; to: string } {
  if (from == null || !isDate(from) || to == null || !isDate(to))
    throw badInput('from', { zh: '须写明期间的起止日', en: 'and `to` are the first and last day' });
  if (from > to || to > today)
    throw badInput('to', {
      zh: '应不早于起日，不晚于今日',
      en: 'must not be before `from`, nor after today',
    });
  return { from, to };
}

/** 领域: the units named, or all that provide negative items about organizations. @throws BAD_USER_INPUT */
function unitsOf({ fields }: ReportInput, { items, units }: Snapshot): SnapshotUnit[] {
  if (fields == null) {
    const providers = [...items.values()]
      .filter(({ negative, aboutPersons }) => negative && !aboutPersons)
      .map(({ provider }) => provider);
    return [...new Set(providers)].toSorted().flatMap((code) => units.get(code) ?? []);
  }
  if (fields.length === 0 || fields.length > MOST_FIELDS)
    throw badInput('fields', { zh: `应为 1 到 ${MOST_FIELDS} 个`, en: `are from 1 to ${MOST_FIELDS}` });
  return [...new Set(fields)].map((code) => {
    const unit = units.get(code);
    if (!unit) throw badInput('fields', { zh: `没有代码为 ${code} 的单位`, en: `there is no unit ${code}` });
    return unit;
  });
}

/** @throws BAD_USER_INPUT where it is for organizations alone, or what is asked for is not of its kind. */
function certificateOf(
  input: ReportInput,
  { today }: Pick<Grant, 'today'>,
  snapshot: Snapshot,
): AskedReport['certificate'] {
  if (input.kind === 'NO_VIOLATION') return { ...periodOf(input, today), units: unitsOf(input, snapshot) };
  if (input.from != null || input.to != null || input.fields != null)
    throw badInput('kind', {
      zh: '期间和领域仅用于 NO_VIOLATION',
      en: 'period and fields are for NO_VIOLATION',
    });
  return null;
}

/** Whom a caller may have a report on, and of which kind. @throws FORBIDDEN, AUTHORIZATION_REQUIRED and as `askingOf` */
function subjectOf(
  { pseudonym }: Pick<ReportParts, 'pseudonym'>,
  { code, kind }: ReportInput,
  { grant, snapshot, asked }: ChecksContext,
): Pick<AskedReport, 'subject' | 'person' | 'matter'> {
  const { scope, today } = grant;
  if (scope.kind === 'SELF') {
    const own = parseCode(asked.caller.code ?? '', today);
    if (!own.ok) throw badInput('token.code', own.reason);
    if (code != null && namedSubject(code, grant, pseudonym).subject !== scope.subject)
      throw forbidden('仅可出具本人的报告', 'a subject has reports made on itself alone');
    if (kind === 'FINANCE')
      throw forbidden(
        '融资用报告由金融机构凭授权出具',
        'a bank makes the report for financing, by authorization',
      );
    return { subject: scope.subject, person: own.codeKind === 'CITIZEN_ID', matter: null };
  }
  const { caller, matter } = askingOf(asked, snapshot);
  if (code == null) throw badInput('code', { zh: '须写明主体代码', en: 'names the subject' });
  if ((caller.role === 'service') !== (kind === 'FINANCE'))
    throw forbidden(
      '信用服务机构仅可出具融资用报告，融资用报告仅供信用服务机构',
      'the report for financing is for credit service agencies, and they have no other',
    );
  const { subject, person } = namedSubject(code, grant, pseudonym);
  if (kind === 'FINANCE' && (scope.kind !== 'AUTHORIZED' || scope.subject !== subject))
    throw refusal('AUTHORIZATION_REQUIRED', {
      zh: '须经该企业授权（extensions.purpose.authorization）',
      en: 'this needs the authorization of the firm (extensions.purpose.authorization)',
    });
  return { subject, person, matter };
}

/** @throws what a caller is to be told before anything is read */
export function askedReport(
  parts: Pick<ReportParts, 'pseudonym'>,
  input: ReportInput,
  context: ChecksContext,
): AskedReport {
  const about = subjectOf(parts, input, context);
  if (about.person && input.kind !== 'STANDARD')
    throw badInput('kind', {
      zh: '该种报告仅适用于法人和非法人组织',
      en: 'is for organizations alone',
    });
  return {
    ...about,
    kind: input.kind,
    certificate: certificateOf(input, context.grant, context.snapshot),
  };
}
