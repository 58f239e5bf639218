import { addDays, addPeriod } from '../../policy/dates.ts';
import { type MeasureKind, measuresOn } from '../../policy/measures.ts';
import { dayArgument } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import { badInput } from '../../records/errors.ts';
import { scopeFor } from '../../records/grant.ts';
import { type Page, pageOf, pageResolvers } from '../../records/pages.ts';
import { readsRawCounts } from '../../records/report/rawCounts.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import { DateScalar } from '../../records/scalars.ts';
import { demandPurposeOrDuty, disclose, forbidden, officersUnit } from './callers.ts';
import { type CasePosition, type CaseRow, caseCount, casePage } from './cases.ts';
import { measureCounts } from './counts.ts';
import { determinations } from './determination.ts';
import { SubjectTasks } from './ofSubject.ts';
import type { MeasureParts } from './parts.ts';
import { type QueueFilter, queueCount, queuePage } from './queue.ts';
import { reports } from './report.ts';
import type { TaskRow, TaskState } from './taskRow.ts';

interface PageArgs {
  first?: number | null;
  after?: string | null;
}

/** A page under the name of its list, to which its cursors are sealed. */
interface ListPage<Row> extends Page<Row> {
  list: string;
  count: () => Promise<number>;
}

interface TaskPage extends ListPage<TaskRow> {
  position: (task: TaskRow) => string[];
}

interface QueueArgs extends PageArgs {
  unit?: string | null;
  state?: TaskState | null;
  overdue?: boolean | null;
}

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const readsAll = ({ grant: { caller } }: SubgraphContext): boolean =>
  caller.role === 'center' || caller.role === 'authority';

function monthOf(month: string): { from: string; to: string } {
  if (!MONTH.test(month) || month < '1900')
    throw badInput('month', { zh: '应为 YYYY-MM', en: 'must be of the form YYYY-MM' });
  const from = `${month}-01`;
  return { from, to: addDays(addPeriod(from, 'P1M'), -1) };
}

const unitOf = (code: string, { snapshot }: SubgraphContext) => ({
  code,
  name: snapshot.units.get(code)?.name ?? code,
});

export function measureResolvers(parts: MeasureParts): ResolverMap {
  const { pool, packs, cursors, asOf } = parts;
  const determine = determinations(parts);
  const report = reports(parts);
  const ofSubjects = new SubjectTasks(pool);

  const queue = async (args: QueueArgs, context: SubgraphContext): Promise<TaskPage> => {
    const { grant } = context;
    const own = officersUnit(grant);
    if (grant.caller.role === 'authority')
      throw forbidden(
        '仅限发起单位、实施单位和工作机构',
        'for initiating and implementing units and the center',
      );
    const { persons } = demandPurposeOrDuty(grant);
    const filter: QueueFilter = {
      party: grant.caller.role === 'center' ? null : own,
      unit: args.unit ?? null,
      state: args.state ?? null,
      overdue: args.overdue ?? null,
      persons,
    };
    const list = `measure tasks ${JSON.stringify(Object.values(filter))}`;
    const first = pageSize(args.first, 20);
    const [dueOn, ordinal] = args.after ? cursors.read(list, args.after) : [];
    const after = ordinal ? { dueOn: dueOn || null, ordinal } : null;
    const found = await queuePage(pool, filter, asOf(grant.today), { first, after });
    const page = pageOf(found, first, after !== null);
    disclose(context, page.rows);
    return {
      ...page,
      list,
      count: () => queueCount(pool, filter, asOf(grant.today)),
      position: (task) => [task.dueOn ?? '', task.ordinal],
    };
  };

  const ofSubject = async (
    { id }: { id: string },
    args: PageArgs,
    context: SubgraphContext,
  ): Promise<TaskPage> => {
    const { grant } = context;
    const { district } = grant;
    const key = { subjectId: id, scope: scopeFor(grant, id), district, ...asOf(grant.today) };
    const list = `measures of ${id} ${key.scope}${district ? ` in ${district}` : ''}`;
    const first = pageSize(args.first, 20);
    const after = args.after ? (cursors.read(list, args.after)[0] as string) : null;
    const page = pageOf(await ofSubjects.page({ ...key, first, after }), first, after !== null);
    disclose(context, page.rows);
    const count = async () => {
      const n = await ofSubjects.count(key);
      if (n > 0) context.report.subjects.add(id);
      return n;
    };
    return { ...page, list, count, position: (task) => [task.ordinal] };
  };

  const cases = async (
    args: PageArgs & { month: string; unit?: string | null },
    context: SubgraphContext,
  ): Promise<ListPage<CaseRow>> => {
    const { grant } = context;
    const own = officersUnit(grant);
    const unit = args.unit ?? own;
    if (unit !== own && !readsAll(context))
      throw forbidden('只能查询本单位的案例', 'a unit reads its own cases only');
    const filter = { unit, ...monthOf(args.month), ...demandPurposeOrDuty(grant) };
    const list = `measure cases ${JSON.stringify(Object.values(filter))}`;
    const first = pageSize(args.first, 50);
    const after = args.after ? (cursors.read(list, args.after) as CasePosition) : null;
    const found = await casePage(pool, filter, asOf(grant.today), { first, after });
    const page = pageOf(found, first, after !== null);
    disclose(context, page.rows);
    return { ...page, list, count: () => caseCount(pool, filter, asOf(grant.today)) };
  };

  const counts = async (
    args: { from?: string | null; to?: string | null; jurisdiction?: string | null },
    context: SubgraphContext,
  ) => {
    const { from = null, to = null, jurisdiction = null } = args;
    const own = officersUnit(context.grant);
    for (const [argument, day] of Object.entries({ from, to })) if (day !== null) dayArgument(argument, day);
    const persons = readsRawCounts(context.grant);
    const filter = { from, to, jurisdiction, unit: readsAll(context) ? null : own, persons };
    const rows = await measureCounts(pool, filter, asOf(context.grant.today));
    return {
      initiating: rows.filter(({ initiating }) => initiating),
      implementing: rows.filter(({ initiating }) => !initiating),
      withheld: !persons,
    };
  };

  return {
    Date: DateScalar,
    Query: {
      measuresList: (
        _: unknown,
        args: { jurisdiction: string; on?: string | null; kind?: MeasureKind | null },
        { grant }: SubgraphContext,
      ) => {
        const on = args.on == null ? grant.today : dayArgument('on', args.on);
        const list = measuresOn(packs, args.jurisdiction, on);
        return list?.filter(({ kind }) => args.kind == null || kind === args.kind) ?? null;
      },
      measureTasks: (_: unknown, args: QueueArgs, context: SubgraphContext) => queue(args, context),
      measureCases: (_: unknown, args: Parameters<typeof cases>[0], context: SubgraphContext) =>
        cases(args, context),
      measureCounts: (_: unknown, args: Parameters<typeof counts>[0], context: SubgraphContext) =>
        counts(args, context),
    },
    Mutation: {
      determineMeasures: (
        _: unknown,
        { input }: { input: Parameters<typeof determine>[0] },
        context: SubgraphContext,
      ) => determine(input, context),
      reportMeasure: (
        _: unknown,
        { input }: { input: Parameters<typeof report>[0] },
        context: SubgraphContext,
      ) => report(input, context),
    },
    Subject: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      measures: ofSubject,
    },
    MeasureTask: {
      subject: ({ subjectId }: TaskRow) => ({ id: subjectId }),
      item: ({ itemId }: TaskRow, _: unknown, { snapshot }: SubgraphContext) => snapshot.items.get(itemId),
      initiator: ({ initiator }: TaskRow, _: unknown, context: SubgraphContext) => unitOf(initiator, context),
      unit: ({ unit }: TaskRow, _: unknown, context: SubgraphContext) => unitOf(unit, context),
    },
    MeasureCase: { task: (row: CaseRow) => row },
    UnitMeasureCounts: {
      unit: ({ unit }: { unit: string }, _: unknown, context: SubgraphContext) => unitOf(unit, context),
    },
    ...pageResolvers<TaskRow, TaskPage>(
      'MeasureTask',
      ({ list, position }, task) => cursors.write(list, position(task)),
      ({ count }) => count(),
    ),
    ...pageResolvers<CaseRow, ListPage<CaseRow>>(
      'MeasureCase',
      ({ list }, { on, ordinal, step }) => cursors.write(list, [on, ordinal, String(step)]),
      ({ count }) => count(),
    ),
  };
}
