import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Sealer } from '../../platform/crypto/seal.ts';
import type { ReceiptStore, RejectedRow } from '../../records/import/receipts.ts';

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
}

export interface RejectRow {
  ordinal: number;
  line: number;
  column: string | null;
  rule: string;
  reason: string;
}

const RECEIPT = `id, layout, jurisdiction, provider, items, source, header, unknown_columns as "unknownColumns", started_at as "startedAt",
  finished_at as "finishedAt", received, accepted, duplicates, rejected, quarantined`;

/** Receipts in the collection's own database; the rows that were sent back are sealed. */
export class Receipts implements ReceiptStore {
  readonly #pool: pg.Pool;
  readonly #sealer: Sealer;

  constructor(pool: pg.Pool, sealer: Sealer) {
    this.#pool = pool;
    this.#sealer = sealer;
  }

  async start(meta: Parameters<ReceiptStore['start']>[0]): Promise<string> {
    const id = randomUUID();
    await this.#pool.query(
      'insert into batch (id, layout, jurisdiction, provider, items, source, header, unknown_columns) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [
        id,
        meta.layout,
        meta.jurisdiction,
        meta.provider,
        meta.items,
        meta.source,
        meta.header,
        meta.unknownColumns,
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

  async finish(id: string, counts: Parameters<ReceiptStore['finish']>[1]): Promise<void> {
    await this.#pool.query(
      'update batch set finished_at = now(), received = $2, accepted = $3, duplicates = $4, rejected = $5, quarantined = $6 where id = $1',
      [id, counts.received, counts.accepted, counts.duplicates, counts.rejected, counts.quarantined],
    );
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
  async *rejectedRows(id: string): AsyncGenerator<RejectedRow> {
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
        yield { ...reject, cells: JSON.parse(this.#sealer.open(sealedRow, id)) as string[] };
      }
      if (rows.length < PAGE) return;
    }
  }
}
