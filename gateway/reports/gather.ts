import { Kind } from 'graphql';
import type { DisclosureTier } from '../../policy/terms.ts';
import { ERROR_CODES, refusal } from '../../records/errors.ts';
import type { Grant } from '../../records/grant.ts';
import { opens, tierOf } from '../../records/guard.ts';
import { type RecordColumn, type RecordKind, recordKinds } from '../../records/kind.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, type SubgraphName, subgraphSdl } from '../../schema/sdl.ts';
import { unavailable } from '../errors.ts';
import type { ReportParts } from './parts.ts';

/** A record as its agency answered, by GraphQL field. */
export type GatheredRow = Record<string, unknown> & {
  id: string;
  item: { code: string; name: string };
  provider: { code: string; name: string };
};

export interface GatheredSubject {
  name: string;
  kind: string;
  maskedCode: string;
  status: string | null;
  jurisdiction: string | null;
}

export interface Gathered {
  /** Null: nothing is on file of it. */
  subject: GatheredSubject | null;
  /** Rows by record type, newest first. */
  rows: ReadonlyMap<string, readonly GatheredRow[]>;
}

/** As many as an agency gives at a time. */
const PAGE = 100;

/** Records of one report: what has more is no sheet of paper any more, and a part of it would be no report. */
const MOST_RECORDS = 2_000;

const AGENCIES = SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records).map((name) => ({
  name,
  kinds: recordKinds(subgraphSdl(name)),
}));

/** Every kind of record by its type. */
export const KINDS: ReadonlyMap<string, RecordKind> = new Map(
  AGENCIES.flatMap(({ kinds }) => kinds.map((kind) => [kind.type, kind] as const)),
);

/** Tier of every own field, by type. */
const TIERS: ReadonlyMap<string, ReadonlyMap<string, DisclosureTier | null>> = new Map(
  AGENCIES.flatMap(({ name }) =>
    subgraphSdl(name).definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && KINDS.has(definition.name.value)
        ? [
            [
              definition.name.value,
              new Map((definition.fields ?? []).map((astNode) => [astNode.name.value, tierOf({ astNode })])),
            ] as const,
          ]
        : [],
    ),
  ),
);

/** Own fields that say something to a reader: ids of other records and subjects do not. */
export const shownColumns = ({ columns }: RecordKind): RecordColumn[] =>
  columns.filter(({ type }) => type !== 'uuid');

/** Whether a field of a record under this item is open to the grant, by the guard's own word. */
export function isFieldOpen(
  grant: Grant,
  subjectId: string,
  { type }: RecordKind,
  { field }: RecordColumn,
  itemId: number | undefined,
): boolean {
  const tier = TIERS.get(type)?.get(field);
  return tier ? opens({ subjectId, itemId }, { grant } as never, tier) : false;
}

const COMMON =
  'id jurisdiction documentNumber title formedOn determinedOn endedOn grade visibleUntil selfDeclared dispute { since by stage note } item { code name } provider { code name }';
const SUBJECT = 'name kind maskedCode status jurisdiction';

type IsAsked = (kind: RecordKind, column: RecordColumn) => boolean;

const selectionOf = (kind: RecordKind, isAsked: IsAsked): string => {
  const own = shownColumns(kind).filter((column) => isAsked(kind, column));
  const fields = `${COMMON} ${own.map(({ field }) => field).join(' ')}`;
  return kind.single
    ? `${kind.field} { ${fields} }`
    : `${kind.field}(first: ${PAGE}, after: $${kind.field}) { nodes { ${fields} } pageInfo { hasNextPage endCursor } }`;
};

function queryOf(name: SubgraphName, kinds: readonly RecordKind[], isAsked: IsAsked): string {
  const cursors = kinds.filter(({ single }) => !single).map(({ field }) => `, $${field}: String`);
  const own = name === 'registration' ? SUBJECT : 'id';
  const lists = kinds.map((kind) => selectionOf(kind, isAsked)).join(' ');
  return `query CreditReport($of: [_Any!]!${cursors.join('')}) { _entities(representations: $of) { ... on Subject { ${own} ${lists} } } }`;
}

/** Under an authorization some records' fields are open and others' are not: whatever might be open is asked. */
const askedUnder =
  (grant: Grant, subject: string): IsAsked =>
  (kind, column) =>
    isFieldOpen(
      grant,
      subject,
      kind,
      column,
      grant.scope.kind === 'AUTHORIZED' ? grant.scope.items[0] : undefined,
    );

const KNOWN: ReadonlySet<unknown> = new Set(ERROR_CODES);
/** What a field that is not open says. */
const CLOSED: ReadonlySet<unknown> = new Set(['FORBIDDEN', 'AUTHORIZATION_REQUIRED']);

interface Page {
  nodes: GatheredRow[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** @throws what the agency refused, else SUBGRAPH_UNAVAILABLE; a closed field of a record is no failure. */
async function askAgency(
  { transports }: Pick<ReportParts, 'transports'>,
  name: SubgraphName,
  query: string,
  variables: Record<string, unknown>,
  grant: Grant,
): Promise<Record<string, unknown> | null> {
  const answer = await transports[name].ask(query, variables, undefined, grant).catch(() => null);
  const failed = answer?.errors?.find(({ extensions }) => !CLOSED.has(extensions?.['code']));
  if (failed) throw KNOWN.has(failed.extensions?.['code']) ? failed : unavailable(name);
  const entities = answer?.data?.['_entities'] as (Record<string, unknown> | null)[] | undefined;
  if (!entities) throw unavailable(name);
  return entities[0] ?? null;
}

const tooMany = () =>
  refusal('TOO_COMPLEX', {
    zh: `记录超过 ${MOST_RECORDS} 条，无法出具报告`,
    en: `there are more than ${MOST_RECORDS} records: no report can be made`,
  });

/**
 * What the agencies have of a subject under the caller's own grant, all of it or none: an agency that does not answer is a refusal, never a
 * gap that nobody sees.
 * @param types of records that the report is to hold
 * @throws SUBGRAPH_UNAVAILABLE, TOO_COMPLEX
 */
export async function gather(
  parts: Pick<ReportParts, 'transports'>,
  subject: string,
  types: ReadonlySet<string>,
  grant: Grant,
): Promise<Gathered> {
  const rows = new Map<string, GatheredRow[]>();
  let known: GatheredSubject | null = null;
  let total = 0;
  const isAsked = askedUnder(grant, subject);
  const readAll = async (name: SubgraphName, kinds: readonly RecordKind[]): Promise<void> => {
    let asked = kinds;
    let cursors: Record<string, string | null> = {};
    do {
      const variables = { of: [{ __typename: 'Subject', id: subject }], ...cursors };
      const entity = await askAgency(parts, name, queryOf(name, asked, isAsked), variables, grant);
      if (name === 'registration') known = entity as GatheredSubject | null;
      if (!entity) return;
      cursors = {};
      for (const kind of asked) {
        const found = entity[kind.field] as GatheredRow | Page | null;
        if (!found && !kind.single) throw unavailable(name);
        const page = kind.single ? null : (found as Page);
        const nodes = page?.nodes ?? (found ? [found as GatheredRow] : []);
        rows.set(kind.type, [...(rows.get(kind.type) ?? []), ...nodes]);
        total += nodes.length;
        if (page?.pageInfo.hasNextPage) cursors[kind.field] = page.pageInfo.endCursor;
      }
      if (total > MOST_RECORDS) throw tooMany();
      asked = asked.filter(({ field }) => field in cursors);
    } while (asked.length > 0);
  };
  const asked = AGENCIES.map(({ name, kinds }) => ({
    name,
    kinds: kinds.filter(({ type }) => types.has(type)),
  }));
  await Promise.all(
    asked
      .filter(({ name, kinds }) => kinds.length > 0 || name === 'registration')
      .map(({ name, kinds }) => readAll(name, kinds)),
  );
  return { subject: known, rows };
}
