import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Ground } from '../../gateway/embedded/house.ts';
import { createLog } from '../../platform/log.ts';
import type { JournalEntry } from '../../records/journal.ts';
import { GroupJournal } from '../../subgraphs/access/journal.ts';
import { SEALER_ROLE } from '../../subgraphs/databases.ts';
import { launch, logOf, stop } from '../harness/children.ts';
import { openBenchGround, withPool } from '../harness/ground.ts';
import { cpuMs } from '../harness/proc.ts';
import { median, quantile, rounded } from '../harness/stats.ts';
import { say, table } from '../harness/table.ts';

export interface SealOptions {
  /** Entries a second, of both writers together. */
  rate: number;
  seconds: number;
  rounds: number;
}

/** One round. Times in milliseconds. */
export interface SealRound {
  entriesPerSecond: number;
  checkpoints: number;
  /** Between two checkpoints. */
  betweenMedian: number;
  betweenMost: number;
  /** From an entry's own time to the checkpoint that has it. */
  lagMedian: number;
  lagMost: number;
  /** From the end of writing until every entry was sealed. */
  catchUp: number;
  /** CPU time an entry, in microseconds: of the sealer's process, and of its connection in PostgreSQL. */
  sealerUs: number;
  postgresUs: number;
}

export interface SealFigures {
  options: SealOptions;
  rounds: SealRound[];
}

/** Gateways that write one journal. */
const WRITERS = 2;
const TICK_MS = 20;
/** Not committed yet: where the machine is too slow for the rate, it is written as fast as it goes, and the table says how fast that was. */
const MOST_WAITING = 5_000;

const entry = (): JournalEntry => ({
  id: randomUUID(),
  at: new Date(),
  officerId: 'officer-1',
  officer: '王五',
  unit: '11310116MB2F30001K',
  role: 'agency',
  channel: 'government',
  matter: '310116-supervision',
  caseNumber: '〔2026〕8号',
  note: null,
  operation: 'Card',
  subjects: [randomUUID()],
  items: [{ code: '310116-penalty-amr', count: 2 }],
  outcome: 'ANSWERED',
});

/** Writes at a steady rate; where a tick came late the next one makes up for it. @returns how many. */
async function write(journals: readonly GroupJournal[], { rate, seconds }: SealOptions): Promise<number> {
  const begun = performance.now();
  const waiting = new Set<Promise<void>>();
  let written = 0;
  for (let now = begun; now < begun + seconds * 1_000; now = performance.now()) {
    const due = ((now - begun) / 1_000) * rate;
    for (; written < due && waiting.size < MOST_WAITING; written++) {
      const one = (journals[written % WRITERS] as GroupJournal).write(entry());
      waiting.add(one);
      one.then(
        () => waiting.delete(one),
        () => {},
      );
    }
    await sleep(TICK_MS);
  }
  // What failed is still here, and fails the round.
  await Promise.all(waiting);
  return written;
}

/** Of what was sealed after a point of the journal, from its tables. */
const OF_ROUND = `
with checkpoint as (
  select size, at, lag(size) over (order by size) as before, at - lag(at) over (order by size) as gap
  from journal_checkpoint
), entry as (
  select c.at - e.at as lag from checkpoint c
  join journal_leaf l on l.index >= coalesce(c.before, 0) and l.index < c.size join journal_entry e on e.seq = l.seq
  where e.seq > $1
)
select (select count(*)::int from checkpoint where before >= $2) as checkpoints,
  (select percentile_cont(0.5) within group (order by extract(epoch from gap)) * 1000 from checkpoint where before > $2) as "betweenMedian",
  (select extract(epoch from max(gap))::float8 * 1000 from checkpoint where before > $2) as "betweenMost",
  (select percentile_cont(0.5) within group (order by extract(epoch from lag)) * 1000 from entry) as "lagMedian",
  (select extract(epoch from max(lag))::float8 * 1000 from entry) as "lagMost"`;

const POINT = `select (select coalesce(max(seq), 0) from journal_entry)::float8 as seq,
  (select coalesce(max(size), 0) from journal_checkpoint)::float8 as size`;
const SESSION = 'select pid from pg_stat_activity where usename = $1';

const one = async <T>(pool: pg.Pool, sql: string, values: unknown[] = []): Promise<T> =>
  (await pool.query(sql, values)).rows[0] as T;

async function allSealed(pool: pg.Pool): Promise<number> {
  const from = performance.now();
  const OPEN = `select (select count(*) from journal_entry) = (select coalesce(max(size), 0) from journal_checkpoint) as done`;
  while (!(await one<{ done: boolean }>(pool, OPEN)).done) await sleep(100);
  return performance.now() - from;
}

async function round(
  pool: pg.Pool,
  superuser: pg.Pool,
  journals: readonly GroupJournal[],
  sealer: number,
  options: SealOptions,
): Promise<SealRound> {
  const { seq, size } = await one<{ seq: number; size: number }>(pool, POINT);
  const { pid } = await one<{ pid: number }>(superuser, SESSION, [SEALER_ROLE]);
  const before = [cpuMs([sealer]), cpuMs([pid])] as const;
  const begun = performance.now();
  const written = await write(journals, options);
  const writtenMs = performance.now() - begun;
  const catchUp = await allSealed(pool);
  const after = [cpuMs([sealer]), cpuMs([pid])] as const;
  const told = await one<Omit<SealRound, 'entriesPerSecond' | 'catchUp' | 'sealerUs' | 'postgresUs'>>(
    pool,
    OF_ROUND,
    [seq, size],
  );
  const us = (at: 0 | 1): number => rounded(((after[at] - before[at]) * 1_000) / written, 1);
  return {
    entriesPerSecond: rounded((written / writtenMs) * 1_000, 0),
    checkpoints: told.checkpoints,
    betweenMedian: rounded(told.betweenMedian, 0),
    betweenMost: rounded(told.betweenMost, 0),
    lagMedian: rounded(told.lagMedian, 0),
    lagMost: rounded(told.lagMost, 0),
    catchUp: rounded(catchUp, 0),
    sealerUs: us(0),
    postgresUs: us(1),
  };
}

const sealing = ({ sealerUrl, secrets }: Ground): NodeJS.ProcessEnv => ({
  JOURNAL_DATABASE_URL: sealerUrl,
  JOURNAL_SIGNING_KEY: JSON.stringify(secrets.journalSigningKey),
  LOG_LEVEL: 'error',
});

/** Whether sealing keeps up with the journal: two writers at a steady rate, and one process that seals. */
export async function measureSeal(options: SealOptions): Promise<SealFigures> {
  const bench = await openBenchGround();
  const { ground, folder } = bench;
  const sealer = launch('sealer', { file: 'bench/seal/sealer.ts', folder, env: sealing(ground) });
  const log = createLog({ logLevel: 'error' }, 'bench');
  const journals = Array.from({ length: WRITERS }, () => new GroupJournal(ground.journalUrl, log));
  const superuser = new URL(ground.databases.access.migratorUrl);
  superuser.username = 'postgres';
  superuser.password = ground.secrets.superuserPassword;
  const rounds: SealRound[] = [];
  try {
    await withPool(ground.databases.access.migratorUrl, (pool) =>
      withPool(superuser.href, async (all) => {
        // One round to warm up, which also waits for the sealer's connection.
        await write(journals, { ...options, seconds: 2 });
        await allSealed(pool);
        for (let n = 1; n <= options.rounds; n++) {
          say(`round ${n} of ${options.rounds}: ${options.rate} entries/s for ${options.seconds} s`);
          rounds.push(await round(pool, all, journals, sealer.pid, options));
        }
      }),
    );
  } catch (error) {
    say(logOf(sealer));
    throw error;
  } finally {
    for (const journal of journals) await journal.close();
    await stop(sealer);
    await bench.close();
  }
  return { options, rounds };
}

export function sealTable({ options, rounds }: SealFigures): string {
  const spread = (of: (round: SealRound) => number): string => {
    const all = rounds.map(of);
    return `${median(all)} (${quantile(all, 0)} – ${quantile(all, 1)})`;
  };
  return [
    `日志封存 sealing the journal: ${WRITERS} writers, ${options.rate} entries/s together, ${rounds.length} rounds of ${options.seconds} s; median (least – most)`,
    '',
    table(
      ['', 'of a round'],
      [
        ['entries/s written', spread((r) => r.entriesPerSecond)],
        ['checkpoints', spread((r) => r.checkpoints)],
        ['ms between checkpoints, median', spread((r) => r.betweenMedian)],
        ['ms between checkpoints, most', spread((r) => r.betweenMost)],
        ['ms from entry to checkpoint, median', spread((r) => r.lagMedian)],
        ['ms from entry to checkpoint, most', spread((r) => r.lagMost)],
        ['ms after the last entry until all are sealed', spread((r) => r.catchUp)],
        ['µs CPU an entry, sealing process', spread((r) => r.sealerUs)],
        ['µs CPU an entry, its connection in PostgreSQL', spread((r) => r.postgresUs)],
      ],
    ),
  ].join('\n');
}
