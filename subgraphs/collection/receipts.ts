import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Sealer } from '../../platform/crypto/seal.ts';
import type {
  ItemCount,
  QuarantinedRow,
  ReceiptCounts,
  ReceiptStore,
  RejectedRow,
} from '../../records/import/receipts.ts';
import { gathering } from '../../records/gather.ts';
import type { RejectNumber } from '../../records/import/reading/row.ts';
import type { RejectRule } from '../../records/import/rules.ts';
import type { BatchOutcome } from '../../records/import/timeliness.ts';
import type { Quarantine } from './quarantine.ts';

/** A receipt as its table has it. */
export interface ReceiptRow {
  id: string;
  layout: string;
  jurisdiction: string;
  provider: string;
  items: string[];
  source: string;
  header: string[];
  unknownColumns: string[];
  startedAt: string;
  finishedAt: string | null;
  received: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  quarantined: number;
  secrecyReviewedBy: string | null;
  secrecyReviewedOn: string | null;
  receivedOn: string | null;
  dueOn: string | null;
  dueProvisional: boolean;
  late: number;
  settled: number;
}

export interface RejectRow {
  ordinal: number;
  line: number;
  column: string | null;
  rule: string;
  reason: string;
}

type Settled = Pick<ReceiptCounts, 'accepted' | 'duplicates' | 'rejected'>;

/** Columns of a receipt. */
export const RECEIPT = `id, layout, jurisdiction, provider, items, source, header, unknown_columns as "unknownColumns", started_at as "startedAt",
  finished_at as "finishedAt", received, accepted, duplicates, rejected, quarantined,
  secrecy_reviewed_by as "secrecyReviewedBy", secrecy_reviewed_on as "secrecyReviewedOn", received_on as "receivedOn", due_on as "dueOn",
  due_provisional as "dueProvisional", late, settled`;

/** Where a batch is finished, what its items and its punctuality come to is kept with it. */
const FINISH = `with batch_done as (
    update batch set finished_at = now(), received = $2, accepted = $3, duplicates = $4, rejected = $5, quarantined = $6,
      received_on = $7::date, due_on = $8::date, due_provisional = $9, late = (select coalesce(sum(n), 0) from unnest($12::int[]) as t(n)),
      unlinked = (select count(*) from reject where batch_id = $1::uuid and rule = any($13::text[]))
    where id = $1::uuid returning provider, items),
  timeliness as (
    insert into batch_timeliness (batch_id, source, on_time, late)
    select $1::uuid, source, on_time, late from unnest($10::text[], $11::int[], $12::int[]) as t(source, on_time, late)),
  items as (
    insert into batch_item (batch_id, item, accepted)
    select $1::uuid, item, accepted from unnest($14::text[], $15::int[]) as t(item, accepted))
  insert into submitted_item (provider, item, last_on)
  select provider, item, $7::date from batch_done, unnest(items) as item
  on conflict (provider, item) do update set last_on = greatest(submitted_item.last_on, excluded.last_on)`;

const itemColumns = (counts: readonly ItemCount[]): [string[], number[]] => [
  counts.map(({ item }) => item),
  counts.map(({ accepted }) => accepted),
];

/** Rules by which a row is refused for want of a valid code: its subject could not be linked [SP-link]. */
const UNLINKED: readonly RejectRule[] = ['SUBJECT_CODE_MISSING', 'SUBJECT_CODE_INVALID'];

/** A unit settles its own rejects, by rows in the same layout. */
const CLOSE_REJECTS = `with own as (select id, provider, layout from batch where id = $1::uuid),
  closed as (
    update reject r set settled_by = $1::uuid
    from unnest($2::uuid[], $3::int[]) as came(batch_id, ordinal), batch b, own
    where r.batch_id = came.batch_id and r.ordinal = came.ordinal and r.settled_by is null
      and b.id = r.batch_id and b.id <> own.id and b.provider = own.provider and b.layout = own.layout
    returning r.batch_id)
  update batch b set settled = b.settled + c.rows
  from (select batch_id, count(*)::int as rows from closed group by batch_id) c where b.id = c.batch_id`;

/** Receipts in the collection's own database; the rows that were sent back are sealed. */
export class Receipts implements ReceiptStore {
  readonly #pool: pg.Pool;
  readonly #sealer: Sealer;
  readonly #quarantine: Quarantine;
  /** One of many that are asked for at the same time; null where there is none. */
  readonly one: (id: string) => Promise<ReceiptRow | null>;

  constructor(pool: pg.Pool, sealer: Sealer, quarantine: Quarantine) {
    this.#pool = pool;
    this.#sealer = sealer;
    this.#quarantine = quarantine;
    this.one = gathering((ids) => this.byId(ids));
  }

  async start(meta: Parameters<ReceiptStore['start']>[0]): Promise<string> {
    const id = randomUUID();
    await this.#pool.query(
      `insert into batch (id, layout, jurisdiction, provider, items, source, header, unknown_columns, secrecy_reviewed_by, secrecy_reviewed_on)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        meta.layout,
        meta.jurisdiction,
        meta.provider,
        meta.items,
        meta.source,
        meta.header,
        meta.unknownColumns,
        meta.secrecyReview?.reviewedBy ?? null,
        meta.secrecyReview?.reviewedOn ?? null,
      ],
    );
    return id;
  }

  async addRejects(id: string, rejects: readonly RejectedRow[]): Promise<void> {
    await this.#pool.query({
      name: 'add_rejects',
      text: `insert into reject (batch_id, ordinal, line, column_name, rule, reason, sealed_row)
        select $1, (select coalesce(max(ordinal), 0) from reject where batch_id = $1) + r.ord, r.line, r.column_name, r.rule, r.reason, r.sealed_row
        from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::bytea[]) with ordinality as r(line, column_name, rule, reason, sealed_row, ord)`,
      values: [
        id,
        rejects.map((r) => r.line),
        rejects.map((r) => r.column),
        rejects.map((r) => r.rule),
        rejects.map((r) => r.reason),
        rejects.map((r) => this.#sealer.seal(JSON.stringify(r.cells), id)),
      ],
    });
  }

  addQuarantined(id: string, rows: readonly QuarantinedRow[]): Promise<void> {
    return this.#quarantine.add(id, rows);
  }

  /** What became of quarantined rows of a batch that a person has decided on. */
  async settle(
    id: string,
    { accepted, duplicates, rejected }: Settled,
    byItem: readonly ItemCount[] = [],
  ): Promise<void> {
    await this.#pool.query(
      `with settled as (
         update batch set accepted = accepted + $2, duplicates = duplicates + $3, rejected = rejected + $4,
           quarantined = quarantined - $2 - $3 - $4 where id = $1::uuid)
       insert into batch_item (batch_id, item, accepted) select $1::uuid, item, accepted from unnest($5::text[], $6::int[]) as t(item, accepted)
       on conflict (batch_id, item) do update set accepted = batch_item.accepted + excluded.accepted`,
      [id, accepted, duplicates, rejected, ...itemColumns(byItem)],
    );
  }

  async closeRejects(id: string, rejects: readonly RejectNumber[]): Promise<void> {
    await this.#pool.query(CLOSE_REJECTS, [
      id,
      rejects.map(({ receipt }) => receipt),
      rejects.map(({ ordinal }) => ordinal),
    ]);
  }

  async finish(
    id: string,
    counts: ReceiptCounts,
    { receivedOn, integration, punctuality }: BatchOutcome,
    accepted: readonly ItemCount[],
  ): Promise<void> {
    await this.#pool.query(FINISH, [
      id,
      counts.received,
      counts.accepted,
      counts.duplicates,
      counts.rejected,
      counts.quarantined,
      receivedOn,
      integration?.on ?? null,
      integration?.provisional ?? false,
      punctuality.map(({ source }) => source),
      punctuality.map(({ onTime }) => onTime),
      punctuality.map(({ late }) => late),
      UNLINKED,
      ...itemColumns(accepted),
    ]);
  }

  async byId(ids: readonly string[]): Promise<(ReceiptRow | null)[]> {
    const { rows } = await this.#pool.query<ReceiptRow>({
      name: 'receipts',
      text: `select ${RECEIPT} from batch where id = any($1::uuid[])`,
      values: [ids],
    });
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  }

  async rejects(id: string, first: number, after: number): Promise<RejectRow[]> {
    const { rows } = await this.#pool.query<RejectRow>({
      name: 'rejects',
      text: `select ordinal, line, column_name as "column", rule, reason from reject where batch_id = $1 and ordinal > $2 order by ordinal limit $3`,
      values: [id, after, first],
    });
    return rows;
  }

  /** The rejected rows with their cells, a page at a time, for the correction file. */
  async *rejectedRows(id: string): AsyncGenerator<RejectedRow & { ordinal: number }> {
    const PAGE = 1_000;
    let after = 0;
    for (;;) {
      const { rows } = await this.#pool.query<RejectRow & { sealedRow: Buffer }>({
        name: 'rejected_rows',
        text: `select ordinal, line, column_name as "column", rule, reason, sealed_row as "sealedRow" from reject
          where batch_id = $1 and ordinal > $2 order by ordinal limit $3`,
        values: [id, after, PAGE],
      });
      for (const { ordinal, sealedRow, ...reject } of rows) {
        after = ordinal;
        yield { ...reject, ordinal, cells: JSON.parse(this.#sealer.open(sealedRow, id)) as string[] };
      }
      if (rows.length < PAGE) return;
    }
  }
}
