import pg from 'pg';
import { createLog } from '../../platform/log.ts';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import { loadSettings } from '../../platform/settings.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { Outbox } from '../../records/orders/outbox.ts';
import type { OrderInput } from '../../records/orders/order.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import { calendarOf } from '../../gateway/calendar.ts';
import { packsOf } from '../../gateway/packs.ts';
import { modules } from '../../subgraphs/index.ts';

/** What the program is told, as JSON in its one argument. */
export interface Crash {
  urls: { objections: string; penalties: string; catalogue: string };
  today: string;
  orders: OrderInput[];
  /** The statement before which it kills itself, counted from the first that gives the orders. */
  before: number;
}

/**
 * Gives orders about a penalty and carries them out, as the objections and penalties subgraphs do, until it is killed by its own hand
 * before one of their statements. Run by orders.crash.test.ts. Exit status 0: it got through.
 */
async function run({ urls, today, orders, before }: Crash): Promise<void> {
  const settings = loadSettings({ LOG_LEVEL: 'silent' });
  const log = createLog(settings, 'crashing');
  const never = () => Promise.reject(new Error('not here'));
  const parts = {
    leaseSeconds: 60,
    packs: packsOf(settings),
    calendar: calendarOf(settings),
    today: () => today,
    pseudonym: () => '',
    cursorKey: '00',
    orders: () => ({ apply: never }),
    log,
  } as unknown as SubgraphParts;
  const catalogue = await modules.catalogue.open({ ...parts, databaseUrl: urls.catalogue });
  const penalties = await modules.penalties.open({
    ...parts,
    databaseUrl: urls.penalties,
    catalogue: { snapshot: async (since) => (await catalogue.snapshots?.snapshot(since)) ?? null },
  });
  const pool = openPool(urls.objections, { max: 8 });
  const outbox = new Outbox(
    pool,
    () => {
      if (!penalties.orders) throw new Error('no door for orders');
      return penalties.orders;
    },
    log,
  );
  killBefore(before);
  await inTransaction(pool, (client) => outbox.enqueue(client, orders));
  await outbox.flush();
  process.exit(0);
}

/** Another statement of the two databases that are written to. */
function killBefore(statement: number): void {
  let seen = 0;
  const prototype = pg.Client.prototype as unknown as {
    query: (this: unknown, ...args: unknown[]) => unknown;
  };
  const { query } = prototype;
  prototype.query = function counted(this: unknown, ...args: unknown[]) {
    if ((this as { database?: string }).database !== 'catalogue' && ++seen === statement)
      process.kill(process.pid, 'SIGKILL');
    return query.apply(this, args);
  };
}

await run(JSON.parse(process.argv[2] as string) as Crash);
