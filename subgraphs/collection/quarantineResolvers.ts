import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { bilingual } from '../../records/import/receipts.ts';
import { REJECT_RULES } from '../../records/import/rules.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import { type IntakeParts, collectReleased } from './intake.ts';
import type { Quarantine, QuarantineEntry, QuarantineState } from './quarantine.ts';
import type { ReceiptRow } from './receipts.ts';

export interface QuarantineParts extends IntakeParts {
  quarantine: Quarantine;
  cursors: Cursors;
}

interface Page {
  state: QuarantineState;
  rows: QuarantineEntry[];
  hasNext: boolean;
  hasPrevious: boolean;
}

interface DecideInput {
  id: string;
  release: boolean;
  reason: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_REASON = 500;

function demandCenter({ grant: { caller } }: SubgraphContext): void {
  if (caller.role === 'center') return;
  throw refusal('FORBIDDEN', {
    zh: '仅限公共信用信息工作机构核查',
    en: 'for the staff of the credit center',
  });
}

/** The queue of texts that a person has to look at [SH-14]. */
export function quarantineResolvers(parts: QuarantineParts): ResolverMap {
  const { quarantine, receipts, cursors } = parts;
  const cursorAt = ({ state }: Page, row: QuarantineEntry | undefined): string | null =>
    row ? cursors.write(`quarantine ${state}`, [row.ordinal]) : null;

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
    const found = UUID.test(id)
      ? await quarantine.decide(id, decision, async (entry, cells) => {
          const [receipt] = await receipts.byId([entry.batchId]);
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
      ): Promise<Page> => {
        demandCenter(context);
        const state = args.state ?? 'PENDING';
        const first = pageSize(args.first, 50);
        const after = args.after ? (cursors.read(`quarantine ${state}`, args.after)[0] as string) : null;
        const rows = await quarantine.page({ state, first, after });
        return {
          state,
          rows: rows.slice(0, first),
          hasNext: rows.length > first,
          hasPrevious: after !== null,
        };
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
      receipt: async ({ batchId }: QuarantineEntry) => (await receipts.byId([batchId]))[0],
      excerpt: (entry: QuarantineEntry) => quarantine.excerpt(entry),
    },
    QuarantinedRowConnection: {
      nodes: (page: Page) => page.rows,
      edges: (page: Page) => page.rows.map((row) => ({ page, row })),
      pageInfo: (page: Page) => ({
        hasNextPage: page.hasNext,
        hasPreviousPage: page.hasPrevious,
        startCursor: cursorAt(page, page.rows[0]),
        endCursor: cursorAt(page, page.rows.at(-1)),
      }),
      totalCount: (page: Page) => quarantine.count(page.state),
    },
    QuarantinedRowEdge: {
      cursor: ({ page, row }: { page: Page; row: QuarantineEntry }) => cursorAt(page, row),
      node: ({ row }: { row: QuarantineEntry }) => row,
    },
  };
}
