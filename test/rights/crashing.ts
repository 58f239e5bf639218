import { createLog } from '../../platform/log.ts';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import { loadSettings } from '../../platform/settings.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { Outbox } from '../../records/orders/outbox.ts';
import type { OrderInput } from '../../records/orders/order.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import { calendarOf } from '../../gateway/calendar.ts';
import { packsOf } from '../../gateway/packs.ts';
import catalogueModule from '../../subgraphs/catalogue/index.ts';
import penaltiesModule from '../../subgraphs/penalties/index.ts';
import { dieBefore, liveEach } from '../support/dying.ts';

/** What each life of the program is told, a list of them as JSON in its one argument. */
export interface Crash {
  urls: { objections: string; penalties: string; catalogue: string };
  today: string;
  orders: OrderInput[];
  /** The statement before which it dies, counted from the first that gives the orders. */
  before: number;
}

const settings = loadSettings({ LOG_LEVEL: 'silent' });
const packs = packsOf(settings);

/**
 * Gives orders about a penalty and carries them out, as the objections and penalties subgraphs do, until it dies before one of their
 * statements. Run by orders.crash.test.ts.
 */
async function run({ urls, today, orders, before }: Crash): Promise<void> {
  const log = createLog(settings, 'crashing');
  const never = () => Promise.reject(new Error('not here'));
  const parts = {
    leaseSeconds: 60,
    packs,
    calendar: calendarOf(settings),
    today: () => today,
    pseudonym: () => '',
    cursorKey: '00',
    orders: () => ({ apply: never }),
    log,
  } as unknown as SubgraphParts;
  const catalogue = await catalogueModule.open({ ...parts, databaseUrl: urls.catalogue });
  const penalties = await penaltiesModule.open({
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
  dieBefore(before);
  await inTransaction(pool, (client) => outbox.enqueue(client, orders));
  await outbox.flush();
}

await liveEach(JSON.parse(process.argv[2] as string) as Crash[], run);
