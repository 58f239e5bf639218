import type { GraphQLError } from 'graphql';
import { maskCode, parseCode } from '../../policy/identifiers/code.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { Grant } from '../../records/grant.ts';
import type { Snapshot, SnapshotMatter } from '../../records/snapshot.ts';
import type { GatewayContext } from '../context.ts';
import type { Caller } from '../identity/caller.ts';
import type { Purpose } from '../policy/purpose.ts';

/** Who checks, and for which matter. */
export interface Asking {
  caller: Caller & { unit: string; id: string };
  purpose: Purpose;
  matter: SnapshotMatter;
}

/** A unit's officer. @throws UNAUTHENTICATED, FORBIDDEN */
export function officerOf({ caller }: Pick<GatewayContext, 'caller'>): Asking['caller'] {
  if (caller.role === null)
    throw refusal(
      'UNAUTHENTICATED',
      { zh: '请先登录', en: 'a token is required' },
      { http: { status: 401 } },
    );
  if (caller.role === 'subject' || caller.unit === null || caller.id === null)
    throw refusal('FORBIDDEN', { zh: '仅限单位的查询人员', en: 'for officers of units' });
  return caller as Asking['caller'];
}

/** @throws PURPOSE_REQUIRED; that the matter is the unit's own was settled before. */
export function askingOf(context: Pick<GatewayContext, 'caller' | 'purpose'>, snapshot: Snapshot): Asking {
  const caller = officerOf(context);
  const matter = context.purpose && snapshot.matters.get(context.purpose.matter);
  if (!context.purpose || !matter)
    throw refusal('PURPOSE_REQUIRED', {
      zh: '核查须说明用途（extensions.purpose 或 Query-Purpose）',
      en: 'a check needs its purpose (extensions.purpose or Query-Purpose)',
    });
  return { caller, purpose: context.purpose, matter };
}

/** @param position of the code of a natural person among several, from 1 */
export const notForPersons = (position?: number): GraphQLError =>
  refusal('PURPOSE_NOT_ALLOWED', {
    zh: `${position === undefined ? '' : `第 ${position} 个：`}该应用事项不涉及自然人`,
    en: `${position === undefined ? '' : `number ${position}: `}this matter does not concern natural persons`,
  });

/** A code as it was sent: the subject that it names, or why it names none. */
export type ReadCode =
  | { ok: true; subject: string; person: boolean; shown: string }
  | { ok: false; shown: string; reason: { zh: string; en: string } };

/** A mistyped identity number is still one. */
const hidden = (raw: string): string =>
  raw.slice(0, 40).replace(/(?<=\d{6})\d{4,}(?=.{2})/g, (of) => '*'.repeat(of.length));

export function readCode(raw: string, today: string, pseudonym: (code: string) => string): ReadCode {
  const parsed = parseCode(raw, today);
  if (!parsed.ok) return { ok: false, shown: hidden(raw.trim()), reason: parsed.reason };
  const { code, codeKind } = parsed;
  return {
    ok: true,
    subject: pseudonym(code),
    person: codeKind === 'CITIZEN_ID',
    shown: maskCode(code, codeKind),
  };
}

/** One subject, as a query names it. @throws BAD_USER_INPUT, PURPOSE_NOT_ALLOWED */
export function namedSubject(
  raw: string,
  { scope, today }: Grant,
  pseudonym: (code: string) => string,
): Extract<ReadCode, { ok: true }> {
  const read = readCode(raw, today, pseudonym);
  if (!read.ok) throw badInput('code', read.reason);
  const usual = scope.kind === 'AUTHORIZED' ? scope.beside : scope;
  const authorized = scope.kind === 'AUTHORIZED' && scope.subject === read.subject;
  if (read.person && usual.kind === 'MATTER' && !usual.persons && !authorized) throw notForPersons();
  return read;
}
