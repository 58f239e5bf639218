import type pg from 'pg';

/** Days between which batches were received; null: no bound. */
export interface Period {
  from: string | null;
  to: string | null;
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

const IN_PERIOD = `b.received_on >= coalesce($2::date, '-infinity') and b.received_on <= coalesce($3::date, 'infinity')`;

/** The figures of providers, by constant statements over the batches' own sums: no row of a batch is read. */
export class ProviderFigures {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
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

  async rejectsByRule(provider: string, { from, to }: Period): Promise<{ rule: string; count: number }[]> {
    const { rows } = await this.#pool.query<{ rule: string; count: number }>({
      name: 'provider_rejects',
      text: `select r.rule, count(*)::int as count from batch b join reject r on r.batch_id = b.id
        where b.provider = $1 and ${IN_PERIOD} and b.rejected > 0 group by r.rule order by count desc, r.rule`,
      values: [provider, from, to],
    });
    return rows;
  }

  async timeliness(provider: string, { from, to }: Period): Promise<Punctual[]> {
    const { rows } = await this.#pool.query<Punctual>({
      name: 'provider_timeliness',
      text: `select t.source, sum(t.on_time)::int as "onTime", sum(t.late)::int as late
        from batch b join batch_timeliness t on t.batch_id = b.id
        where b.provider = $1 and ${IN_PERIOD} group by t.source order by t.source`,
      values: [provider, from, to],
    });
    return rows;
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
