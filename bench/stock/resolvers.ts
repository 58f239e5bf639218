import type { RecordKind } from '../../records/kind.ts';
import type { Catalogue } from './catalogue.ts';
import type { Loaders, Row } from './loaders.ts';

export interface Context {
  loaders: Loaders;
}

type Page = { first?: number | null };

/** Resolvers of records: the fields on `Subject`, and what a record takes from the catalogue. */
export function recordResolvers(kinds: readonly RecordKind[], { items, units }: Catalogue) {
  const record = {
    item: (row: Row) => items[row['itemId'] as number],
    provider: (row: Row) => units[row['provider'] as string],
  };
  return {
    Subject: Object.fromEntries(
      kinds.map(({ field, single }) => [
        field,
        async ({ id }: { id: string }, { first }: Page, context: Context) => {
          const rows = (await context.loaders.lists[field]?.load(id)) ?? [];
          return single ? rows[0] : { nodes: rows.slice(0, first ?? undefined) };
        },
      ]),
    ),
    ...Object.fromEntries(kinds.map(({ type }) => [type, record])),
  };
}

/** Finds a subject by its code. */
export const subjectQuery = (pseudonym: (code: string) => string) => ({
  subject: (_: unknown, { code }: { code: string }, context: Context) =>
    context.loaders.subject.load(pseudonym(code)),
});
