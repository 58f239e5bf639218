import type pg from 'pg';
import { gathering } from '../../records/gather.ts';
import { PROVIDER_PERIODS, type ProviderPeriod, periodValues } from './providerFigures.ts';
import { RECEIPT, type ReceiptRow } from './receipts.ts';

/** A batch in the list of its unit's. `position`: when it began as PostgreSQL writes it, to the microsecond. */
export type BatchRow = ReceiptRow & { position: string };

/** Where a page of a unit's batches begins. */
export interface BatchPosition {
  startedAt: string;
  id: string;
}

export interface BatchKey extends ProviderPeriod {
  first: number;
  after: BatchPosition | null;
}

/** Those that have not finished have no day yet, and stand in no period. */
const OF_KEY = `provider = k.provider and (k.from_on is null or received_on >= k.from_on) and (k.to_on is null or received_on <= k.to_on)`;

/** The batches of units, many units by one statement. */
export class Batches {
  /** Newest first. */
  readonly page: (key: BatchKey) => Promise<BatchRow[]>;
  readonly count: (key: ProviderPeriod) => Promise<number>;

  constructor(pool: pg.Pool) {
    this.page = gathering(async (keys: readonly BatchKey[]) => {
      const { rows } = await pool.query<BatchRow & { ord: number }>({
        name: 'provider_batches',
        text: `select k.ord::int as ord, b.* from ${PROVIDER_PERIODS}
          join unnest($4::timestamptz[], $5::uuid[], $6::int[]) with ordinality as p(started_at, id, size, ord) using (ord)
          cross join lateral (
            select ${RECEIPT}, started_at::text as position from batch
            where ${OF_KEY} and (p.started_at is null or (batch.started_at, batch.id) < (p.started_at, p.id))
            order by batch.started_at desc, batch.id desc limit p.size) b
          order by k.ord, b.position desc, b.id desc`,
        values: [
          ...periodValues(keys),
          keys.map(({ after }) => after?.startedAt ?? null),
          keys.map(({ after }) => after?.id ?? null),
          keys.map(({ first }) => first),
        ],
      });
      const found = Map.groupBy(rows, ({ ord }) => ord);
      return keys.map((_, at) => found.get(at + 1) ?? []);
    });
    this.count = gathering(async (keys: readonly ProviderPeriod[]) => {
      const { rows } = await pool.query<{ count: number }>({
        name: 'provider_batch_counts',
        text: `select (select count(*)::int from batch where ${OF_KEY}) as count from ${PROVIDER_PERIODS} order by k.ord`,
        values: periodValues(keys),
      });
      return rows.map(({ count }) => count);
    });
  }
}
