import type { GraphQLSchema } from 'graphql';
import type { Door } from './gateways.ts';
import { type Caller, FIRMS, KINDS, PERSONS } from './town.ts';

interface Page {
  pageInfo?: { endCursor?: string | null };
}

/** Cursors of every list, as its callers get them: of each kind of record and subject, and of the catalogue. */
export async function collectCursors(
  gateway: Door,
  schema: GraphQLSchema,
  callers: readonly Caller[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const take = (coordinate: string, page: Page | null | undefined) => {
    const cursor = page?.pageInfo?.endCursor;
    if (cursor) found.set(coordinate, [...(found.get(coordinate) ?? []), cursor]);
  };
  const lists = KINDS.filter((kind) => !kind.single).map((kind) => kind.field);
  const page = '(first: 1) { pageInfo { endCursor } }';
  for (const { kind, options } of callers) {
    if (kind === 'reference') continue;
    const file = `{ ${lists.map((list) => `${list}${page}`).join(' ')} }`;
    const [firm, person] = [FIRMS[0], PERSONS[0]];
    const query =
      kind === 'subject'
        ? `{ me ${file} }`
        : `{ firm: subject(code: "${firm}") ${file} person: subject(code: "${person}") ${file} }`;
    const { data } = await gateway.ask(query, { variables: {} }, options);
    const files = Object.values(JSON.parse(data ?? '{}') ?? {}) as (Record<string, Page> | null)[];
    for (const one of files) for (const list of lists) take(`Subject.${list}(after:)`, one?.[list]);
  }
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
    ({ args }) => args.some((a) => a.name === 'after') && args.every((a) => !String(a.type).endsWith('!')),
  );
  const query = `{ ${roots.map(({ name }) => `${name}${page}`).join(' ')} matter: matters(first: 1) { nodes { scope${page} } } }`;
  const { data } = await gateway.ask(query, { variables: {} }, {});
  const { matter, ...all } = JSON.parse(data ?? '{}');
  for (const { name } of roots) take(`Query.${name}(after:)`, all[name]);
  take('Matter.scope(after:)', matter.nodes[0].scope);
  return found;
}
