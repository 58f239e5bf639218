import pg from 'pg';

export interface Statement {
  database: string | undefined;
  text: string;
}

type Query = (this: pg.Client & { database?: string }, config: unknown, ...rest: unknown[]) => unknown;

/** What followers, the sealer and the roll-up of the journal ask on their own, whoever queries, and where transactions begin and end. */
const BACKGROUND =
  /journal_counted|order_outbox|claimed_until < now|unsealed|journal_leaf \(|advisory_lock|catalogue_revision|rights_revision|public_look|transaction isolation level repeatable read|^listen |^(begin|commit|rollback)$/;

const textOf = (config: unknown): string =>
  typeof config === 'string' ? config : String((config as { text?: unknown }).text ?? '');

/**
 * The SQL statements that this process sends while `work` runs, seen at the driver: no pool, ORM or prepared statement goes past it.
 */
export async function statementsDuring<T>(
  work: () => Promise<T>,
): Promise<{ value: T; statements: Statement[] }> {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  const statements: Statement[] = [];
  prototype.query = function (config, ...rest) {
    const text = textOf(config);
    if (!BACKGROUND.test(text)) statements.push({ database: this.database, text });
    return query.call(this, config, ...rest);
  };
  try {
    return { value: await work(), statements };
  } finally {
    prototype.query = query;
  }
}

/** How many statements each database was sent. */
export function perDatabase(statements: readonly Statement[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { database = '?' } of statements) counts[database] = (counts[database] ?? 0) + 1;
  return counts;
}
