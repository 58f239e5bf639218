import type pg from 'pg';
import type { RecordKind } from '../records/kind.ts';
import { copyLines, recordColumns } from '../records/sink.ts';

/** A table to fill, by the lines of COPY. */
export interface Target {
  table: string;
  columns: readonly string[];
  /** The primary key. */
  key: readonly string[];
}

export const recordTarget = (kind: RecordKind): Target => ({
  table: kind.table,
  columns: recordColumns(kind),
  key: ['subject_id', 'id'],
});

export const SUBJECT_TARGET: Target = {
  table: 'subject',
  columns: [
    'id',
    'kind',
    'code_kind',
    'code',
    'sealed_code',
    'name',
    'name_key',
    'name_grams',
    'status',
    'jurisdiction',
  ],
  key: ['id'],
};

/** Text for COPY, by table. */
export type Pieces = Map<string, string[]>;

/**
 * Fills an agency's tables through one connection, chunk by chunk, each in one transaction. Lines go by COPY into a temporary twin and from
 * there into the table, where what is on file stays: filling twice adds nothing.
 */
export class TableFiller {
  readonly #client: pg.PoolClient;
  readonly #targets: readonly Target[];

  private constructor(client: pg.PoolClient, targets: readonly Target[]) {
    this.#client = client;
    this.#targets = targets;
  }

  static async open(pool: pg.Pool, targets: readonly Target[]): Promise<TableFiller> {
    const client = await pool.connect();
    for (const { table, columns } of targets) {
      await client.query(
        `create temp table demo_${table} on commit delete rows as select ${columns.join(', ')} from ${table} with no data`,
      );
    }
    return new TableFiller(client, targets);
  }

  /** @returns how many rows were new, by table. */
  async write(pieces: Pieces): Promise<Map<string, number>> {
    const added = new Map<string, number>();
    const client = this.#client;
    await client.query('begin');
    // A chunk lost in a crash is written again by the next run.
    await client.query('set local synchronous_commit = off');
    for (const { table, columns, key } of this.#targets) {
      const lines = pieces.get(table);
      if (!lines) continue;
      const list = columns.join(', ');
      await copyLines(client, `demo_${table}`, columns, lines);
      const { rowCount } = await client.query(
        `insert into ${table} (${list}) select ${list} from demo_${table} order by ${key.join(', ')} on conflict (${key.join(', ')}) do nothing`,
      );
      added.set(table, rowCount ?? 0);
    }
    await client.query('commit');
    return added;
  }

  /** Gives the connection back; after a failure it is thrown away. */
  async close(failed: boolean): Promise<void> {
    if (!failed) {
      for (const { table } of this.#targets) await this.#client.query(`drop table demo_${table}`);
    }
    this.#client.release(failed);
  }
}
