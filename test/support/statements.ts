import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import pg from 'pg';

export interface Statement {
  database: string | undefined;
  text: string;
}

type Query = (this: pg.Client & { database?: string }, config: unknown, ...rest: unknown[]) => unknown;

/** Set in whatever a request causes. Followers, sealers and collectors, which work on their own whoever asks, are outside. */
const asked = new AsyncLocalStorage<true>();
subscribe('http.server.request.start', () => asked.enterWith(true));

/** Where transactions begin and end. */
const BOUNDS = /^(begin|commit|rollback)/i;

/** What those ask again and again who work on their own. */
const ROUTINE = /record_change|order_outbox|scope_revision|wanted_scope|scope_item'/;

const textOf = (config: unknown): string =>
  typeof config === 'string' ? config : String((config as { text?: unknown }).text ?? '');

/**
 * The SQL statements that this process sends for `work` and the requests that it makes, seen at the driver: no pool, ORM or prepared
 * statement goes past it.
 * @param whose PROCESS: also what is done outside requests, such as jobs, but for routine.
 */
export async function statementsDuring<T>(
  work: () => Promise<T>,
  whose: 'REQUESTS' | 'PROCESS' = 'REQUESTS',
): Promise<{ value: T; statements: Statement[] }> {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  const statements: Statement[] = [];
  prototype.query = function (config, ...rest) {
    const text = textOf(config);
    const counts = whose === 'REQUESTS' ? asked.getStore() : !ROUTINE.test(text);
    if (counts && !BOUNDS.test(text)) statements.push({ database: this.database, text });
    return query.call(this, config, ...rest);
  };
  try {
    return { value: await asked.run(true, work), statements };
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
