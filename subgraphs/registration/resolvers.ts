import { type GraphQLResolveInfo, Kind } from 'graphql';
import { maskCode, parseCode } from '../../policy/identifiers/code.ts';
import { nameKey } from '../../policy/names.ts';
import type { SubjectKind } from '../../policy/terms.ts';
import { unhurried } from '../../policy/unhurried.ts';
import type { ReadAhead } from '../../records/ahead.ts';
import type { SubgraphContext } from '../../records/context.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { RecordRow } from '../../records/read.ts';
import { kinds } from './entities.ts';
import { type Grant, mayKnow } from '../../records/grant.ts';
import { type CursorPage, type ResolverMap, pageSize } from '../../records/resolvers.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import { type OrganizationSearch, type SearchPage } from './search.ts';
import type { SubjectLoader, SubjectRow } from './subjects.ts';

/** Subjects asked for by code in one query. */
export const MAX_CODES = 1000;

/** What the register says of a subject that is named: to a credential of a district, of one from elsewhere only who it is [SP-sub]. */
const asSeenFrom = (district: string | undefined, subject: SubjectRow): SubjectRow =>
  district === undefined || subject.jurisdiction === district
    ? subject
    : { ...subject, status: null, jurisdiction: null };

const asksIdAlone = ({ fieldNodes }: GraphQLResolveInfo): boolean =>
  fieldNodes.every((node) =>
    node.selectionSet?.selections.every(
      (s) => s.kind === Kind.FIELD && ['id', '__typename'].includes(s.name.value),
    ),
  );

/** No division has this code. */
const NOWHERE = '';

/** Where organizations are searched: a credential of a district finds those that are registered there. */
const placeOf = (asked: string | null, district: string | undefined): string | null =>
  district === undefined || asked === district ? asked : asked === null ? district : NOWHERE;

export function registrationResolvers(
  parts: Pick<SubgraphParts, 'pseudonym' | 'sealer' | 'today'>,
  subjects: SubjectLoader,
  search: OrganizationSearch,
  readAhead: ReadAhead,
): ResolverMap {
  const named = (argument: string, raw: string, { scope }: Grant): { id: string; kind: SubjectKind } => {
    const parsed = parseCode(raw, parts.today());
    if (!parsed.ok) throw badInput(argument, parsed.reason);
    const id = parts.pseudonym(parsed.code);
    const authorized = scope.kind === 'AUTHORIZED' && scope.subject === id;
    const usual = scope.kind === 'AUTHORIZED' ? scope.beside : scope;
    if (parsed.codeKind === 'CITIZEN_ID' && usual.kind === 'MATTER' && !usual.persons && !authorized) {
      throw refusal('PURPOSE_NOT_ALLOWED', {
        zh: '该应用事项不涉及自然人',
        en: 'this matter does not concern natural persons',
      });
    }
    return { id, kind: parsed.subjectKind };
  };

  const idOf = (...asked: Parameters<typeof named>): string => named(...asked).id;

  const known = async (
    id: string,
    { grant, report }: SubgraphContext,
    name?: string | null,
  ): Promise<SubjectRow | null> => {
    const subject = ofName(await subjects(id), name);
    if (!subject || !mayKnow(grant.scope, subject)) return null;
    report.subjects.add(id);
    if (subject.kind === 'NATURAL_PERSON') report.persons.add(id);
    return asSeenFrom(grant.district, subject);
  };

  const codeOf = (subject: SubjectRow): string =>
    subject.code ?? parts.sealer.open(subject.sealedCode as Buffer, subject.id);

  const ofName = (subject: SubjectRow | null, name: string | null | undefined): SubjectRow | null =>
    subject && (name === null || name === undefined || nameKey(name) === subject.nameKey) ? subject : null;

  return {
    Query: {
      subject: (
        _: unknown,
        args: { code: string; name?: string | null },
        context: SubgraphContext,
        info: GraphQLResolveInfo,
      ) => {
        const subject = named('code', args.code, context.grant);
        const found = known(subject.id, context, args.name);
        if (mayKnow(context.grant.scope, subject)) readAhead(subject.id, context, info);
        return found;
      },
      subjects: async (_: unknown, args: { codes: string[] }, context: SubgraphContext) => {
        if (args.codes.length > MAX_CODES) {
          throw badInput('codes', { zh: `一次最多 ${MAX_CODES} 个`, en: `at most ${MAX_CODES} at a time` });
        }
        const ids: string[] = [];
        // A thousand keyed hashes take 15 to 25 ms.
        await unhurried(args.codes.entries(), ([i, code]) =>
          ids.push(idOf(`codes[${i}]`, code, context.grant)),
        );
        return Promise.all(ids.map((id) => known(id, context)));
      },
      searchSubjects: async (
        _: unknown,
        args: { name: string; jurisdiction?: string | null; first?: number | null; after?: string | null },
        { report, grant: { district } }: SubgraphContext,
      ) => {
        const page = await search.page(
          args.name,
          placeOf(args.jurisdiction ?? null, district),
          pageSize(args.first, 20),
          args.after ?? null,
        );
        for (const row of page.rows) report.subjects.add(row.id);
        return page;
      },
      me: (_: unknown, _args: unknown, context: SubgraphContext, info: GraphQLResolveInfo) => {
        const { scope } = context.grant;
        if (scope.kind !== 'SELF') {
          throw refusal('FORBIDDEN', {
            zh: '仅限信息主体本人',
            en: 'for the subject itself, with a token of role subject',
          });
        }
        readAhead(scope.subject, context, info);
        return known(scope.subject, context);
      },
      _identify: async (
        _: unknown,
        args: { code: string; name?: string | null },
        context: SubgraphContext,
      ) => {
        const subject = await subjects(idOf('code', args.code, context.grant));
        return ofName(subject, args.name ?? '')?.id ?? null;
      },
      _kinds: async (_: unknown, args: { subjects: string[] }, { grant }: SubgraphContext) => {
        const rows = await Promise.all(args.subjects.map(subjects));
        return rows.map((row) => (row && mayKnow(grant.scope, row) ? row.kind : null));
      },
    },
    Subject: {
      __resolveReference: (ref: { id: string }, context: SubgraphContext) => known(ref.id, context),
      code: (subject: SubjectRow, _args: unknown, { grant }: SubgraphContext) =>
        subject.kind === 'NATURAL_PERSON' && grant.scope.kind === 'PUBLIC' ? null : codeOf(subject),
      maskedCode: (subject: SubjectRow) => maskCode(codeOf(subject), subject.codeKind),
    },
    // Elsewhere the gateway asks this subgraph for what a record's subject is; here it is at home.
    ...Object.fromEntries(
      kinds.map(({ type }) => [
        type,
        {
          subject: async (
            { subjectId }: RecordRow,
            _args: unknown,
            context: SubgraphContext,
            info: GraphQLResolveInfo,
          ) => (asksIdAlone(info) ? null : await known(subjectId, context)) ?? { id: subjectId },
        },
      ]),
    ),
    SubjectConnection: {
      nodes: (page: SearchPage) => page.rows,
      edges: (page: SearchPage) => page.rows.map((row) => ({ page, row })),
      pageInfo: (page: SearchPage): CursorPage => {
        const cursorAt = (row: SubjectRow | undefined) => (row ? search.cursor(page, row) : null);
        return {
          hasNextPage: page.hasNext,
          hasPreviousPage: page.hasPrevious,
          startCursor: () => cursorAt(page.rows[0]),
          endCursor: () => cursorAt(page.rows.at(-1)),
        };
      },
      totalCount: (page: SearchPage) => search.count(page),
    },
    SubjectEdge: {
      cursor: ({ page, row }: { page: SearchPage; row: SubjectRow }) => search.cursor(page, row),
      node: ({ row }: { row: SubjectRow }) => row,
    },
  };
}
