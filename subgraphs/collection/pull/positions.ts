import type pg from 'pg';

/** Where a connector stands in the unit's table: the last row that was taken in. */
export interface Position {
  /** As the unit's database writes it. */
  watermark: string;
  key: string;
}

/** A connector as its table has it. */
export interface PullRow {
  name: string;
  provider: string;
  watermark: string | null;
  key: string | null;
  receipt: string | null;
  pulledAt: string | null;
  lastRun: string | null;
  error: string | null;
  running: boolean;
}

type Queryable = Pick<pg.ClientBase, 'query'>;

/** First half of the advisory lock's key, which says what the second half is of. */
const LOCK = 0x70756c6c;

/** The source under which a connector's receipts and records stand. */
export const sourceOf = (connector: string): string => `pull:${connector}`;

/** @returns false where somebody else pulls this connector just now. The lock ends with its session, also when the process is killed. */
export async function lock(session: Queryable, connector: string): Promise<boolean> {
  const { rows } = await session.query<{ mine: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as mine',
    [LOCK, connector],
  );
  return rows[0]?.mine === true;
}

export async function unlock(session: Queryable, connector: string): Promise<void> {
  await session.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK, connector]);
}

/** Makes a connector known. @returns true where it is new. */
export async function register(db: Queryable, connector: string, provider: string): Promise<boolean> {
  const { rows } = await db.query<{ fresh: boolean }>(
    `insert into pull_position (connector, provider) values ($1, $2)
     on conflict (connector) do update set provider = excluded.provider returning xmax = 0 as fresh`,
    [connector, provider],
  );
  return rows[0]?.fresh === true;
}

export async function positionOf(db: Queryable, connector: string): Promise<Position | null> {
  const { rows } = await db.query<{ watermark: string | null; key: string | null }>(
    'select watermark, key from pull_position where connector = $1',
    [connector],
  );
  const { watermark = null, key = null } = rows[0] ?? {};
  return watermark === null || key === null ? null : { watermark, key };
}

export async function savePosition(
  db: Queryable,
  connector: string,
  { watermark, key }: Position,
  receipt: string,
): Promise<void> {
  await db.query(
    'update pull_position set watermark = $2, key = $3, receipt = $4, pulled_at = now() where connector = $1',
    [connector, watermark, key, receipt],
  );
}

/** @param error what the run failed of; null where it came to its end. */
export async function saveRun(db: Queryable, connector: string, error: string | null): Promise<void> {
  await db.query('update pull_position set ran_at = now(), error = $2 where connector = $1', [
    connector,
    error,
  ]);
}

/** @param provider of this unit alone; null: of all. */
export async function connectors(db: Queryable, provider: string | null): Promise<PullRow[]> {
  const { rows } = await db.query<PullRow>(
    `select connector as name, provider, watermark, key, receipt, pulled_at as "pulledAt", ran_at as "lastRun", error,
       exists (select from pg_locks where locktype = 'advisory' and granted
         and database = (select oid from pg_database where datname = current_database())
         and classid = $2::int::oid and objid = hashtext(connector)::oid) as running
     from pull_position where $1::text is null or provider = $1 order by connector`,
    [provider, LOCK],
  );
  return rows;
}

/** A connector's receipts, newest first. */
export async function receiptIds(
  db: Queryable,
  connector: string,
  provider: string,
  first: number,
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select id from batch where provider = $1 and source = $2 order by started_at desc, id limit $3',
    [provider, sourceOf(connector), first],
  );
  return rows.map(({ id }) => id);
}
