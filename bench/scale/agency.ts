import pg from 'pg';
import { copyLines } from '../../records/sink.ts';

/** A table whose rows belong to subjects. */
interface Table {
  name: string;
  /** Column of the subject's id. */
  subject: 'subject_id' | 'id';
  columns: string[];
}

interface Index {
  name: string;
  table: string;
  definition: string;
  /** Of a primary key. */
  constraint: string | null;
}

const TABLES = `
select table_name as name, case table_name when 'subject' then 'id' else 'subject_id' end as subject,
  array_agg(column_name::text order by ordinal_position) as columns
from information_schema.columns where table_schema = 'public'
group by table_name having table_name = 'subject' or bool_or(column_name = 'subject_id') and bool_or(column_name = 'id')
order by table_name`;

const INDEXES = `
select x.relname as name, t.relname as table, pg_get_indexdef(i.indexrelid) as definition, pg_get_constraintdef(c.oid) as constraint
from pg_index i
join pg_class x on x.oid = i.indexrelid
join pg_class t on t.oid = i.indrelid and t.relnamespace = 'public'::regnamespace
left join pg_constraint c on c.conindid = i.indexrelid and c.contype = 'p'
where t.relname = any($1::text[])
order by c.oid is null, t.relname`;

/** What a copy does not share with its model. */
const OWN: Record<Table['subject'], Record<string, string>> = {
  subject_id: { subject_id: 'c.id', id: 'gen_random_uuid()' },
  id: { id: 'c.id', code: 'c.code', sealed_code: 'c.sealed_code' },
};

/**
 * An agency's own tables while they are filled: rows of some subjects, the models, are copied for others inside PostgreSQL, without keys and
 * indexes, which are made again at the end as the migrations made them. The log of changes does not hear of it.
 *
 * Copies are made turn by turn: each subject's first record of a type, then the second, and so on. So the records of a subject lie far apart
 * in their table, as those that arrive over years do, and a page of them costs as many reads.
 */
export class AgencyFiller {
  readonly #pool: pg.Pool;
  #tables: Table[] = [];
  #indexes: Index[] = [];

  /** @param url as the owner, who may drop keys */
  constructor(url: string) {
    // Models are few: they should be hashed in one piece.
    this.#pool = new pg.Pool({ connectionString: url, max: 1, options: '-c work_mem=64MB' });
  }

  /** Sets the models' rows apart and takes keys and indexes away. @returns how many records the models have */
  async begin(models: readonly string[]): Promise<number> {
    this.#tables = (await this.#pool.query<Table>(TABLES)).rows;
    await this.#pool.query('create unlogged table bench_model (id uuid)');
    await this.#pool.query('insert into bench_model select unnest($1::uuid[])', [models]);
    await this.#pool.query(
      'create unlogged table bench_copy (model uuid, id uuid, code text, sealed_code bytea)',
    );
    let records = 0;
    for (const { name, subject } of this.#tables) {
      const { rowCount } = await this.#pool.query(
        `create unlogged table bench_${name} as
         select row_number() over (partition by t.${subject} order by t.id) as nth, t.*
         from ${name} t join bench_model m on m.id = t.${subject}`,
      );
      if (subject === 'subject_id') records += rowCount ?? 0;
      await this.#pool.query(`analyze bench_${name}`);
    }
    this.#indexes = (await this.#pool.query<Index>(INDEXES, [this.#tables.map(({ name }) => name)])).rows;
    for (const { name } of this.#tables) await this.#pool.query(`alter table ${name} disable trigger user`);
    for (const { name, table, constraint } of this.#indexes)
      await this.#pool.query(
        constraint ? `alter table ${table} drop constraint ${name}` : `drop index ${name}`,
      );
    return records;
  }

  /** Names further subjects by their models. @param lines of COPY: model, id, code, sealed code */
  async name(lines: Iterable<string>): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await copyLines(client, 'bench_copy', ['model', 'id', 'code', 'sealed_code'], lines);
    } finally {
      client.release();
    }
  }

  async copy(): Promise<void> {
    await this.#pool.query('analyze bench_copy');
    for (const { name, subject, columns } of this.#tables) {
      const values = columns.map((column) => OWN[subject][column] ?? `m.${column}`);
      const { rows } = await this.#pool.query<{ most: number }>(
        `select coalesce(max(nth), 0)::int as most from bench_${name}`,
      );
      const most = rows[0]?.most ?? 0;
      for (let nth = 1; nth <= most; nth++) {
        await this.#pool.query(
          `insert into ${name} (${columns.join(', ')}) select ${values.join(', ')}
           from bench_copy c join bench_${name} m on m.${subject} = c.model and m.nth = ${nth}`,
        );
      }
    }
  }

  async end(): Promise<void> {
    for (const { name, table, definition, constraint } of this.#indexes)
      await this.#pool.query(
        constraint ? `alter table ${table} add constraint ${name} ${constraint}` : definition,
      );
    for (const { name } of this.#tables) await this.#pool.query(`alter table ${name} enable trigger user`);
    const own = this.#tables.map(({ name }) => `bench_${name}`);
    await this.#pool.query(`drop table bench_model, bench_copy, ${own.join(', ')}`);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
