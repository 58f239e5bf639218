import type { Cursors } from '../../records/cursor.ts';

export interface PageArgs {
  first?: number | null;
  after?: string | null;
}

export interface Coded {
  code: string;
}

/** What a GraphQL connection answers from; the database counts only where the query asks for it. */
export interface Connection<Row> {
  nodes: Row[];
  edges: { cursor: string; node: Row }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: () => Promise<number>;
}

/** Where a page begins, in the order of codes. `day`: as of which the list is read. */
export interface Position {
  day: string;
  code: string;
}

/**
 * A list of the catalogue by its name and what it is filtered by. Its cursors hold for this list alone, and keep the day on which it was begun:
 * whoever pages past midnight goes on reading the same list.
 */
export class ListCursors {
  readonly #cursors: Cursors;
  readonly #list: string;

  constructor(cursors: Cursors, list: string, filter: Record<string, unknown>) {
    this.#cursors = cursors;
    // Executors differ in the order of arguments.
    this.#list = `${list} ${JSON.stringify(Object.entries(filter).toSorted())}`;
  }

  /** @throws BAD_USER_INPUT where the cursor was not given out for this list. */
  read(cursor: string): Position {
    const [day, code] = this.#cursors.read(this.#list, cursor) as [string, string];
    return { day, code };
  }

  write({ day, code }: Position): string {
    return this.#cursors.write(this.#list, [day, code]);
  }
}

/** @param found one row more than the page where there is a next one. */
export function connection<Row extends Coded>(
  found: readonly Row[],
  page: { first: number; day: string; begun: boolean; cursors: ListCursors; count: () => Promise<number> },
): Connection<Row> {
  const nodes = found.slice(0, page.first);
  const edges = nodes.map((node) => ({
    node,
    cursor: page.cursors.write({ day: page.day, code: node.code }),
  }));
  return {
    nodes,
    edges,
    pageInfo: {
      hasNextPage: found.length > page.first,
      hasPreviousPage: page.begun,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: page.count,
  };
}

const counted = { totalCount: (list: Connection<Coded>) => list.totalCount() };

/** Resolvers of the catalogue's connections. */
export const connectionResolvers = {
  CatalogueItemConnection: counted,
  MatterConnection: counted,
  BehaviourConnection: counted,
  CatalogueUnitConnection: counted,
  CreditListConnection: counted,
};
