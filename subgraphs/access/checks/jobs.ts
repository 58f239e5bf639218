import type pg from 'pg';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type {
  BatchAsked,
  BatchJobRow,
  BatchRow,
  SavedSlice,
  SliceDue,
} from '../../../records/checks/batch.ts';

/**
 * For how long a worker that gives no sign of life keeps its job. Longer than the journal's statements may take: what a killed worker had
 * under way has come to its end before another looks whether its entry stands.
 */
const LEASE = `now() + interval '15 seconds'`;

/** Jobs deleted in one statement: 200 slices each at most. */
const FORGOTTEN_AT_ONCE = 20;

const COLUMNS = `id, unit, asked, matter, state, reason, total, done, passed, failed, unknown, created_at as "startedAt", ended_at as "endedAt"`;

/** Jobs of batch checks: where each stands is one row, moved with its results in one transaction [SH-20b]. */
export class BatchJobs {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Nothing takes it up before it is ready. */
  async create(id: string, unit: string, matter: string, asked: BatchAsked, total: number): Promise<void> {
    await this.#pool.query(
      `insert into batch_job (id, unit, matter, asked, total, state) values ($1, $2, $3, $4, $5, 'LOADING')`,
      [id, unit, matter, JSON.stringify(asked), total],
    );
  }

  async add(id: string, number: number, rows: readonly BatchRow[]): Promise<void> {
    await this.#pool.query({
      name: 'batch_add',
      text: 'insert into batch_slice (job_id, number, rows) values ($1, $2, $3)',
      values: [id, number, JSON.stringify(rows)],
    });
  }

  /** A job without codes is done. */
  ready(id: string): Promise<BatchJobRow | null> {
    return this.#one(
      `update batch_job set state = case when total = 0 then 'DONE' else 'QUEUED' end,
         ended_at = case when total = 0 then now() end
       where id = $1 and state = 'LOADING' returning ${COLUMNS}`,
      [id],
    );
  }

  find(id: string): Promise<BatchJobRow | null> {
    return this.#one(`select ${COLUMNS} from batch_job where id = $1 and state <> 'LOADING'`, [id]);
  }

  /** The oldest job that nobody has; null: none. */
  claim(worker: string): Promise<BatchJobRow | null> {
    return this.#one(
      `update batch_job set state = 'RUNNING', claimed_by = $1, claimed_until = ${LEASE}
       where id = (select id from batch_job where state in ('QUEUED', 'RUNNING') and (claimed_until is null or claimed_until < now())
         order by created_at limit 1 for update skip locked)
       returning ${COLUMNS}`,
      [worker],
    );
  }

  /** Jobs by their ids: for those who watch, whoever they are and however many. */
  async several(ids: readonly string[]): Promise<BatchJobRow[]> {
    const { rows } = await this.#pool.query<BatchJobRow>({
      name: 'batch_several',
      text: `select ${COLUMNS} from batch_job where id = any($1::uuid[]) and state <> 'LOADING'`,
      values: [ids],
    });
    return rows;
  }

  /** A unit's own, newest first, after one of them (null: from the newest). */
  async page(unit: string, after: string | null, size: number): Promise<BatchJobRow[]> {
    const { rows } = await this.#pool.query<BatchJobRow>({
      name: 'batch_page',
      text: `select ${COLUMNS} from batch_job where unit = $1 and state <> 'LOADING'
          and ($2::uuid is null or (created_at, id) < (select j.created_at, j.id from batch_job j where j.id = $2 and j.unit = $1))
        order by created_at desc, id desc limit $3`,
      values: [unit, after, size],
    });
    return rows;
  }

  async count(unit: string): Promise<number> {
    const { rows } = await this.#pool.query<{ n: number }>(
      `select count(*)::int as n from batch_job where unit = $1 and state <> 'LOADING'`,
      [unit],
    );
    return rows[0]?.n ?? 0;
  }

  /** The first slice whose entries are not known to be in the journal; null: the job is cancelled, over, or another worker's. */
  async due(id: string, worker: string): Promise<SliceDue | null> {
    const { rowCount } = await this.#pool.query(
      `update batch_job set claimed_until = ${LEASE} where id = $1 and claimed_by = $2 and state = 'RUNNING'`,
      [id, worker],
    );
    if (rowCount === 0) return null;
    const { rows } = await this.#pool.query<SliceDue>({
      name: 'batch_due',
      text: `select s.number, s.rows, s.results, s.entries,
          array(select e.id from journal_entry e
            where e.id in (select (kept->>'id')::uuid from jsonb_array_elements(s.entries) kept)) as "inJournal"
        from batch_slice s where s.job_id = $1 and s.logged_at is null order by s.number limit 1`,
      values: [id],
    });
    return rows[0] ?? null;
  }

  /**
   * Keeps what was found, with the entries that are to tell of it; nothing of it is given out yet. One use is taken of each authorization it
   * was found under, in the same transaction. @returns false where the job is no longer this worker's, its unit's access was withdrawn, or an
   * authorization was revoked meanwhile or has no use left.
   */
  save(
    id: string,
    worker: string,
    { number, results, entries, authorizations }: SavedSlice,
  ): Promise<boolean> {
    return inTransaction(this.#pool, async (client) => {
      const held = await client.query(
        `select from batch_job j where id = $1 and claimed_by = $2 and state = 'RUNNING'
           and not exists (select from withdrawn_grantee w where w.unit = j.unit and w.restored_at is null) for update of j`,
        [id, worker],
      );
      if (held.rowCount === 0) return false;
      if (authorizations.length > 0) {
        const used = await client.query(
          `update subject_authorization set used = used + 1
           where id = any($1::uuid[]) and revoked_at is null and (uses is null or used < uses)`,
          [authorizations],
        );
        if (used.rowCount !== authorizations.length) throw new UsedUp();
      }
      await client.query(
        'update batch_slice set results = $3, entries = $4 where job_id = $1 and number = $2',
        [id, number, JSON.stringify(results), JSON.stringify(entries)],
      );
      return true;
    }).catch((error: unknown) => {
      if (error instanceof UsedUp) return false;
      throw error;
    });
  }

  /** Its entries are in the journal: the slice is given out from now on, and the job is that much further. Once only. */
  async logged(id: string, number: number): Promise<BatchJobRow | null> {
    return this.#one(
      `with slice as (
         update batch_slice set logged_at = now() where job_id = $1 and number = $2 and logged_at is null returning results
       ), counted as (
         select count(*)::int as n, count(*) filter (where r->>0 = 'PASS')::int as passed,
           count(*) filter (where r->>0 = 'FAIL')::int as failed, count(*) filter (where r->>0 = 'UNKNOWN')::int as unknown
         from slice cross join jsonb_array_elements(slice.results) r
       )
       update batch_job j set done = j.done + c.n, passed = j.passed + c.passed, failed = j.failed + c.failed, unknown = j.unknown + c.unknown,
         state = case when j.state = 'RUNNING' and j.done + c.n = j.total then 'DONE' else j.state end,
         ended_at = case when j.state = 'RUNNING' and j.done + c.n = j.total then now() else j.ended_at end
       from counted c where j.id = $1
       returning ${COLUMNS.replace(/\b(passed|failed|unknown)\b/g, 'j.$1')}`,
      [id, number],
    );
  }

  /** Null: it is over already. */
  end(id: string, state: 'CANCELLED' | 'STOPPED', reason: string | null): Promise<BatchJobRow | null> {
    return this.#one(
      `update batch_job set state = $2, reason = $3, ended_at = now() where id = $1 and state in ('QUEUED', 'RUNNING') returning ${COLUMNS}`,
      [id, state, reason],
    );
  }

  /** Gives a job back that its worker cannot go on with. */
  async release(id: string, worker: string): Promise<void> {
    await this.#pool.query('update batch_job set claimed_until = null where id = $1 and claimed_by = $2', [
      id,
      worker,
    ]);
  }

  /** Slices that may be given out. */
  async results(
    id: string,
    from: number,
    to: number,
  ): Promise<Pick<SliceDue, 'number' | 'rows' | 'results'>[]> {
    const { rows } = await this.#pool.query<Pick<SliceDue, 'number' | 'rows' | 'results'>>({
      name: 'batch_results',
      text: `select number, rows, results from batch_slice
        where job_id = $1 and number between $2 and $3 and logged_at is not null order by number`,
      values: [id, from, to],
    });
    return rows;
  }

  /**
   * Deletes jobs that ended so many days ago, with their results; and those that were never completely sent, after a day. Broken off it can be
   * run again. @returns how many.
   */
  async forget(days: number, signal?: AbortSignal): Promise<number> {
    let forgotten = 0;
    for (let more = true; more; ) {
      const { rows } = await this.#pool.query<{ n: number }>(
        `with old as (
           delete from batch_job where id in (
             select id from batch_job where ended_at < now() - make_interval(days => $1)
               or (state = 'LOADING' and created_at < now() - interval '1 day')
             limit ${FORGOTTEN_AT_ONCE})
           returning id
         ), slices as (delete from batch_slice where job_id in (select id from old))
         select count(*)::int as n from old`,
        [days],
      );
      const n = rows[0]?.n ?? 0;
      forgotten += n;
      more = n > 0 && !signal?.aborted;
    }
    return forgotten;
  }

  async #one(text: string, values: unknown[]): Promise<BatchJobRow | null> {
    const { rows } = await this.#pool.query<BatchJobRow>(text, values);
    return rows[0] ?? null;
  }
}

class UsedUp extends Error {}
