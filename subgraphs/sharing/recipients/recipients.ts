import type pg from 'pg';
import type { RecordClass } from '../../../policy/terms.ts';

/** A unit that is given changes, and of which records. */
export interface RecipientRow {
  unit: string;
  /** Division codes; what is under each is among it. */
  jurisdictions: string[];
  /** Null: all. */
  classes: RecordClass[] | null;
  /** 事项编码; null: all. */
  items: string[] | null;
  /** As the database gives it. */
  recordedAt: string;
  withdrawnAt: string | null;
}

const COLUMNS = `unit, jurisdictions, classes, items, recorded_at as "recordedAt", withdrawn_at as "withdrawnAt"`;

export class Recipients {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** In the place of what was recorded before. */
  async record(
    given: Pick<RecipientRow, 'unit' | 'jurisdictions' | 'classes' | 'items'>,
    by: string,
  ): Promise<RecipientRow> {
    const { rows } = await this.#pool.query<RecipientRow>(
      `insert into recipient (unit, jurisdictions, classes, items, recorded_by) values ($1, $2, $3, $4, $5)
       on conflict (unit) do update set jurisdictions = excluded.jurisdictions, classes = excluded.classes, items = excluded.items,
         recorded_by = excluded.recorded_by, recorded_at = now(), withdrawn_at = null
       returning ${COLUMNS}`,
      [given.unit, given.jurisdictions, given.classes, given.items, by],
    );
    return rows[0] as RecipientRow;
  }

  /** Null: there is none. Repeating it changes nothing. */
  async withdraw(unit: string): Promise<RecipientRow | null> {
    const { rows } = await this.#pool.query<RecipientRow>(
      `update recipient set withdrawn_at = coalesce(withdrawn_at, now()) where unit = $1 returning ${COLUMNS}`,
      [unit],
    );
    return rows[0] ?? null;
  }

  /** Null where the unit is given none, or no longer. */
  async of(unit: string): Promise<RecipientRow | null> {
    const { rows } = await this.#pool.query<RecipientRow>(
      `select ${COLUMNS} from recipient where unit = $1 and withdrawn_at is null`,
      [unit],
    );
    return rows[0] ?? null;
  }

  /** By unit, from the one after `after`. */
  async page(after: string | null, size: number): Promise<RecipientRow[]> {
    const { rows } = await this.#pool.query<RecipientRow>(
      `select ${COLUMNS} from recipient where $1::text is null or unit > $1 order by unit limit $2`,
      [after, size],
    );
    return rows;
  }

  async count(): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      'select count(*)::int as count from recipient',
    );
    return rows[0]?.count ?? 0;
  }
}
