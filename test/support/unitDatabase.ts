import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { stringify } from 'yaml';
import type { City } from './city.ts';

/** 金山区精神文明建设委员会, which provides honors. */
export const CIVILIZATION = '11310116MBY141163C';

/** A unit's own database, on the city's server and apart from the city's own, with a table of honors. */
export class UnitDatabase {
  readonly pool: pg.Pool;
  readonly url: string;
  readonly name: string;

  private constructor(url: string, name: string) {
    this.url = url;
    this.name = name;
    this.pool = new pg.Pool({ connectionString: url, max: 2 });
    this.pool.on('error', () => {});
  }

  static async make(city: City): Promise<UnitDatabase> {
    const name = `unit_${randomUUID().replaceAll('-', '')}`;
    await city.superuser().query(`create database ${name}`);
    const { secrets, databases } = city.running.house;
    const url = new URL(databases.catalogue.appUrl);
    url.username = 'postgres';
    url.password = secrets.superuserPassword;
    url.pathname = `/${name}`;
    const unit = new UnitDatabase(url.href, name);
    await unit.pool.query(`
      create table "表彰" (
        id bigint generated always as identity primary key, "单位名称" text not null, code text, honor text not null,
        granted_by text not null default '金山区精神文明建设委员会', granted_on date not null default '2025-03-18',
        updated_at timestamptz not null default now() - interval '1 hour', version bigint not null default 1
      )`);
    return unit;
  }

  /** Puts honors of so many firms into the table, in one statement as batch jobs do: all have the same watermark. */
  async add(firms: readonly { code: string; name: string }[], honor = '文明单位'): Promise<void> {
    await this.pool.query(
      `insert into "表彰" ("单位名称", code, honor) select f.name, f.code, $3 from unnest($1::text[], $2::text[]) as f(name, code)`,
      [firms.map((f) => f.name), firms.map((f) => f.code), honor],
    );
  }

  /** Writes a mapping of the table. @returns its path. */
  mapping(folder: string, name: string, change: Record<string, unknown> = {}): string {
    const mapping = {
      name,
      source: 'UNIT_DATABASE_URL',
      layout: 'honor',
      jurisdiction: '310116',
      provider: CIVILIZATION,
      query: {
        from: 'public.表彰',
        columns: {
          单位名称: '获奖主体名称',
          code: '统一社会信用代码',
          honor: '荣誉名称',
          granted_by: '授予单位',
          granted_on: '授予日期',
        },
      },
      watermark: { column: 'updated_at', key: 'id' },
      every: '0 3 * * *',
      ...change,
    };
    const path = join(folder, `${name}.yaml`);
    writeFileSync(path, stringify(mapping));
    return path;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
