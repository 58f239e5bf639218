import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
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
import { dieBefore, liveEach } from '../support/dying.ts';

/** What each life of the program is told, a list of them as JSON in its one argument. */
export interface Crash {
  urls: { penalties: string; catalogue: string; sharing: string };
  today: string;
  records: RecordInput[];
  /** The statement before which it dies, counted from the first of the delivery. */
  before: number;
}

/** Longer than a collector that has nothing to do takes to see it. */
const DONE_MS = 1_500;

const settings = loadSettings({ LOG_LEVEL: 'silent' });
const packs = packsOf(settings);

/**
 * Delivers penalties, marks the first, and takes in what has changed, as the penalties and sharing subgraphs do, until it dies before
 * one of their statements. Run by feed.crash.test.ts.
 */
async function run({ urls, today, records, before }: Crash): Promise<void> {
  const log = createLog(settings, 'collecting');
  const parts = {
    leaseSeconds: 60,
    packs,
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
  dieBefore(before);
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
    lost: async () => {},
    log,
  });
  await sleep(DONE_MS);
  await collector.close();
}

await liveEach(JSON.parse(process.argv[2] as string) as Crash[], run);
