import type pg from 'pg';
import type { SubgraphContext } from '../../../records/context.ts';
import type { Cursors } from '../../../records/cursor.ts';
import { refusal } from '../../../records/errors.ts';
import { type Page, pageOf, pageResolvers } from '../../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../../records/resolvers.ts';
import { isOwnOrCenter } from '../ownOrCenter.ts';
import { type OwnReport, ownReports } from './own.ts';

interface OwnReportsPage extends Page<OwnReport> {
  subject: string;
}

const listOf = (subject: string): string => `creditReports ${subject}`;

/** `Subject.creditReports`: which reports the subject had made of itself [SR-29b]. */
export function ownReportResolvers(pool: pg.Pool, cursors: Cursors): ResolverMap {
  const own = ownReports(pool);
  return {
    Subject: {
      creditReports: async (
        { id }: { id: string },
        args: { first?: number | null; after?: string | null },
        context: SubgraphContext,
      ): Promise<OwnReportsPage> => {
        if (!isOwnOrCenter(context, id))
          throw refusal('FORBIDDEN', {
            zh: '本人信用报告仅限信息主体本人和公共信用信息工作机构',
            en: 'its own reports are for the subject itself and for the credit center',
          });
        const first = pageSize(args.first, 20);
        const [before = null] = args.after ? cursors.read(listOf(id), args.after) : [];
        const { rows } = await own({ subject: id, before, size: first + 1, counted: false });
        if (rows.length > 0) context.report.subjects.add(id);
        return { ...pageOf(rows, first, before !== null), subject: id };
      },
    },
    ...pageResolvers<OwnReport, OwnReportsPage>(
      'OwnCreditReport',
      ({ subject }, { seq }) => cursors.write(listOf(subject), [seq]),
      async ({ subject }) => (await own({ subject, before: null, size: 0, counted: true })).count,
    ),
  };
}
