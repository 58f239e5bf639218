import type pg from 'pg';
import { gathering } from '../../records/gather.ts';

/** Days between which batches were received; null: no bound. */
export interface Period {
  from: string | null;
  to: string | null;
}

/** A provider and the days that are asked of it. */
export interface ProviderPeriod extends Period {
  provider: string;
}

/** Sums of a provider's finished batches. */
export interface Totals {
  received: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  quarantined: number;
  late: number;
  unlinked: number;
  openRejects: number;
}

export interface Punctual {
  source: string;
  onTime: number;
  late: number;
}

/** What a light and reminders are made from. */
export interface Standing {
  received: number;
  unlinked: number;
  rejected: number;
  late: { source: string; count: number }[];
  /** Rows sent back that have not come again, in batches whose due date has passed. */
  openRejects: number;
  /** Day of the last submission, by item. */
  lastOn: ReadonlyMap<string, string>;
}

const NONE: Totals = {
  received: 0,
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  quarantined: 0,
  late: 0,
  unlinked: 0,
  openRejects: 0,
};

const inPeriod = (from: string, to: string): string =>
  `b.received_on >= coalesce(${from}::date, '-infinity') and b.received_on <= coalesce(${to}::date, 'infinity')`;
const IN_PERIOD = inPeriod('$2', '$3');

/** Several providers with their days, in one statement. */
export const PROVIDER_PERIODS = `unnest($1::text[], $2::date[], $3::date[]) with ordinality as k(provider, from_on, to_on, ord)`;
const IN_PERIOD_OF_KEY = inPeriod('k.from_on', 'k.to_on');
export const periodValues = (keys: readonly ProviderPeriod[]): unknown[] => [
  keys.map((k) => k.provider),
  keys.map((k) => k.from),
  keys.map((k) => k.to),
];

/** The rows of each key, by its place. */
async function perKey<Row>(
  pool: pg.Pool,
  keys: readonly ProviderPeriod[],
  statement: { name: string; text: string },
): Promise<Row[][]> {
  const { rows } = await pool.query<Row & { ord: number }>({ ...statement, values: periodValues(keys) });
  const found = Map.groupBy(rows, ({ ord }) => ord);
  return keys.map((_, at) => found.get(at + 1) ?? []);
}

/** The figures of providers, by constant statements over the batches' own sums: no row of a batch is read. */
export class ProviderFigures {
  readonly #pool: pg.Pool;
  /** How many rows were sent back by which rule, most frequent first. */
  readonly rejectsByRule: (key: ProviderPeriod) => Promise<{ rule: string; count: number }[]>;
  /** How many records came on time and late, by the provision that sets their due date. */
  readonly timeliness: (key: ProviderPeriod) => Promise<Punctual[]>;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    this.rejectsByRule = gathering((keys) =>
      perKey(pool, keys, {
        name: 'provider_rejects',
        text: `select k.ord::int as ord, r.rule, count(*)::int as count
          from ${PROVIDER_PERIODS} join batch b on b.provider = k.provider and ${IN_PERIOD_OF_KEY} and b.rejected > 0 join reject r on r.batch_id = b.id
          group by k.ord, r.rule order by count desc, r.rule`,
      }),
    );
    this.timeliness = gathering((keys) =>
      perKey(pool, keys, {
        name: 'provider_timeliness',
        text: `select k.ord::int as ord, t.source, sum(t.on_time)::int as "onTime", sum(t.late)::int as late
          from ${PROVIDER_PERIODS} join batch b on b.provider = k.provider and ${IN_PERIOD_OF_KEY} join batch_timeliness t on t.batch_id = b.id
          group by k.ord, t.source order by t.source`,
      }),
    );
  }

  async totals(providers: readonly string[], { from, to }: Period): Promise<Totals[]> {
    const { rows } = await this.#pool.query<Totals & { provider: string }>({
      name: 'provider_totals',
      text: `select b.provider, sum(b.received)::bigint as received, sum(b.accepted)::bigint as accepted, sum(b.duplicates)::bigint as duplicates,
          sum(b.rejected)::bigint as rejected, sum(b.quarantined)::bigint as quarantined, sum(b.late)::bigint as late,
          sum(b.unlinked)::bigint as unlinked, sum(b.rejected - b.settled)::bigint as "openRejects"
        from batch b where b.provider = any($1) and ${IN_PERIOD} group by b.provider`,
      values: [providers, from, to],
    });
    const found = new Map(rows.map((row) => [row.provider, row]));
    return providers.map((provider) => found.get(provider) ?? NONE);
  }

  /** @param since first day that is looked at. */
  async standings(providers: readonly string[], since: string, today: string): Promise<Standing[]> {
    const [totals, late, open, items] = await Promise.all([
      this.totals(providers, { from: since, to: null }),
      this.#pool.query<{ provider: string; source: string; count: number }>({
        name: 'providers_late',
        text: `select b.provider, t.source, sum(t.late)::int as count from batch b join batch_timeliness t on t.batch_id = b.id
          where b.provider = any($1) and b.received_on >= $2::date and t.late > 0 group by b.provider, t.source order by t.source`,
        values: [providers, since],
      }),
      this.#pool.query<{ provider: string; count: number }>({
        name: 'providers_open',
        text: `select provider, sum(rejected - settled)::int as count from batch
          where rejected > settled and provider = any($1) and due_on < $2::date group by provider`,
        values: [providers, today],
      }),
      this.#pool.query<{ provider: string; item: string; lastOn: string }>({
        name: 'providers_items',
        text: `select provider, item, last_on as "lastOn" from submitted_item where provider = any($1)`,
        values: [providers],
      }),
    ]);
    const lates = Map.groupBy(late.rows, ({ provider }) => provider);
    const opens = new Map(open.rows.map(({ provider, count }) => [provider, count]));
    const lasts = Map.groupBy(items.rows, ({ provider }) => provider);
    return providers.map((provider, at) => ({
      ...(totals[at] as Totals),
      late: lates.get(provider) ?? [],
      openRejects: opens.get(provider) ?? 0,
      lastOn: new Map(lasts.get(provider)?.map(({ item, lastOn }) => [item, lastOn])),
    }));
  }
}
