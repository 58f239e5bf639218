import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { type Page, pageOf, pageResolvers } from '../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import type { AccountRow, Accounts } from './accounts.ts';
import { gatewayOnly } from '../../records/gatewayOnly.ts';
import { lineOf } from './text.ts';

interface AccountPage extends Page<AccountRow> {
  unit: string | null;
}

const listOf = ({ unit }: Pick<AccountPage, 'unit'>): string => `accounts ${unit ?? ''}`;

/** The administrator's own unit: whose accounts it keeps. */
function administered({ grant: { caller } }: SubgraphContext): string {
  if (caller.admin && caller.unit !== null) return caller.unit;
  throw refusal('FORBIDDEN', {
    zh: '仅限本单位的账户管理员',
    en: "for the administrator of the unit's accounts",
  });
}

/** The center's unit. */
export function centerUnit({ grant: { caller } }: SubgraphContext): string {
  if (caller.role === 'center' && caller.unit !== null) return caller.unit;
  throw refusal('FORBIDDEN', { zh: '仅限公共信用信息工作机构', en: 'for the credit center alone' });
}

/** @throws BAD_USER_INPUT for a matter that is not the unit's own and in force. */
function mattersOf(codes: readonly string[], unit: string, { snapshot }: SubgraphContext): string[] {
  for (const [i, code] of codes.entries()) {
    if (snapshot.matters.get(code)?.unit !== unit) {
      throw badInput(`matters[${i}]`, {
        zh: `「${code}」不是本单位的有效应用事项`,
        en: `"${code}" is not a matter of this unit in force today`,
      });
    }
  }
  return [...new Set(codes)];
}

/** Officers' accounts by their unit's administrator [SP-account, SH-19], and the end of a unit's access by the center [SH-34]. */
export function accountResolvers(accounts: Accounts, cursors: Cursors): ResolverMap {
  return {
    Query: {
      accounts: async (
        _: unknown,
        args: { unit?: string | null; first?: number | null; after?: string | null },
        context: SubgraphContext,
      ): Promise<AccountPage> => {
        const isCenter = context.grant.caller.role === 'center';
        const own = isCenter ? null : administered(context);
        if (own !== null && args.unit && args.unit !== own)
          throw refusal('FORBIDDEN', { zh: '仅限本单位的账户', en: "for the unit's own accounts" });
        const unit = own ?? args.unit ?? null;
        const first = pageSize(args.first, 50);
        const after = args.after ? cursors.read(listOf({ unit }), args.after) : null;
        const rows = await accounts.page(unit, after as [string, string] | null, first + 1);
        return { ...pageOf(rows, first, after !== null), unit };
      },
      _rights: (_: unknown, { since }: { since: number }, context: SubgraphContext) => {
        gatewayOnly(context);
        return accounts.rights(since);
      },
    },
    Mutation: {
      grantMatters: async (
        _: unknown,
        { input }: { input: { officer: string; matters: string[] } },
        context: SubgraphContext,
      ) => {
        const unit = administered(context);
        const officer = lineOf('officer', input.officer);
        return {
          account: await accounts.grant(unit, officer, mattersOf(input.matters, unit, context), unit),
        };
      },
      suspendAccount: async (_: unknown, { officer }: { officer: string }, context: SubgraphContext) => {
        const unit = administered(context);
        return { account: await accounts.suspend(unit, lineOf('officer', officer), unit) };
      },
      restoreAccount: async (_: unknown, { officer }: { officer: string }, context: SubgraphContext) => {
        const unit = administered(context);
        const account = await accounts.restore(unit, lineOf('officer', officer), unit);
        if (!account) throw badInput('officer', { zh: '没有这个账户', en: 'there is no such account' });
        return { account };
      },
      withdrawGrantee: async (
        _: unknown,
        { unit, reason }: { unit: string; reason: string },
        context: SubgraphContext,
      ) => {
        const by = centerUnit(context);
        if (!context.snapshot.units.has(unit))
          throw badInput('unit', { zh: `没有代码为 ${unit} 的单位`, en: `there is no unit ${unit}` });
        // It could not undo that.
        if (unit === by) throw badInput('unit', { zh: '不能是本单位', en: 'must be another unit' });
        return { grantee: await accounts.withdraw(unit, lineOf('reason', reason, 1_000), by) };
      },
      restoreGrantee: async (_: unknown, { unit }: { unit: string }, context: SubgraphContext) => {
        centerUnit(context);
        const grantee = await accounts.reinstate(unit);
        if (!grantee) throw badInput('unit', { zh: '未被取消权限', en: 'its access is not withdrawn' });
        return { grantee };
      },
    },
    ...pageResolvers<AccountRow, AccountPage>(
      'Account',
      (page, { unit, officer }) => cursors.write(listOf(page), [unit, officer]),
      ({ unit }) => accounts.count(unit),
    ),
    Account: {
      suspended: ({ suspendedAt }: AccountRow) => suspendedAt !== null,
    },
  };
}
