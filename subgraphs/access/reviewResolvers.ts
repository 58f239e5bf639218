import { addDays } from '../../policy/dates.ts';
import { dayArgument } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { type Page, pageOf, pageResolvers } from '../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import { firstReviewed } from './review/keeping.ts';
import { type JournalReview, type ReviewedRow, reasonText } from './review.ts';

/** A quarter: what one statement works through in seconds. */
const MOST_DAYS = 92;

interface ReviewPage extends Page<ReviewedRow> {
  list: string;
  total: number;
}

function allow({ grant: { caller, scope } }: SubgraphContext): void {
  if ((caller.role === 'center' || caller.role === 'authority') && scope.kind === 'MATTER') return;
  throw refusal('FORBIDDEN', {
    zh: '日志审查仅限主管部门和公共信用信息工作机构，并须说明用途',
    en: 'the review of the journal is for the authority and the credit center, with a purpose',
  });
}

function checkPeriod(from: string, to: string, today: string): void {
  dayArgument('from', from);
  dayArgument('to', to);
  if (to < from) throw badInput('to', { zh: '不得早于 from', en: 'must not be before `from`' });
  if (to > addDays(from, MOST_DAYS - 1))
    throw badInput('to', { zh: `至多 ${MOST_DAYS} 天`, en: `at most ${MOST_DAYS} days` });
  const first = firstReviewed(today);
  if (from < first)
    throw badInput('from', {
      zh: `不得早于 ${first}：日志审查可追溯五年，更早的日志仍长期保存，可以导出`,
      en: `must not be before ${first}: reviews go back five years; older entries stay in the journal and can be exported`,
    });
}

/** `journalReview`: what of the journal somebody should read [SH-31]. */
export function reviewResolvers(review: JournalReview, cursors: Cursors): ResolverMap {
  return {
    Query: {
      journalReview: async (
        _: unknown,
        { from, to, ...args }: { from: string; to: string; first?: number | null; after?: string | null },
        context: SubgraphContext,
      ): Promise<ReviewPage> => {
        allow(context);
        checkPeriod(from, to, context.grant.today);
        const list = `journalReview ${from} ${to}`;
        const first = pageSize(args.first, 50);
        const before = args.after ? (cursors.read(list, args.after)[0] ?? null) : null;
        const { rows, total } = await review.page(from, to, before, first + 1);
        const page = pageOf(rows, first, before !== null);
        for (const { subjects } of page.rows) for (const id of subjects) context.report.subjects.add(id);
        return { ...page, list, total };
      },
    },
    ...pageResolvers<ReviewedRow, ReviewPage>(
      'ReviewedEntry',
      ({ list }, { seq }) => cursors.write(list, [seq]),
      ({ total }) => total,
    ),
    ReviewedEntry: {
      entry: (row: ReviewedRow) => row,
      reasons: ({ reasons }: ReviewedRow) =>
        reasons.map((reason) => ({ flag: reason.flag, ...reasonText(reason) })),
    },
  };
}
