import type { SubgraphContext } from '../../../records/context.ts';
import type { Cursors } from '../../../records/cursor.ts';
import { badInput, refusal } from '../../../records/errors.ts';
import { gatewayOnly } from '../../../records/gatewayOnly.ts';
import { type Page, pageOf, pageResolvers } from '../../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../../records/resolvers.ts';
import { centerUnit } from '../centerUnit.ts';
import { faultOfUrl } from './address.ts';
import type { Networks } from './networks.ts';
import type { WebhookRow, Webhooks } from './webhooks.ts';

type WebhookInput = Pick<WebhookRow, 'unit' | 'matter' | 'publicOnly' | 'url'>;

interface WebhookPage extends Page<WebhookRow> {
  /** Null: of all units. */
  unit: string | null;
}

const listOf = ({ unit }: Pick<WebhookPage, 'unit'>): string => `webhooks ${unit ?? ''}`;

/** The unit whose webhooks the caller sees; null: the center sees all. */
function seenBy({ grant: { caller } }: SubgraphContext): string | null {
  if (caller.role === 'center') return null;
  if (caller.unit !== null) return caller.unit;
  throw refusal('FORBIDDEN', { zh: '仅限接收单位和工作机构', en: 'for recipients and the center' });
}

/** Where recipients are told of changes: the center's to record, theirs to see how it goes [SP-push]. */
export function pushResolvers(webhooks: Webhooks, networks: Networks, cursors: Cursors): ResolverMap {
  return {
    Query: {
      webhooks: async (
        _: unknown,
        args: { first?: number | null; after?: string | null },
        context: SubgraphContext,
      ): Promise<WebhookPage> => {
        const unit = seenBy(context);
        const first = pageSize(args.first, 50);
        const [after = null] = args.after ? cursors.read(listOf({ unit }), args.after) : [];
        return { ...pageOf(await webhooks.page(unit, after, first + 1), first, after !== null), unit };
      },
    },
    Mutation: {
      recordWebhook: async (_: unknown, { input }: { input: WebhookInput }, context: SubgraphContext) => {
        const by = centerUnit(context);
        const fault = faultOfUrl(input.url, networks);
        if (fault) throw badInput('url', fault);
        if (context.snapshot.matters.get(input.matter)?.unit !== input.unit)
          throw badInput('matter', {
            zh: `「${input.matter}」不是该单位的有效应用事项`,
            en: `"${input.matter}" is not a matter of the unit in force today`,
          });
        const recorded = await webhooks.record(input, by);
        if (!recorded) throw badInput('unit', { zh: '该单位不是接收单位', en: 'this unit is no recipient' });
        return recorded;
      },
      withdrawWebhook: async (_: unknown, { unit }: { unit: string }, context: SubgraphContext) => {
        centerUnit(context);
        return { withdrawn: await webhooks.withdraw(unit) };
      },
      _tellWithdrawn: async (
        _: unknown,
        { revision, units }: { revision: number; units: string[] },
        context: SubgraphContext,
      ) => {
        gatewayOnly(context);
        await webhooks.tell(revision, units);
        return true;
      },
    },
    Webhook: {
      unit: ({ unit }: WebhookRow, _: unknown, { snapshot }: SubgraphContext) => ({
        code: unit,
        name: snapshot.units.get(unit)?.name ?? unit,
      }),
    },
    ...pageResolvers<WebhookRow, WebhookPage>(
      'Webhook',
      (page, { unit }) => cursors.write(listOf(page), [unit]),
      ({ unit }) => webhooks.count(unit),
    ),
  };
}
