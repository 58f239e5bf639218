import { PgBoss } from 'pg-boss';
import { openPool } from '../../../platform/postgres/pool.ts';
import type { Log } from '../../../platform/log.ts';
import type { Layout } from '../../../records/import/layout.ts';
import type { Intake } from '../../../records/intake.ts';
import { JOB_SCHEMA } from '../../databases.ts';
import { type Mapping, SHANGHAI, readMappings } from './mapping.ts';
import { register } from './positions.ts';
import { type PullSummary, PullUnderWay, pull } from './run.ts';

export const PULL_QUEUE = 'pull';

/** Connectors that are pulled at a time; each holds a session for its lock. */
const AT_ONCE = 4;

/** Patience for receipts under way when the process ends; what is broken off comes again. */
const STOP_MS = 20_000;

/** A failed run is tried again after about 1, 2 and 4 minutes, then when its time comes. */
const RETRY = { retryLimit: 3, retryDelay: 60, retryBackoff: true };

/**
 * A run lives as long as its process shows signs of life: one that was killed is taken for failed after this time, and one that reads a
 * unit's whole past may take hours.
 */
const LIFE = { heartbeatSeconds: 60, expireInSeconds: 86_400 };

export interface PullingOptions {
  /** Folder of the mapping files. */
  folder: string;
  /** The collection's database, as the application role. */
  databaseUrl: string;
  intake: Intake;
  layouts: ReadonlyMap<string, Layout>;
  log: Log;
  /** Told of every run that came to its end. */
  onPulled?: (summary: PullSummary) => Promise<void>;
}

/**
 * Pulls each connector of a folder when its time has come, and one that is new at once. Any number of processes may do so side by side:
 * a connector has one job at a time, and a run holds the connector's lock besides. What came due while nothing ran is made up for once.
 * @throws Problem for a mapping that does not fit, before anything is scheduled.
 */
export async function startPulling(options: PullingOptions): Promise<{ close(): Promise<void> }> {
  const { folder, databaseUrl, intake, layouts, log, onPulled } = options;
  const mappings = new Map(readMappings(folder, layouts).map((mapping) => [mapping.name, mapping]));
  const pool = openPool(databaseUrl, { max: AT_ONCE + 1 });
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: JOB_SCHEMA,
    createSchema: false,
    max: 2,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'the schedule of pulls does not answer'));
  const ending = new AbortController();
  const close = async () => {
    ending.abort();
    await boss.stop({ timeout: STOP_MS });
    await pool.end();
  };

  const work = async (mapping: Mapping): Promise<void> => {
    const connector = mapping.name;
    try {
      const summary = await pull(mapping, { intake, pool }, { signal: ending.signal });
      await onPulled?.(summary);
      const { receipts, received, accepted, rejected } = summary;
      log.info({ connector, receipts, received, accepted, rejected }, 'pulled');
    } catch (error) {
      if (error instanceof PullUnderWay) return;
      log.warn({ connector, err: error }, 'a connector could not be pulled');
      throw error;
    }
  };

  try {
    await boss.start();
    await boss.createQueue(PULL_QUEUE, { policy: 'exclusive', ...RETRY, ...LIFE });
    await agree(boss, mappings);
    // One job at a time and worker: a pull takes as long as it takes, and a batch of them would fail together.
    await boss.work<{ connector: string }>(
      PULL_QUEUE,
      { batchSize: 1, localConcurrency: AT_ONCE },
      async ([job]) => {
        const mapping = mappings.get(job?.data.connector ?? '');
        if (mapping) await work(mapping);
        // Tried again by whoever starts next, which goes on where this one ended.
        if (ending.signal.aborted) throw new Error('the process ends');
      },
    );
    for (const { name, provider } of mappings.values())
      if (await register(pool, name, provider))
        await boss.send(PULL_QUEUE, { connector: name }, { singletonKey: name });
    log.info({ connectors: [...mappings.keys()] }, 'connectors are pulled on schedule');
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Makes the schedule what the mapping files say; connectors that are no longer there are pulled no more. */
async function agree(boss: PgBoss, mappings: ReadonlyMap<string, Mapping>): Promise<void> {
  for (const { key } of await boss.getSchedules(PULL_QUEUE))
    if (!mappings.has(key)) await boss.unschedule(PULL_QUEUE, key);
  for (const { name, every } of mappings.values()) {
    const options = { key: name, singletonKey: name, tz: SHANGHAI, missed: 'once' } as const;
    await boss.schedule(PULL_QUEUE, every, { connector: name }, options);
  }
}
