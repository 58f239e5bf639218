import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Sealer } from '../../platform/crypto/seal.ts';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import type { RecordContent } from '../../policy/contents.ts';
import { quoted } from '../../records/import/fault.ts';
import type { QuarantinedRow } from '../../records/import/receipts.ts';

export type QuarantineState = 'PENDING' | 'RELEASED' | 'REFUSED';

/** A quarantined row as its table has it. */
export interface QuarantineEntry {
  id: string;
  ordinal: string;
  batchId: string;
  line: number;
  column: string | null;
  content: RecordContent;
  word: string;
  sealedRow: Buffer | null;
  state: QuarantineState;
  quarantinedAt: string;
  decidedAt: string | null;
  decidedBy: string | null;
  reason: string | null;
}

/** A page of the queue, with one more where there is a next one. */
export interface QueuePage {
  state: QuarantineState;
  first: number;
  after: string | null;
}

const COLUMNS = `id, ordinal::text, batch_id as "batchId", line, column_name as "column", content, word, sealed_row as "sealedRow", state,
  quarantined_at as "quarantinedAt", decided_at as "decidedAt", decided_by as "decidedBy", reason`;

/** Characters shown on either side of the word. */
const AROUND = 15;

/**
 * Rows whose free text may carry what must not be collected, until a person has decided [SH-14]. They lie here sealed, in no agency's
 * database; once decided the row itself is gone from here.
 */
export class Quarantine {
  readonly #pool: pg.Pool;
  readonly #sealer: Sealer;

  constructor(pool: pg.Pool, sealer: Sealer) {
    this.#pool = pool;
    this.#sealer = sealer;
  }

  async add(batch: string, rows: readonly QuarantinedRow[]): Promise<void> {
    await this.#pool.query({
      name: 'add_quarantined',
      text: `insert into quarantined (id, batch_id, line, column_name, content, word, sealed_row)
        select id, $1, line, column_name, content, word, sealed_row
        from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::bytea[])
          with ordinality as q(id, line, column_name, content, word, sealed_row, ord) order by ord`,
      values: [
        batch,
        rows.map(() => randomUUID()),
        rows.map((r) => r.line),
        rows.map((r) => r.column),
        rows.map((r) => r.content),
        rows.map((r) => r.word),
        rows.map((r) => this.#sealer.seal(JSON.stringify(r.cells), batch)),
      ],
    });
  }

  async page({ state, first, after }: QueuePage): Promise<QuarantineEntry[]> {
    const { rows } = await this.#pool.query<QuarantineEntry>({
      name: 'quarantine_page',
      text: `select ${COLUMNS} from quarantined where state = $1 and ordinal > $2 order by ordinal limit $3`,
      values: [state, after ?? '0', first + 1],
    });
    return rows;
  }

  async count(state: QuarantineState): Promise<number> {
    const { rows } = await this.#pool.query<{ n: number }>(
      'select count(*)::int as n from quarantined where state = $1',
      [state],
    );
    return rows[0]?.n ?? 0;
  }

  /**
   * Takes a pending row in hand, does the work of the decision, and marks it decided; what fails leaves it pending. Two who decide at once
   * wait for each other.
   * @returns what became of it; null where there is no such row; the row as it stands where it was decided before.
   */
  async decide(
    id: string,
    decision: { state: 'RELEASED' | 'REFUSED'; by: string; reason: string },
    work: (entry: QuarantineEntry, cells: readonly string[]) => Promise<void>,
  ): Promise<{ decided: boolean; entry: QuarantineEntry } | null> {
    return inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<QuarantineEntry>(
        `select ${COLUMNS} from quarantined where id = $1 for update`,
        [id],
      );
      const [entry] = rows;
      if (!entry) return null;
      if (entry.state !== 'PENDING') return { decided: false, entry };
      await work(entry, this.cells(entry));
      const done = await client.query<QuarantineEntry>(
        `update quarantined set state = $2, decided_at = now(), decided_by = $3, reason = $4, sealed_row = null
         where id = $1 returning ${COLUMNS}`,
        [id, decision.state, decision.by, decision.reason],
      );
      return { decided: true, entry: done.rows[0] as QuarantineEntry };
    });
  }

  cells({ sealedRow, batchId }: QuarantineEntry): string[] {
    return sealedRow ? (JSON.parse(this.#sealer.open(sealedRow, batchId)) as string[]) : [];
  }

  /** The words around the one that was met; the word alone once the row is gone. */
  excerpt(entry: QuarantineEntry): string {
    const text = this.cells(entry).find((cell) => cell.toLowerCase().includes(entry.word));
    if (text === undefined) return entry.word;
    const at = text.toLowerCase().indexOf(entry.word);
    return quoted(text.slice(Math.max(0, at - AROUND), at + entry.word.length + AROUND));
  }
}
