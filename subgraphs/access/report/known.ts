import type pg from 'pg';
import { firstOf } from './calendar.ts';
import { type Figures, figuresOf, textOf } from './figures.ts';

interface Known extends Figures {
  revision: number;
  ground: string;
}

/**
 * What months that are over come to: in the process, and in `journal_month_figures` for processes that start later. It holds for one revision of
 * the month and one ground; under any other it is not known.
 */
export class KnownMonths {
  readonly #pool: pg.Pool;
  readonly #part: string;
  readonly #known = new Map<string, Known>();

  /** @param part table of the sums that it is of. */
  constructor(pool: pg.Pool, part: string) {
    this.#pool = pool;
    this.#part = part;
  }

  of(month: string, revision: number | undefined, ground: string): Figures | null {
    const one = this.#known.get(month);
    return one?.revision === revision && one?.ground === ground ? one : null;
  }

  /** Of these months what was worked out before, by whichever process. */
  async read(months: readonly string[], ground: string): Promise<void> {
    if (months.length === 0) return;
    const { rows } = await this.#pool.query<{ month: string; revision: number; figures: string }>(
      `select to_char(month, 'YYYY-MM') as month, revision::float8 as revision, figures
       from journal_month_figures where part = $1 and ground = $2 and month = any($3::date[])`,
      [this.#part, ground, months.map(firstOf)],
    );
    for (const { month, revision, figures } of rows)
      this.#known.set(month, { ...(await figuresOf(figures)), revision, ground });
  }

  async write(month: string, figures: Figures, revision: number, ground: string): Promise<void> {
    this.#known.set(month, { ...figures, revision, ground });
    await this.#pool.query(
      `insert into journal_month_figures (part, month, revision, ground, figures) values ($1, $2, $3, $4, $5)
       on conflict (part, month) do update set revision = excluded.revision, ground = excluded.ground, figures = excluded.figures
       where journal_month_figures.revision <= excluded.revision`,
      [this.#part, firstOf(month), revision, ground, textOf(figures)],
    );
  }
}
