import { isUuid } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { objectRows } from '../../records/import/reading/objects.ts';
import type { SecrecyReview } from '../../records/import/receipts.ts';
import type { Intake } from '../../records/intake.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import { DateScalar, DateTimeScalar, DecimalScalar, JsonScalar } from '../../records/scalars.ts';
import { type Page, pageOf, pageResolvers } from '../../records/pages.ts';
import type { ReceiptRow, Receipts, RejectRow } from './receipts.ts';

export const MAX_ROWS = 5_000;

interface SubmitInput {
  layout: string;
  jurisdiction: string;
  provider?: string | null;
  item?: string | null;
  secrecyReview?: SecrecyReview | null;
  rows: unknown[];
}

/** A receipt belongs to the unit that provided the batch; the center reads all. To anyone else it does not exist. */
const mayRead = (receipt: ReceiptRow, { grant: { caller } }: SubgraphContext): boolean =>
  caller.role === 'center' || (caller.unit !== null && caller.unit === receipt.provider);

/** Whose rows these are: a provider submits its own unit's, the center anyone's. */
function submitter(input: SubmitInput, { grant: { caller } }: SubgraphContext): string | null {
  const { provider = null } = input;
  if (caller.role === 'center') return provider;
  if (caller.role !== 'provider') {
    throw refusal('FORBIDDEN', { zh: '仅限信息提供单位报送', en: 'for units that provide information' });
  }
  if (provider !== null && provider !== caller.unit) {
    throw refusal('FORBIDDEN', { zh: '只能报送本单位的信息', en: 'a unit submits its own information only' });
  }
  return caller.unit;
}

function objects(rows: unknown[]): Record<string, unknown>[] {
  if (rows.length > MAX_ROWS)
    throw badInput('rows', { zh: `一次最多 ${MAX_ROWS} 条`, en: `at most ${MAX_ROWS} at a time` });
  const odd = rows.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row));
  if (odd >= 0)
    throw badInput(`rows[${odd}]`, { zh: '应为对象', en: 'must be an object by column name or field code' });
  return rows as Record<string, unknown>[];
}

interface RejectPage extends Page<RejectRow> {
  receipt: ReceiptRow;
}

export function collectionResolvers(receipts: Receipts, intake: Intake, cursors: Cursors): ResolverMap {
  return {
    Date: DateScalar,
    DateTime: DateTimeScalar,
    Decimal: DecimalScalar,
    JSON: JsonScalar,
    Query: {
      receipt: async (_: unknown, { id }: { id: string }, context: SubgraphContext) => {
        const receipt = isUuid(id) ? await receipts.one(id.toLowerCase()) : null;
        return receipt && mayRead(receipt, context) ? receipt : null;
      },
    },
    Mutation: {
      submitRecords: async (_: unknown, { input }: { input: SubmitInput }, context: SubgraphContext) => {
        const { layout, jurisdiction, item = null } = input;
        const provider = submitter(input, context);
        const rows = input.rows.length > 0 ? objectRows(objects(input.rows)) : null;
        const summary = await intake.submit({
          layout,
          jurisdiction,
          provider,
          item,
          source: 'submitRecords',
          secrecyReview: input.secrecyReview ?? null,
          rows,
        });
        return { receipt: await receipts.one(summary.receipt) };
      },
    },
    Receipt: {
      state: (receipt: ReceiptRow) => (receipt.finishedAt ? 'COMPLETE' : 'RUNNING'),
      rejects: async (
        receipt: ReceiptRow,
        args: { first?: number | null; after?: string | null },
      ): Promise<RejectPage> => {
        const first = pageSize(args.first, 50, 1_000);
        const after = args.after ? Number(cursors.read(receipt.id, args.after)[0]) : 0;
        const rows = await receipts.rejects(receipt.id, first + 1, after);
        return { receipt, ...pageOf(rows, first, after > 0) };
      },
      settledRejects: ({ settled }: ReceiptRow) => settled,
      openRejects: ({ rejected, settled }: ReceiptRow) => rejected - settled,
      correctionFile: async (receipt: ReceiptRow, _: unknown, context: SubgraphContext) => {
        // The authority comes here by `provider`: it reads figures, not rows.
        if (!mayRead(receipt, context)) return null;
        let text = '';
        for await (const piece of (await intake.corrections(receipt.id)) ?? []) text += piece;
        return text;
      },
    },
    ...pageResolvers<RejectRow, RejectPage>(
      'Reject',
      ({ receipt }, row) => cursors.write(receipt.id, [String(row.ordinal)]),
      ({ receipt }) => receipt.rejected,
    ),
  };
}
