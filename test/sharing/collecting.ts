import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { packsOf } from '../../gateway/packs.ts';
import { createLog } from '../../platform/log.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { loadSettings } from '../../platform/settings.ts';
import { changeLog } from '../../records/changes/log.ts';
import type { RecordInput } from '../../records/recordInput.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import catalogueModule from '../../subgraphs/catalogue/index.ts';
import penaltiesModule from '../../subgraphs/penalties/index.ts';
import { Collector } from '../../subgraphs/sharing/feed/collector.ts';

/** What the program is told, as JSON in its one argument. */
export interface Crash {
  urls: { penalties: string; catalogue: string; sharing: string };
  today: string;
  records: RecordInput[];
  /** The statement before which it kills itself, counted from the first of the delivery. */
  before: number;
}

/** Longer than a collector that has nothing to do takes to see it. */
const DONE_MS = 1_500;

/**
 * Delivers penalties, marks the first, and takes in what has changed, as the penalties and sharing subgraphs do, until it is killed by its own
 * hand before one of their statements. Run by feed.crash.test.ts. Exit status 0: it got through.
 */
async function run({ urls, today, records, before }: Crash): Promise<void> {
  const settings = loadSettings({ LOG_LEVEL: 'silent' });
  const log = createLog(settings, 'collecting');
  const parts = {
    leaseSeconds: 60,
    packs: packsOf(settings),
    today: () => today,
    cursorKey: '00',
    orders: () => ({ apply: async () => {} }),
    log,
  } as unknown as SubgraphParts;
  const catalogue = await catalogueModule.open({ ...parts, databaseUrl: urls.catalogue });
  const penalties = await penaltiesModule.open({
    ...parts,
    databaseUrl: urls.penalties,
    catalogue: { snapshot: async (since) => (await catalogue.snapshots?.snapshot(since)) ?? null },
  });
  const [logged, sharing] = [openPool(urls.penalties, { max: 2 }), openPool(urls.sharing, { max: 4 })];
  killBefore(before);
  await penalties.sink?.deliver('AdministrativePenalty', records);
  const { rows } = await logged.query<{ id: string }>(
    'select id from administrative_penalty where document_number = $1',
    [records[0]?.documentNumber],
  );
  await penalties.orders?.apply({
    id: randomUUID(),
    to: 'penalties',
    recordType: 'AdministrativePenalty',
    subjectId: records[0]?.subjectId as string,
    recordId: rows[0]?.id as string,
    action: { kind: 'MARK', dispute: { since: today, by: 'SUBJECT', stage: 'FILED', note: null } },
  });
  const collector = new Collector({
    pool: sharing,
    agencies: ['penalties'],
    doorOf: () => changeLog(logged),
    snapshot: () => null,
    // As whoever raises alerts: in the same transaction.
    collected: async (client, from, to) => {
      await client.query('select from change where seq between $1 and $2', [from, to]);
    },
    log,
  });
  await sleep(DONE_MS);
  await collector.close();
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
