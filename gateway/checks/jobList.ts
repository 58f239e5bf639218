import { parseCode } from '../../policy/identifiers/code.ts';
import { isUuid } from '../../records/arguments.ts';
import type { BatchJobRow } from '../../records/checks/batch.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { type Page, pageOf, pageResolvers } from '../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import { officerOf } from './callers.ts';
import type { ChecksContext } from './jobs.ts';
import type { BatchStore } from './store.ts';

interface PageArguments {
  first?: number | null;
  after?: string | null;
}

interface JobPage extends Page<BatchJobRow> {
  unit: string;
}

const NONE: JobPage = { rows: [], hasNext: false, hasPrevious: false, unit: '' };

/** Jobs of a unit, newest first. A job's id is its cursor: another unit's leads nowhere. @throws BAD_USER_INPUT */
async function pageOfUnit(
  store: BatchStore,
  unit: string,
  { first, after }: PageArguments,
): Promise<JobPage> {
  const size = pageSize(first, 20);
  if (after != null && !isUuid(after))
    throw badInput('after', { zh: '格式不正确', en: 'is no cursor of this list' });
  const rows = await store.page(unit, after ?? null, size + 1);
  return { ...pageOf(rows, size, after != null), unit };
}

/**
 * `jobs` of the caller's own unit, and `Subject.jobs`: of the unit that a firm is itself, for the firm. What jobs found is not in the list; it
 * is for the unit's officers, with a purpose.
 */
export const jobListResolvers = (store: BatchStore): ResolverMap => ({
  Query: {
    jobs: (_: unknown, args: PageArguments, { asked }: ChecksContext) =>
      pageOfUnit(store, officerOf(asked).unit, args),
  },
  Subject: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    jobs: ({ id }: { id: string }, args: PageArguments, { grant, asked }: ChecksContext) => {
      const own = parseCode(asked.caller.code ?? '', grant.today);
      if (grant.scope.kind !== 'SELF' || grant.scope.subject !== id || !own.ok)
        throw refusal('FORBIDDEN', {
          zh: '核查任务仅限本单位',
          en: 'jobs are for the unit whose they are',
        });
      return own.codeKind === 'CITIZEN_ID' ? NONE : pageOfUnit(store, own.code, args);
    },
  },
  ...pageResolvers<BatchJobRow, JobPage>(
    'Job',
    (_page, { id }) => id,
    ({ unit }) => (unit === '' ? 0 : store.count(unit)),
  ),
});
