import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type CustomTypesConfig, DatabaseError, escapeIdentifier, types } from 'pg';
import { Problem } from '../../../platform/problem.ts';
import type { Mapping } from './mapping.ts';
import type { Position } from './positions.ts';

/** A row of the unit's table: its cells in the order of the mapping's columns, and where it stands. */
export interface SourceRow {
  cells: string[];
  position: Position;
}

const { BOOL, INT2, INT4, INT8, TIMESTAMP, TIMESTAMPTZ } = types.builtins;
const WHOLE: readonly number[] = [INT2, INT4, INT8];

/** The unit's clock, as a value of the watermark's type. */
const CLOCKS: Record<number, string> = { [TIMESTAMP]: 'localtimestamp', [TIMESTAMPTZ]: 'now()' };

const CONNECT_MS = 10_000;
const STATEMENT_MS = 120_000;

const asIs = (text: string): string => text;

/** Cells as units write them: 是 and 否, instants with their zone in full, all else as it stands. */
const CELLS: Record<number, (text: string) => string> = {
  [BOOL]: (text) => (text === 't' ? '是' : '否'),
  [TIMESTAMPTZ]: (text) => text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00'),
};

const cellTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number) => CELLS[oid] ?? asIs) as typeof types.getTypeParser,
};

/**
 * A unit's own database, read and never written: every statement runs in a read-only transaction of its own, so that nothing is held open
 * there while rows are taken in here, and a pooler in between may give each another session.
 */
export class Source {
  readonly #client: Client;
  readonly #mapping: Mapping;

  private constructor(client: Client, mapping: Mapping) {
    this.#client = client;
    this.#mapping = mapping;
  }

  /** @throws Problem, which names the variable and never its value. */
  static async open(mapping: Mapping, env: NodeJS.ProcessEnv): Promise<Source> {
    const { source } = mapping;
    const url = env[source]?.trim();
    if (!url) throw new Problem({ zh: `环境变量 ${source} 未设置`, en: `the variable ${source} is not set` });
    if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) {
      throw new Problem({
        zh: `环境变量 ${source} 应为 postgres:// 地址`,
        en: `the variable ${source} must be a postgres:// address`,
      });
    }
    try {
      const client = new Client({
        connectionString: url,
        connectionTimeoutMillis: CONNECT_MS,
        application_name: `public-credit pull ${mapping.name}`,
        types: cellTypes,
      });
      // A session that the unit's server ends shows in the next statement; unheard, the event would end the process.
      client.on('error', () => {});
      await client.connect();
      return new Source(client, mapping);
    } catch (error) {
      throw failed(mapping, error);
    }
  }

  close(): Promise<void> {
    return this.#client.end().catch(() => {});
  }

  /**
   * The watermark up to which a run may read, such that whatever lies below it is committed; null where the table is empty. Times are
   * compared with the unit's own clock. Whole numbers have no clock: the highest is looked up, and the lag waited for.
   * @param signal ends the wait.
   */
  async horizon(signal?: AbortSignal): Promise<string | null> {
    const { column, lagSeconds } = this.#mapping.watermark;
    const type = await this.#watermarkType();
    const clock = CLOCKS[type];
    if (clock) {
      const rows = await this.#read(`select (${clock} - make_interval(secs => $1))::text`, [lagSeconds]);
      return rows[0]?.[0] ?? null;
    }
    if (!WHOLE.includes(type)) {
      throw new Problem({
        zh: `watermark.column：“${column}”应为时间戳或整数`,
        en: `watermark.column: "${column}" must be a timestamp or a whole number`,
      });
    }
    const rows = await this.#read(`select max(${escapeIdentifier(column)})::text from ${this.#table()}`, []);
    const highest = rows[0]?.[0] ?? null;
    if (highest !== null && lagSeconds > 0)
      await sleep(lagSeconds * 1000, undefined, { signal }).catch(() => {});
    return highest;
  }

  /**
   * The next rows after a position, in the order of watermark and key.
   * @throws Problem where the key does not tell rows of the same watermark apart: some would be passed over at a border.
   */
  async page(after: Position | null, until: string, size: number): Promise<SourceRow[]> {
    const { query, watermark } = this.#mapping;
    // Every column by its table: a bare name in `order by` would mean the text that is selected under it, and '10' comes before '9'.
    const column = (name: string) => `t.${escapeIdentifier(name)}`;
    const [mark, key] = [column(watermark.column), column(watermark.key)];
    const cells = Object.keys(query.columns).map(column).join(', ');
    const rows = await this.#read(
      `select ${mark}::text, ${key}::text, ${cells} from ${this.#table()} t
       where ${mark} <= $1 ${after ? `and (${mark}, ${key}) > ($2, $3)` : ''}
       order by ${mark}, ${key} limit ${size + 1}`,
      after ? [until, after.watermark, after.key] : [until],
    );
    const found = rows.map(([at, id, ...values]) => ({ at, id, values }));
    for (const [n, { at, id }] of found.entries()) {
      const before = found[n - 1];
      if (!id || (at === before?.at && id === before?.id)) throw this.#noKey();
    }
    return found.slice(0, size).map(({ at, id, values }) => ({
      position: { watermark: at as string, key: id as string },
      cells: values.map((value) => value ?? ''),
    }));
  }

  #noKey(): Problem {
    const { key } = this.#mapping.watermark;
    return new Problem({
      zh: `watermark.key：“${key}”为空或不唯一，无法定位`,
      en: `watermark.key: "${key}" is empty or not unique, so that rows cannot be told apart`,
    });
  }

  #table(): string {
    return this.#mapping.query.from.split('.').map(escapeIdentifier).join('.');
  }

  async #watermarkType(): Promise<number> {
    const { column } = this.#mapping.watermark;
    const { fields } = await this.#transaction(
      `select ${escapeIdentifier(column)} from ${this.#table()} limit 0`,
      [],
    );
    return fields[0]?.dataTypeID ?? 0;
  }

  async #read(text: string, values: unknown[]): Promise<(string | null)[][]> {
    return (await this.#transaction(text, values)).rows;
  }

  async #transaction(text: string, values: unknown[]) {
    try {
      await this.#client.query('begin read only');
      await this.#client.query(
        `select set_config('TimeZone', $1, true), set_config('DateStyle', 'ISO, YMD', true), set_config('statement_timeout', $2, true)`,
        [this.#mapping.timeZone, String(STATEMENT_MS)],
      );
      const result = await this.#client.query<(string | null)[]>({ text, values, rowMode: 'array' });
      await this.#client.query('commit');
      return result;
    } catch (error) {
      await this.#client.query('rollback').catch(() => {});
      throw failed(this.#mapping, error);
    }
  }
}

/** What the unit's server, or the way to it, said; without what a driver adds, which may hold rows. */
function failed({ name, source }: Mapping, error: unknown): Problem {
  const { code, message } = error as NodeJS.ErrnoException;
  const told = [code, message].filter(Boolean).join(' ');
  if (error instanceof DatabaseError) {
    return new Problem({
      zh: `连接器 ${name}：来源数据库拒绝：${told}`,
      en: `connector ${name}: its source refuses: ${told}`,
    });
  }
  return new Problem({
    zh: `连接器 ${name}：无法连接 ${source} 所指的数据库：${told}`,
    en: `connector ${name}: the database that ${source} names does not answer: ${told}`,
  });
}
