import { isUuid } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { bilingual } from '../../records/import/receipts.ts';
import { REJECT_RULES } from '../../records/import/rules.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import { type IntakeParts, collectReleased } from './intake.ts';
import { type Page, pageOf, pageResolvers } from '../../records/pages.ts';
import type { Quarantine, QuarantineEntry, QuarantineState } from './quarantine.ts';
import type { ReceiptRow } from './receipts.ts';

export interface QuarantineParts extends IntakeParts {
  quarantine: Quarantine;
  cursors: Cursors;
}

interface QueuePage extends Page<QuarantineEntry> {
  state: QuarantineState;
}

interface DecideInput {
  id: string;
  release: boolean;
  reason: string;
}

const MAX_REASON = 500;

/** The texts may be about anyone: the center's staff reads them for a purpose, as everyone does [SH-26]. */
function demandCenter({ grant: { caller, scope } }: SubgraphContext): void {
  if (caller.role === 'center' && scope.kind === 'MATTER') return;
  throw refusal('FORBIDDEN', {
    zh: '仅限公共信用信息工作机构核查',
    en: 'for the staff of the credit center',
  });
}

/** The queue of texts that a person has to look at [SH-14]. */
export function quarantineResolvers(parts: QuarantineParts): ResolverMap {
  const { quarantine, receipts, cursors } = parts;
  const listOf = (state: QuarantineState): string => `quarantine ${state}`;

  /** Back to its provider, without the text that must not be kept. */
  const sendBack = async (
    receipt: ReceiptRow,
    { line, column, word }: QuarantineEntry,
    cells: readonly string[],
  ): Promise<void> => {
    const rest = cells.map((cell) => (cell.toLowerCase().includes(word) ? '' : cell));
    const reason = bilingual(REJECT_RULES.PROHIBITED_CONTENT);
    await receipts.addRejects(receipt.id, [
      { line, column, rule: 'PROHIBITED_CONTENT', reason, cells: rest },
    ]);
    await receipts.settle(receipt.id, { accepted: 0, duplicates: 0, rejected: 1 });
  };

  const decide = async ({ id, release, reason }: DecideInput, by: string): Promise<QuarantineEntry> => {
    const words = reason.trim();
    if (words === '' || words.length > MAX_REASON) {
      throw badInput('reason', {
        zh: `应写明理由，不超过 ${MAX_REASON} 字`,
        en: `must say why, in ${MAX_REASON} characters at most`,
      });
    }
    const decision = { state: release ? 'RELEASED' : 'REFUSED', by, reason: words } as const;
    const found = isUuid(id)
      ? await quarantine.decide(id, decision, async (entry, cells) => {
          const receipt = await receipts.one(entry.batchId);
          if (!receipt) throw new Error(`the receipt ${entry.batchId} of a quarantined row is gone`);
          await (release
            ? collectReleased(parts, receipt, { line: entry.line, cells })
            : sendBack(receipt, entry, cells));
        })
      : null;
    if (!found) throw badInput('id', { zh: '没有这一条', en: 'there is no such row' });
    if (found.decided) return found.entry;
    const { state } = found.entry;
    throw refusal(
      'CONFLICT',
      { zh: `该条已处理（${state}）`, en: `it was decided before: ${state}` },
      { state },
    );
  };

  return {
    Query: {
      quarantinedRows: async (
        _: unknown,
        args: { state?: QuarantineState | null; first?: number | null; after?: string | null },
        context: SubgraphContext,
      ): Promise<QueuePage> => {
        demandCenter(context);
        const state = args.state ?? 'PENDING';
        const first = pageSize(args.first, 50);
        const after = args.after ? (cursors.read(listOf(state), args.after)[0] as string) : null;
        const rows = await quarantine.page({ state, first, after });
        return { state, ...pageOf(rows, first, after !== null) };
      },
    },
    Mutation: {
      decideQuarantinedRow: async (
        _: unknown,
        { input }: { input: DecideInput },
        context: SubgraphContext,
      ) => {
        demandCenter(context);
        return { row: await decide(input, context.grant.caller.unit ?? 'center') };
      },
    },
    QuarantinedRow: {
      receipt: ({ batchId }: QuarantineEntry) => receipts.one(batchId),
      excerpt: (entry: QuarantineEntry) => quarantine.excerpt(entry),
    },
    ...pageResolvers<QuarantineEntry, QueuePage>(
      'QuarantinedRow',
      ({ state }, row) => cursors.write(listOf(state), [row.ordinal]),
      ({ state }) => quarantine.count(state),
    ),
  };
}
