import type { Packs } from '../../../policy/packs/packs.ts';
import type { RecordClass } from '../../../policy/terms.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import type { Cursors } from '../../../records/cursor.ts';
import { badInput } from '../../../records/errors.ts';
import { type Page, pageOf, pageResolvers } from '../../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../../records/resolvers.ts';
import { centerUnit } from '../centerUnit.ts';
import type { RecipientRow, Recipients } from './recipients.ts';

interface RecipientInput {
  unit: string;
  jurisdictions: string[];
  classes?: RecordClass[] | null;
  items?: string[] | null;
}

const LIST = 'recipients';
/** Jurisdictions and items that may be named at most. */
const MOST = 1_000;

/** @throws BAD_USER_INPUT where a value is not known, or there are too many. */
function known(argument: string, values: readonly string[], isKnown: (value: string) => boolean): string[] {
  if (values.length > MOST) throw badInput(argument, { zh: `至多 ${MOST} 个`, en: `at most ${MOST}` });
  for (const [i, value] of values.entries())
    if (!isKnown(value))
      throw badInput(`${argument}[${i}]`, { zh: `没有「${value}」`, en: `there is no "${value}"` });
  return [...new Set(values)];
}

/** Who is given changes: the center's to say [SP-push]. */
export function recipientResolvers(
  recipients: Recipients,
  cursors: Cursors,
  packs: Packs,
  today: () => string,
): ResolverMap {
  return {
    Query: {
      recipients: async (
        _: unknown,
        args: { first?: number | null; after?: string | null },
        context: SubgraphContext,
      ): Promise<Page<RecipientRow>> => {
        centerUnit(context);
        const first = pageSize(args.first, 50);
        const [after = null] = args.after ? cursors.read(LIST, args.after) : [];
        return pageOf(await recipients.page(after, first + 1), first, after !== null);
      },
    },
    Mutation: {
      recordRecipient: async (_: unknown, { input }: { input: RecipientInput }, context: SubgraphContext) => {
        const by = centerUnit(context);
        const { units, itemsByCode } = context.snapshot;
        known('unit', [input.unit], (code) => units.has(code));
        if (input.jurisdictions.length === 0)
          throw badInput('jurisdictions', { zh: '至少一个', en: 'at least one' });
        const day = today();
        const jurisdictions = known(
          'jurisdictions',
          input.jurisdictions,
          (code) => packs.on(code, day) !== null,
        );
        const items = input.items ? known('items', input.items, (code) => itemsByCode.has(code)) : null;
        const classes = input.classes ? [...new Set(input.classes)] : null;
        return {
          recipient: await recipients.record({ unit: input.unit, jurisdictions, classes, items }, by),
        };
      },
      withdrawRecipient: async (_: unknown, { unit }: { unit: string }, context: SubgraphContext) => {
        centerUnit(context);
        const recipient = await recipients.withdraw(unit);
        if (!recipient) throw badInput('unit', { zh: '该单位不是接收单位', en: 'this unit is no recipient' });
        return { recipient };
      },
    },
    Recipient: {
      unit: ({ unit }: RecipientRow, _: unknown, { snapshot }: SubgraphContext) => ({
        code: unit,
        name: snapshot.units.get(unit)?.name ?? unit,
      }),
    },
    ...pageResolvers<RecipientRow, Page<RecipientRow>>(
      'Recipient',
      (_, { unit }) => cursors.write(LIST, [unit]),
      () => recipients.count(),
    ),
  };
}
