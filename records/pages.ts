import { type CursorPage, type ResolverMap, pageInfoResolvers } from './resolvers.ts';

/** A page of a list, as its connection is resolved from. */
export interface Page<Row> {
  rows: readonly Row[];
  hasNext: boolean;
  hasPrevious: boolean;
}

/** @param found one row more than the page where there is a next one. */
export const pageOf = <Row>(found: readonly Row[], first: number, begun: boolean): Page<Row> => ({
  rows: found.slice(0, first),
  hasNext: found.length > first,
  hasPrevious: begun,
});

/** Resolvers of the connection of a type and of its edges. A cursor is sealed only for those who ask for it. */
export function pageResolvers<Row, List extends Page<Row>>(
  name: string,
  cursorOf: (page: List, row: Row) => string,
  totalCount: (page: List) => number | Promise<number>,
): ResolverMap {
  const at = (page: List, row: Row | undefined) => (row === undefined ? null : cursorOf(page, row));
  return {
    [`${name}Connection`]: {
      nodes: (page: List) => page.rows,
      edges: (page: List) => page.rows.map((row) => ({ page, row })),
      pageInfo: (page: List): CursorPage => ({
        hasNextPage: page.hasNext,
        hasPreviousPage: page.hasPrevious,
        startCursor: () => at(page, page.rows[0]),
        endCursor: () => at(page, page.rows.at(-1)),
      }),
      totalCount,
    },
    PageInfo: pageInfoResolvers,
    [`${name}Edge`]: {
      cursor: ({ page, row }: { page: List; row: Row }) => cursorOf(page, row),
      node: ({ row }: { row: Row }) => row,
    },
  };
}
