import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { openPool } from '../../platform/postgres/pool.ts';
import { type BenchGround, withPool } from '../harness/ground.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES } from '../../schema/sdl.ts';
import { UNIT, scopeOf } from '../subject/question.ts';

const ITEM = '310116-penalty-amr';
const LOOK_MS = 20;
const PATIENCE_MS = 300_000;

const PENALTIES = `
insert into administrative_penalty (subject_id, id, item_id, jurisdiction, provider, document_number, title, determined_on, effective_on, grade,
  visible_until, sources, digest, facts, fine_amount)
select id, gen_random_uuid(), $2, '310116', '${UNIT}', gen_random_uuid(), '虚假宣传', current_date - 30, current_date - 30, 'GENERAL',
  current_date + 700, array['${UNIT}'], gen_random_uuid(), '在经营场所发布虚假广告', 20000
from unnest($1::uuid[]) as s(id)`;

async function countOf(url: string, tableName: string): Promise<number> {
  const { rows } = await withPool(url, (pool) =>
    pool.query<{ count: string }>(`select count(*) as count from ${tableName}`),
  );
  return Number(rows[0]?.count);
}

/** What is taken in, and where it comes from: a list whose matter opens the item, a recipient of the same unit, and penalties of its subjects. */
export class WatchGround {
  readonly #penalties: pg.Pool;
  readonly #sharing: pg.Pool;
  readonly #list = randomUUID();
  #item = 0;

  private constructor({ ground: { databases } }: BenchGround) {
    this.#penalties = openPool(databases.penalties.migratorUrl, { max: 2 });
    this.#sharing = openPool(databases.sharing.migratorUrl, { max: 2 });
  }

  static async open(bench: BenchGround): Promise<WatchGround> {
    const self = new WatchGround(bench);
    const catalogue = openPool(bench.ground.databases.catalogue.appUrl, { max: 1 });
    const { rows } = await catalogue.query<{ id: number }>('select id from item where code = $1', [ITEM]);
    await catalogue.end();
    self.#item = rows[0]?.id as number;
    await self.#sharing.query(
      `insert into watch_list (id, unit, matter_id, matter, name, public_only) values ($1, '${UNIT}', $2, 'bench', 'bench', false)`,
      [self.#list, await scopeOf(bench.ground)],
    );
    await self.#sharing.query(
      `insert into recipient (unit, jurisdictions, recorded_by) values ('${UNIT}', array['310000'], '${UNIT}')`,
    );
    return self;
  }

  async close(): Promise<void> {
    await this.#penalties.end();
    await this.#sharing.end();
  }

  /** Waits until all is taken in that was on file at the start. */
  async untilSettled({ ground: { databases } }: BenchGround): Promise<void> {
    let logged = 0;
    for (const name of SUBGRAPH_NAMES.filter((one) => SUBGRAPHS[one].records))
      logged += await countOf(databases[name].migratorUrl, 'record_change');
    await this.untilTaken(logged);
  }

  /** Puts these subjects, and no others, on the list. @returns their ids */
  async watch(count: number): Promise<string[]> {
    const subjects = Array.from({ length: count }, () => randomUUID());
    await this.#sharing.query('delete from watched');
    await this.#sharing.query(
      'insert into watched (subject_id, list_id, person) select id, $1, false from unnest($2::uuid[]) as s(id)',
      [this.#list, subjects],
    );
    for (const table of ['watched', 'alert', 'change']) await this.#sharing.query(`vacuum analyze ${table}`);
    return subjects;
  }

  /** Puts a penalty of each subject on file, all by one statement. */
  async penalize(subjects: readonly string[]): Promise<void> {
    await this.#penalties.query(PENALTIES, [subjects, this.#item]);
  }

  /** How many changes are in the one order, with the alerts of each. */
  async taken(): Promise<number> {
    const { rows } = await this.#sharing.query<{ taken: number }>(
      'select last_seq as taken from change_head',
    );
    return rows[0]?.taken as number;
  }

  async untilTaken(count: number): Promise<void> {
    for (const deadline = Date.now() + PATIENCE_MS; (await this.taken()) < count; await sleep(LOOK_MS))
      if (Date.now() > deadline) throw new Error(`of ${count} changes ${await this.taken()} are taken in`);
  }

  async alerts(): Promise<number> {
    const { rows } = await this.#sharing.query<{ count: number }>('select count(*) as count from alert');
    return rows[0]?.count as number;
  }
}
