import { dayArgument, isUuid } from '../../../records/arguments.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { discloseItem } from '../../../records/disclosure.ts';
import { badInput } from '../../../records/errors.ts';
import { gathering } from '../../../records/gather.ts';
import { type Page, pageOf, pageResolvers } from '../../../records/pages.ts';
import { readsRawCounts } from '../../../records/report/rawCounts.ts';
import { type ResolverMap, pageSize } from '../../../records/resolvers.ts';
import { type CaseReader, readerOf } from '../callers.ts';
import { type CaseFigures, type ProviderFigures, countCases, sumOf } from './counts.ts';
import type { CaseParts } from './parts.ts';
import { type CaseFilter, CaseQueue } from './queue.ts';
import type { CaseRow, StepRow } from './rows.ts';
import {
  type AppealInput,
  type DecideInput,
  acceptObjectionResult,
  appealObjection,
  decideObjection,
} from './deciding.ts';
import { type FileInput, fileObjection } from './filing.ts';
import type { Notices } from '../notices.ts';

interface QueueArgs extends Partial<Pick<CaseFilter, 'queue' | 'stage' | 'overdueOnly' | 'jurisdiction'>> {
  first?: number | null;
  after?: string | null;
}

interface CasePage extends Page<CaseRow> {
  reader: CaseReader;
  filter: CaseFilter;
}

interface CountArgs {
  from?: string | null;
  to?: string | null;
  jurisdiction?: string | null;
}

const listOf = ({ reader, filter }: Pick<CasePage, 'reader' | 'filter'>): string => {
  const { queue, stage, overdueOnly, jurisdiction } = filter;
  return `objections ${JSON.stringify([reader, queue, stage, overdueOnly, jurisdiction])}`;
};

const unitOf = (code: string | null, { snapshot }: SubgraphContext) =>
  code === null ? null : { code, name: snapshot.units.get(code)?.name ?? code };

function disclose({ report }: SubgraphContext, rows: readonly CaseRow[]): void {
  for (const { subjectId, itemId } of rows) {
    report.subjects.add(subjectId);
    discloseItem(report, subjectId, itemId);
  }
}

/** 异议: filing, deciding, and what each has to do. */
export function objectionResolvers(parts: CaseParts, notices: Notices): ResolverMap {
  const queue = new CaseQueue(parts.pool);
  const noticesOf = gathering((cases: readonly string[]) => notices.ofCases(cases));

  const counts = async (_: unknown, args: CountArgs, { grant }: SubgraphContext) => {
    const { from = null, to = null, jurisdiction = null } = args;
    for (const [argument, day] of Object.entries({ from, to })) if (day !== null) dayArgument(argument, day);
    if (from !== null && to !== null && from > to)
      throw badInput('to', { zh: '不得早于 from', en: 'must not be before `from`' });
    const { role, unit } = grant.caller;
    const all = role === 'center' || role === 'authority';
    const own = (role === 'provider' || role === 'agency') && unit !== null;
    if (!all && !own) return null;
    const provider = all ? null : unit;
    const raw = readsRawCounts(grant);
    const counted = await countCases(parts.pool, { from, to, jurisdiction, provider, today: grant.today });
    const figures = raw ? counted : counted.filter(({ aboutPersons }) => !aboutPersons);
    const byProvider = [...Map.groupBy(figures, (one) => one.provider)].map(([code, ofUnit]) => ({
      provider: code,
      ...sumOf(ofUnit),
    }));
    const of = (persons: boolean): CaseFigures =>
      sumOf(figures.filter(({ aboutPersons }) => aboutPersons === persons));
    return {
      ...sumOf(figures),
      organizations: of(false),
      persons: raw ? of(true) : null,
      withheld: !raw,
      byProvider,
    };
  };

  return {
    Query: {
      objection: async (_: unknown, { id }: { id: string }, context: SubgraphContext) => {
        const reader = readerOf(context.grant);
        const row = reader && isUuid(id) ? await queue.byId(id, reader) : null;
        if (row) disclose(context, [row]);
        return row;
      },
      objections: async (_: unknown, args: QueueArgs, context: SubgraphContext): Promise<CasePage | null> => {
        const reader = readerOf(context.grant);
        if (!reader) return null;
        const first = pageSize(args.first, 20);
        const filter: CaseFilter = {
          queue: args.queue ?? null,
          stage: args.stage ?? null,
          overdueOnly: args.overdueOnly ?? false,
          jurisdiction: args.jurisdiction ?? null,
          today: context.grant.today,
        };
        const [dueOn, id] = args.after ? parts.cursors.read(listOf({ reader, filter }), args.after) : [];
        const after = id === undefined ? null : { dueOn: dueOn || null, id };
        const page = pageOf(await queue.page(reader, filter, first, after), first, after !== null);
        disclose(context, page.rows);
        return { reader, filter, ...page };
      },
      objectionCounts: counts,
    },
    Mutation: {
      fileObjection: async (_: unknown, { input }: { input: FileInput }, context: SubgraphContext) => ({
        objection: await fileObjection(input, parts, context),
      }),
      decideObjection: async (_: unknown, { input }: { input: DecideInput }, context: SubgraphContext) => ({
        objection: await decideObjection(input, parts, context),
      }),
      appealObjection: async (_: unknown, { input }: { input: AppealInput }, context: SubgraphContext) => ({
        objection: await appealObjection(input, parts, context),
      }),
      acceptObjectionResult: async (_: unknown, { id }: { id: string }, context: SubgraphContext) => ({
        objection: await acceptObjectionResult(id, parts, context),
      }),
    },
    ObjectionCase: {
      subject: ({ subjectId }: CaseRow) => ({ id: subjectId }),
      record: ({ recordId }: CaseRow) => recordId,
      item: ({ itemId }: CaseRow, _: unknown, { snapshot }: SubgraphContext) => snapshot.items.get(itemId),
      provider: ({ provider }: CaseRow, _: unknown, context: SubgraphContext) => unitOf(provider, context),
      overdue: ({ dueOn }: CaseRow, _: unknown, { grant }: SubgraphContext) =>
        dueOn !== null && dueOn < grant.today,
      steps: ({ id }: CaseRow) => queue.steps(id),
      notices: async ({ id }: CaseRow, _: unknown, { grant }: SubgraphContext) => {
        const told = await noticesOf(id);
        return grant.caller.role === 'subject' ? told.filter(({ to }) => to === 'SUBJECT') : told;
      },
    },
    ObjectionStep: {
      on: ({ takenOn }: StepRow) => takenOn,
      at: ({ takenAt }: StepRow) => takenAt,
      unit: ({ unit }: StepRow, _: unknown, context: SubgraphContext) => unitOf(unit, context),
      late: ({ takenOn, dueOn }: StepRow) => dueOn !== null && takenOn > dueOn,
    },
    ProviderObjections: {
      provider: ({ provider }: ProviderFigures, _: unknown, context: SubgraphContext) =>
        unitOf(provider, context),
    },
    ...pageResolvers<CaseRow, CasePage>(
      'ObjectionCase',
      (page, { dueOn, id }) => parts.cursors.write(listOf(page), [dueOn ?? '', id]),
      ({ reader, filter }) => queue.count(reader, filter),
    ),
  };
}
