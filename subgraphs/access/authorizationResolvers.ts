import type { Logger } from 'pino';
import { RECORD_CLASSES } from '../../policy/terms.ts';
import type { SmsSender } from '../../platform/sms.ts';
import { dayArgument, isUuid } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { type Page, pageOf, pageResolvers } from '../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import type { AuthorizationRow, Authorizations, Holder, Method } from './authorizations.ts';
import { gatewayOnly } from '../../records/gatewayOnly.ts';
import { CODE_MINUTES, newCode } from './oneTimeCode.ts';
import { isOwnOrCenter } from './ownOrCenter.ts';
import { lineOf } from './text.ts';

interface AuthorizationInput {
  method: Method;
  code?: string | null;
  grantee?: string | null;
  categories: string[];
  matter?: string | null;
  purpose?: string | null;
  validFrom: string;
  validUntil: string;
  uses?: number | null;
  documentDigest?: string | null;
  phone?: string | null;
}

interface AuthorizationPage extends Page<AuthorizationRow> {
  holder: Holder;
}

export interface AuthorizationParts {
  authorizations: Authorizations;
  cursors: Cursors;
  sms?: SmsSender;
  log: Logger;
}

const DIGEST = /^[0-9a-f]{64}$/i;
const PHONE = /^1\d{10}$/;
const listOf = ({ holder }: Pick<AuthorizationPage, 'holder'>): string =>
  `authorizations ${JSON.stringify(holder)}`;

const forbidden = () =>
  refusal('FORBIDDEN', {
    zh: '仅限信息主体本人、被授权单位和公共信用信息工作机构',
    en: 'for the subject itself, the unit that it authorizes and the credit center',
  });

/** Whose authorizations the caller has to do with. */
function holderOf({ grant: { caller } }: SubgraphContext): Holder {
  if (caller.role === 'subject' && caller.subject !== null) return { subject: caller.subject };
  if (caller.role === 'center') return 'center';
  if (caller.role !== null && caller.unit !== null) return { grantee: caller.unit };
  throw forbidden();
}

/** Subject and grantee: a subject speaks for itself; a unit registers what was granted to it; the center, what was granted to anyone. */
function partiesOf(
  { grantee, code }: AuthorizationInput,
  context: SubgraphContext,
): { subject: string; grantee: string; grantedBy: string | null } {
  const { caller, about } = context.grant;
  const holder = holderOf(context);
  const unit = grantee ?? (caller.role === 'subject' ? null : caller.unit);
  if (unit === null || !context.snapshot.units.has(unit))
    throw badInput('grantee', { zh: '没有这个单位', en: 'there is no such unit' });
  if (holder !== 'center' && 'subject' in holder) {
    if (code && about !== holder.subject) throw forbidden();
    return { subject: holder.subject, grantee: unit, grantedBy: null };
  }
  if (about === undefined)
    throw badInput('code', { zh: '须写明信息主体代码', en: 'must name the subject by its code' });
  if (holder !== 'center' && unit !== holder.grantee) throw forbidden();
  return { subject: about, grantee: unit, grantedBy: caller.unit };
}

/**
 * What proves it [NT-22]: the subject's own token; the digest of the signed paper; or a code sent to its phone. A code is begun by the
 * subject or the center's window alone: sent to a phone that the grantee names it would prove nothing.
 */
function proofOf(
  { method, documentDigest, phone }: AuthorizationInput,
  { grant: { caller } }: SubgraphContext,
  sms: SmsSender | undefined,
): { documentDigest: string | null; phone: string | null } {
  const bySubject = caller.role === 'subject';
  if (method === 'ONLINE') {
    if (!bySubject) throw forbidden();
    return { documentDigest: null, phone: null };
  }
  if (method === 'WRITTEN') {
    if (bySubject) throw forbidden();
    if (!documentDigest || !DIGEST.test(documentDigest))
      throw badInput('documentDigest', {
        zh: '应为 64 位十六进制的 SHA-256',
        en: 'must be a SHA-256 of 64 hexadecimal digits',
      });
    return { documentDigest: documentDigest.toLowerCase(), phone: null };
  }
  if (!bySubject && caller.role !== 'center') throw forbidden();
  if (!phone || !PHONE.test(phone))
    throw badInput('phone', { zh: '应为 11 位手机号', en: 'must be a mobile number of 11 digits' });
  if (!sms)
    throw badInput('method', {
      zh: '未接入短信服务（SMS_URL），请改用其他方式',
      en: 'no sender of messages is installed (SMS_URL): authorize in another way',
    });
  return { documentDigest: null, phone };
}

/** What it is good for [SH-20]: each part is bounded, and none is left to be guessed. */
function termsOf(input: AuthorizationInput, grantee: string, { grant, snapshot }: SubgraphContext) {
  const { categories, matter = null, validFrom, validUntil, uses = null } = input;
  const known = (category: string) =>
    (RECORD_CLASSES as readonly string[]).includes(category) || snapshot.itemsByCode.has(category);
  if (categories.length === 0) throw badInput('categories', { zh: '不能为空', en: 'must not be empty' });
  for (const [i, category] of categories.entries()) {
    if (!known(category))
      throw badInput(`categories[${i}]`, {
        zh: `「${category}」既不是信息类别也不是事项编码`,
        en: `"${category}" is neither a class of records nor an item`,
      });
  }
  const purpose = input.purpose ? lineOf('purpose', input.purpose) : null;
  if (matter === null && purpose === null)
    throw badInput('purpose', { zh: '须约定应用事项或者用途', en: 'must agree a matter or a purpose' });
  if (matter !== null && snapshot.matters.get(matter)?.unit !== grantee)
    throw badInput('matter', {
      zh: '不是被授权单位的有效应用事项',
      en: "is not a matter of the grantee's in force today",
    });
  for (const [argument, day] of Object.entries({ validFrom, validUntil })) dayArgument(argument, day);
  if (validUntil < validFrom || validUntil < grant.today)
    throw badInput('validUntil', { zh: '早于有效期起或今日', en: 'is before the first day, or past' });
  if (uses !== null && uses < 1) throw badInput('uses', { zh: '至少一次', en: 'must be one at least' });
  return { categories: [...new Set(categories)], matter, purpose, validFrom, validUntil, uses };
}

const hidden = (phone: string | null): string | null => phone && `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** A subject's authorizations: granted, confirmed, revoked, listed, used [SH-20, NT-22, ZD-22]. */
export function authorizationResolvers({
  authorizations,
  cursors,
  sms,
  log,
}: AuthorizationParts): ResolverMap {
  const told = (authorization: AuthorizationRow, { report }: SubgraphContext) => {
    report.subjects.add(authorization.subject);
    return { authorization };
  };

  /** What cannot be confirmed, since its code was not sent, does not stay behind. @throws SUBGRAPH_UNAVAILABLE */
  const sent = async ({ id, subject }: AuthorizationRow, phone: string, text: string): Promise<void> => {
    try {
      await sms?.send(phone, text);
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'a one-time code could not be sent');
      await authorizations.revoke(id, { subject });
      throw refusal(
        'SUBGRAPH_UNAVAILABLE',
        {
          zh: '短信未能发出，授权未办理，请稍后再试',
          en: 'the message could not be sent, and nothing was granted: try again later',
        },
        { subgraph: 'access' },
      );
    }
  };

  const grant = async (input: AuthorizationInput, context: SubgraphContext): Promise<AuthorizationRow> => {
    const { phone, documentDigest } = proofOf(input, context, sms);
    const parties = partiesOf(input, context);
    const code = phone === null ? null : newCode();
    const authorization = await authorizations.grant({
      ...parties,
      ...termsOf(input, parties.grantee, context),
      method: input.method,
      documentDigest,
      phone: hidden(phone),
      code,
    });
    if (!authorization)
      throw refusal('RATE_LIMITED', {
        zh: '验证码发送过于频繁，请一小时后再试',
        en: 'too many codes were sent: try again in an hour',
      });
    if (phone !== null && code !== null) {
      const grantee = context.snapshot.units.get(parties.grantee)?.name ?? parties.grantee;
      const text = `验证码 ${code}，${CODE_MINUTES} 分钟内有效。您正在授权「${grantee}」查询您的信用信息，如非本人操作请勿告知他人。`;
      await sent(authorization, phone, text);
    }
    return authorization;
  };

  const page = async (
    holder: Holder,
    args: { first?: number | null; after?: string | null },
    { report }: SubgraphContext,
  ): Promise<AuthorizationPage> => {
    const first = pageSize(args.first, 20);
    const [before] = args.after ? cursors.read(listOf({ holder }), args.after) : [];
    const rows = await authorizations.page(holder, before ?? null, first + 1);
    const found = pageOf(rows, first, before !== undefined);
    for (const { subject } of found.rows) report.subjects.add(subject);
    return { ...found, holder };
  };

  const noneSuch = () => badInput('id', { zh: '没有这一份授权', en: 'there is no such authorization' });

  return {
    Query: {
      authorizations: async (
        _: unknown,
        args: { first?: number | null; after?: string | null },
        context: SubgraphContext,
      ): Promise<AuthorizationPage> => page(holderOf(context), args, context),
    },
    Subject: {
      authorizations: async (
        { id }: { id: string },
        args: { first?: number | null; after?: string | null },
        context: SubgraphContext,
      ): Promise<AuthorizationPage> => {
        if (!isOwnOrCenter(context, id)) throw forbidden();
        return page({ subject: id }, args, context);
      },
    },
    Mutation: {
      grantAuthorization: async (
        _: unknown,
        { input }: { input: AuthorizationInput },
        context: SubgraphContext,
      ) => told(await grant(input, context), context),
      confirmAuthorization: async (
        _: unknown,
        { id, code }: { id: string; code: string },
        context: SubgraphContext,
      ) => {
        const holder = holderOf(context);
        if (holder !== 'center' && !('subject' in holder)) throw forbidden();
        const confirmed = isUuid(id) ? await authorizations.confirm(id, code, holder) : null;
        if (!confirmed)
          throw badInput('code', {
            zh: '验证码错误、已失效或尝试次数过多',
            en: 'the code is wrong or no longer valid, or was tried too often',
          });
        return told(confirmed, context);
      },
      revokeAuthorization: async (_: unknown, { id }: { id: string }, context: SubgraphContext) => {
        const holder = holderOf(context);
        if (holder !== 'center' && !('subject' in holder)) throw forbidden();
        const revoked = isUuid(id) ? await authorizations.revoke(id, holder) : null;
        if (!revoked) throw noneSuch();
        return told(revoked, context);
      },
      _useAuthorization: async (
        _: unknown,
        { id, unit, matter }: { id: string; unit: string; matter: string },
        context: SubgraphContext,
      ) => {
        gatewayOnly(context);
        return authorizations.use(id, unit, matter, context.grant.today);
      },
    },
    ...pageResolvers<AuthorizationRow, AuthorizationPage>(
      'Authorization',
      (page, { seq }) => cursors.write(listOf(page), [seq]),
      ({ holder }) => authorizations.count(holder),
    ),
    Authorization: {
      grantee: ({ grantee }: AuthorizationRow, _args: unknown, { snapshot }: SubgraphContext) =>
        snapshot.units.get(grantee) ?? { code: grantee, name: grantee },
      pending: ({ confirmedAt, revokedAt }: AuthorizationRow) => confirmedAt === null && revokedAt === null,
    },
  };
}
