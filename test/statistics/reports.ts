import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { openPool } from '../../platform/postgres/pool.ts';
import type { CatalogueData } from '../../subgraphs/catalogue/data.ts';
import { loadCatalogue } from '../../subgraphs/catalogue/load.ts';
import { City } from '../support/city.ts';
import { UNIT } from '../support/known.ts';

export { ROW_FIELDS as ROW, type ReportRow as Row } from '../../records/report/row.ts';

/** Looks as the journal's writer leaves them: entries of one subject each, unless `each` says more. */
export interface Looks {
  day: string;
  unit?: string | null;
  role?: string | null;
  channel?: string;
  matter?: string | null;
  organizations?: number;
  persons?: number;
  /** Subjects of an entry. */
  each?: number;
  outcome?: string;
}

/** A city whose report is read, over figures written straight into its tables. */
export class Office {
  readonly city: City;
  readonly center: string;
  readonly #pools = new Map<string, pg.Pool>();

  private constructor(city: City, center: string) {
    this.city = city;
    this.center = center;
  }

  static async open(env: Record<string, string> = {}): Promise<Office> {
    const city = await City.open(env);
    return new Office(city, await city.token({ role: 'center', unit: UNIT.center, name: '中心人员' }));
  }

  async close(): Promise<void> {
    for (const pool of this.#pools.values()) await pool.end();
    await this.city.close();
  }

  /** A catalogue in place of the project's own, known to every part of the house. */
  async catalogue(data: CatalogueData): Promise<void> {
    await this.sql(
      'catalogue',
      'truncate item, item_version, matter, matter_version, matter_scope, behaviour, credit_list, credit_list_version, unit cascade',
    );
    await loadCatalogue(this.city.database('catalogue'), data);
    const { subgraphs, follower } = this.city.running.house;
    for (const subgraph of Object.values(subgraphs)) await subgraph.refresh();
    await follower.refresh();
  }

  /** As the superuser of one database: rows of the past are not written by anybody else. */
  async sql(database: string, text: string, values: unknown[] = []): Promise<void> {
    let pool = this.#pools.get(database);
    if (!pool) {
      const { secrets, databases } = this.city.running.house;
      const url = new URL(databases.catalogue.appUrl);
      url.username = 'postgres';
      url.password = secrets.superuserPassword;
      url.pathname = `/${database}`;
      this.#pools.set(database, (pool = openPool(url.href, { max: 1 })));
    }
    await pool.query(text, values);
  }

  async look(looks: Looks): Promise<void> {
    const { day, organizations = 0, persons = 0, each = 1, outcome = 'ANSWERED' } = looks;
    for (const [count, share] of [
      [organizations, 0],
      [persons, 1],
    ] as const) {
      if (count === 0) continue;
      await this.sql(
        'access',
        `insert into journal_entry (id, at, unit, role, channel, matter, operation, subjects, items, counts, outcome, persons)
         select gen_random_uuid(), ($1 || 'T10:00:00+08:00')::timestamptz, $2, $3, $4, $5, 'Load',
           array_fill(gen_random_uuid(), array[n]), '{}', '{}', $6, $7 * n
         from generate_series(0, $8::int - 1, $9::int) at, least($9::int, $8 - at) n`,
        [
          day,
          looks.unit ?? null,
          looks.role === undefined ? 'agency' : looks.role,
          looks.channel ?? 'government',
          looks.matter ?? null,
          outcome,
          share,
          count,
          each,
        ],
      );
    }
  }

  /** A finished batch with records of an item. */
  async batch(
    day: string,
    provider: string,
    items: Record<string, number>,
    more: { unlinked?: number } = {},
  ) {
    const id = randomUUID();
    const accepted = Object.values(items).reduce((a, b) => a + b, 0);
    const unlinked = more.unlinked ?? 0;
    await this.sql(
      'collection',
      `with b as (insert into batch (id, layout, jurisdiction, provider, items, source, header, unknown_columns, finished_at, received_on,
           received, accepted, rejected, unlinked)
         values ($1, 'graphql', '310116', $2, $3::text[], 'test', '{}', '{}', now(), $4, $5::int + $6::int, $5, $6, $6))
       insert into batch_item (batch_id, item, accepted) select $1, * from unnest($3::text[], $7::int[])`,
      [id, provider, Object.keys(items), day, accepted, unlinked, Object.values(items)],
    );
  }

  /** Closed objections to records of a unit. */
  async objections(
    day: string,
    { organizations = 0, persons = 0 }: { organizations?: number; persons?: number },
    provider: string = UNIT.market,
  ): Promise<void> {
    await this.sql(
      'objections',
      `insert into objection_case (id, subject_id, record_type, record_id, item_id, about_persons, jurisdiction, provider, ground, statement, evidence,
         filed_by, filed_on, stage, marked, closed_on)
       select gen_random_uuid(), gen_random_uuid(), 'Judgment', gen_random_uuid(), 1, at > $3, '310116', $2, 'ERROR_OR_OMISSION', '—', '[]',
         'SUBJECT', $1::date, 'DISMISSED', false, $1::date + 5
       from generate_series(1, $3::int + $4::int) at`,
      [day, provider, organizations, persons],
    );
  }

  async report(
    selection: string,
    period: { from: string; to: string; jurisdiction?: string },
    token: string | undefined = this.center,
  ) {
    const answer = await this.city.ask(
      `query ($from: Date!, $to: Date!, $jurisdiction: String) {
        operatingReport(from: $from, to: $to, jurisdiction: $jurisdiction) { from to jurisdiction ${selection} }
      }`,
      { token, variables: { ...period } },
    );
    return answer;
  }
}
