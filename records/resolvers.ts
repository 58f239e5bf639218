import type pg from 'pg';
import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { ListsAhead, type ReadAhead, type ReadList } from './ahead.ts';
import { type RuleLine, standingReader } from './checks/standing.ts';
import { type Fact, factVerifier } from './checks/verify.ts';
import type { SubgraphContext } from './context.ts';
import type { Cursors } from './cursor.ts';
import { discloseItem } from './disclosure.ts';
import { badInput } from './errors.ts';
import { authorizedItems, scopeFor } from './grant.ts';
import type { RecordKind } from './kind.ts';
import {
  type Page,
  type Position,
  type ReadKey,
  type RecordReader,
  type RecordRow,
  anyDisclosed,
} from './read.ts';
import { type SubjectRef, referenceOf } from './reference.ts';
import { reasonsReader } from './reasons.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';

type Resolver<S> = GraphQLFieldResolver<S, SubgraphContext>;
/** Resolvers by type and field, and scalars by name. */
export type ResolverMap = Record<string, unknown>;

/** Records on one page at most. */
export const MAX_PAGE = 100;

interface Connection extends Page {
  kind: RecordKind;
  key: ReadKey;
  hasPrevious: boolean;
}

/** What a PageInfo is resolved from: a cursor is sealed only for those who ask for it. */
export interface CursorPage {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: () => string | null;
  endCursor: () => string | null;
}

/** The same for every list of a subgraph. */
export const pageInfoResolvers: Record<string, Resolver<CursorPage>> = {
  startCursor: (page) => page.startCursor(),
  endCursor: (page) => page.endCursor(),
};

export function pageSize(first: number | null | undefined, usual: number, most = MAX_PAGE): number {
  const size = first ?? usual;
  if (size < 0 || size > most)
    throw badInput('first', { zh: `应在 0 到 ${most} 之间`, en: `must be from 0 to ${most}` });
  return size;
}

/** A list is one kind of one subject under one scope. */
const listOf = (kind: RecordKind, key: ReadKey): string =>
  `${kind.type} ${key.subjectId} ${key.scope}${key.items ? ` ${key.items.join(',')}` : ''}${key.district ? ` in ${key.district}` : ''}`;

const positionOf = (parts: string[]): Position => {
  const [on, id] = parts as [string, string];
  return { on, id };
};

/** Notes in the report whatever a loader gave out, before any resolver sees it. */
function disclose(context: SubgraphContext, subjectId: string, rows: readonly RecordRow[]): void {
  if (rows.length === 0) return;
  context.report.subjects.add(subjectId);
  for (const row of rows) discloseItem(context.report, subjectId, row.itemId);
}

/**
 * Resolvers that are the same for every kind of record in every subgraph: the field on `Subject`, its connection, and the record's
 * common fields. A subgraph adds only what is its own.
 * @returns also the way to begin reading a subject's lists before it is there
 */
export function recordResolvers(
  kinds: readonly RecordKind[],
  readers: ReadonlyMap<string, RecordReader>,
  cursors: Cursors,
  pool: pg.Pool,
): { resolvers: ResolverMap; readAhead: ReadAhead } {
  const keyOf = (context: SubgraphContext, subjectId: string): ReadKey => ({
    subjectId,
    scope: scopeFor(context.grant, subjectId),
    items: authorizedItems(context.grant, subjectId),
    district: context.grant.district,
    today: context.grant.today,
  });
  const standing = standingReader(pool, kinds);
  const verify = factVerifier(pool, kinds);
  const changes = reasonsReader(pool, kinds);
  const readerOf = (kind: RecordKind) => readers.get(kind.type) as RecordReader;

  const read: ReadList<Connection> = (kind, subjectId, args, context, info) => {
    const { first, after } = args as { first?: number | null; after?: string | null };
    const key = keyOf(context, subjectId);
    const position = after ? positionOf(cursors.read(listOf(kind, key), after)) : null;
    const size = kind.single ? 1 : pageSize(first, 20);
    const columns = readerOf(kind).columns.of(info);
    const hasPrevious = position !== null;
    return readerOf(kind)
      .page({ ...key, columns, first: size, after: position })
      .then(({ rows, hasNext }) => ({ kind, key, rows, hasNext, hasPrevious }));
  };
  const ahead = new ListsAhead(kinds, read);

  const disclosedList =
    (kind: RecordKind) =>
    (...[{ id }, args, context, info]: Parameters<Resolver<SubjectRef>>): Promise<Connection> =>
      (ahead.of(id, context, info) ?? read(kind, id, args, context, info)).then((list) => {
        disclose(context, id, list.rows);
        return list;
      });

  const newest = (kind: RecordKind): Resolver<SubjectRef> => {
    const list = disclosedList(kind);
    return (...asked) => list(...asked).then(({ rows }) => rows[0] ?? null);
  };

  const cursorAt = (c: Connection, row: RecordRow | undefined) =>
    row ? cursors.write(listOf(c.kind, c.key), [row.effectiveOn, row.id]) : null;

  const connection: Record<string, Resolver<Connection>> = {
    nodes: (c) => c.rows,
    edges: (c) => c.rows.map((row) => ({ connection: c, row })),
    pageInfo: (c): CursorPage => ({
      hasNextPage: c.hasNext,
      hasPreviousPage: c.hasPrevious,
      startCursor: () => cursorAt(c, c.rows[0]),
      endCursor: () => cursorAt(c, c.rows.at(-1)),
    }),
    totalCount: async (c, _args, context) => {
      const isAll = !c.hasNext && !c.hasPrevious;
      const count = isAll ? c.rows.length : await readerOf(c.kind).count(c.key);
      if (count > 0) context.report.subjects.add(c.key.subjectId);
      return count;
    },
  };

  const edge: Record<string, Resolver<{ connection: Connection; row: RecordRow }>> = {
    cursor: (e) => cursorAt(e.connection, e.row),
    node: (e) => e.row,
  };

  const record: Record<string, Resolver<RecordRow>> = {
    subject: (row): SubjectRef => ({ id: row.subjectId }),
    item: (row, _args, context) => context.snapshot.items.get(row.itemId),
    provider: (row, _args, context) =>
      context.snapshot.units.get(row.provider) ?? { code: row.provider, name: row.provider },
  };

  /** Own columns that are other subjects: to be told of one is a disclosure of it as well. */
  const references = (kind: RecordKind): Record<string, Resolver<RecordRow>> =>
    Object.fromEntries(
      kind.columns
        .filter(({ isSubject }) => isSubject)
        .map(({ field }): [string, Resolver<RecordRow>] => [
          field,
          (row, _args, { report }): SubjectRef | null => {
            const id = row[field] as string | null;
            if (id === null) return null;
            report.subjects.add(id);
            return { id };
          },
        ]),
    );

  const maps: ResolverMap = {
    Date: DateScalar,
    DateTime: DateTimeScalar,
    Decimal: DecimalScalar,
    PageInfo: pageInfoResolvers,
    Subject: {
      __resolveReference: referenceOf,
      ...Object.fromEntries(
        kinds.map((kind) => [kind.field, kind.single ? newest(kind) : disclosedList(kind)]),
      ),
    },
    Query: {
      _disclosed: (_: unknown, args: { subjects: string[] }, context: SubgraphContext) =>
        anyDisclosed(
          pool,
          kinds,
          args.subjects.map((id) => keyOf(context, id)),
        ),
      _standing: async (
        _: unknown,
        { subjects, rule }: { subjects: string[]; rule: RuleLine[] },
        context: SubgraphContext,
      ) => {
        const hits = await standing(subjects.map((id) => ({ ...keyOf(context, id), rule })));
        hits.forEach((found, i) => {
          const subject = subjects[i] as string;
          if (found.length > 0) context.report.subjects.add(subject);
          for (const { itemId } of found) discloseItem(context.report, subject, itemId);
        });
        return hits;
      },
      _changes: (_: unknown, { subject }: { subject: string }, context: SubgraphContext) =>
        changes(subject, context),
      _verify: (
        _: unknown,
        { subject, fact }: { subject: string; fact: Fact },
        context: SubgraphContext,
        info: GraphQLResolveInfo,
      ) => verify(fact, keyOf(context, subject), context, info.schema),
    },
  };
  for (const kind of kinds) {
    maps[kind.type] = { ...record, ...references(kind) };
    const name = kind.connection;
    maps[`${name}Connection`] = connection;
    maps[`${name}Edge`] = edge;
  }
  return { resolvers: maps, readAhead: ahead.begin };
}
