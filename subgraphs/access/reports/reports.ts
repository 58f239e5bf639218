import type pg from 'pg';
import type { Sealer } from '../../../platform/crypto/seal.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { KeptReport, ReportToKeep, ReportVerdict } from '../../../records/creditReport.ts';

/**
 * Reports whose answer left: their entry stands in the journal, in this very database. So nothing has to be taken back where the answer could
 * not leave, and no crash leaves a report behind that was counted and never given out.
 */
export const GIVEN_OUT = `exists (select from journal_entry e where e.id = r.entry_id and e.outcome = 'ANSWERED')`;

/** For as long a report may still be on its way to its entry: it counts, so that two at once do not both become the last free one. */
const UNDER_WAY = `r.made_at > now() - interval '15 seconds'`;

/** Reports emptied by one statement. */
const ERASED_AT_ONCE = 1_000;

/** Reports as they were given out [SR-29b, JS-19, JS-20]. */
export class CreditReports {
  readonly #pool: pg.Pool;
  readonly #sealer: Sealer;

  constructor(pool: pg.Pool, sealer: Sealer) {
    this.#pool = pool;
    this.#sealer = sealer;
  }

  /**
   * Keeps a report under the entry that is going to tell of it.
   * @returns false where it was to be a free one, and the year's are made already: nothing is kept.
   */
  keep(report: ReportToKeep): Promise<boolean> {
    return inTransaction(this.#pool, async (client) => {
      const { free } = report;
      if (free) {
        // One after the other for each subject, whichever gateway asks.
        await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
          `credit_report ${report.subject}`,
        ]);
        const { rows } = await client.query<{ made: number }>(
          `select count(*)::int as made from credit_report r
           where r.subject_id = $1 and r.free_year = $2 and (${UNDER_WAY} or ${GIVEN_OUT})`,
          [report.subject, free.year],
        );
        if ((rows[0]?.made ?? 0) >= free.most) return false;
      }
      await client.query(
        `insert into credit_report (number, digest, kind, subject_id, unit, matter, authorization_id, agreed_purpose, series, made_on, entry_id,
           free_year, content, content_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
        [
          report.number,
          report.digest,
          report.kind,
          report.subject,
          report.unit,
          report.matter,
          report.authorization,
          report.agreedPurpose,
          report.series,
          report.madeOn,
          report.entry,
          free?.year ?? null,
          this.#sealer.seal(report.text, report.number),
          report.contentUntil,
        ],
      );
      return true;
    });
  }

  /** A report that may still be given out again on the day, or null. One made under an authorization: only while that holds. */
  async find(number: string, today: string): Promise<KeptReport | null> {
    const { rows } = await this.#pool.query<KeptReport & { content: Buffer }>({
      name: 'credit_report',
      text: `select r.number, r.digest, r.kind, r.subject_id as subject, r.unit, r.matter, r.authorization_id as "authorization",
          r.agreed_purpose as "agreedPurpose", r.content
        from credit_report r
        where r.number = $1 and r.content is not null and r.content_until >= $2::date and ${GIVEN_OUT}
          and (r.authorization_id is null or exists (select from subject_authorization a
            where a.id = r.authorization_id and a.revoked_at is null and $2::date between a.valid_from and a.valid_until))`,
      values: [number, today],
    });
    const [row] = rows;
    if (!row) return null;
    const { content, ...report } = row;
    return { ...report, text: this.#sealer.open(content, number) };
  }

  /** Whether number and digest belong together; null: they do not, or there is no such report. */
  async verify(number: string, digest: string): Promise<ReportVerdict | null> {
    const { rows } = await this.#pool.query<ReportVerdict>({
      name: 'verify_credit_report',
      text: `select r.kind, r.made_on::text as "madeOn",
          exists (select from credit_report l join journal_entry e on e.id = l.entry_id and e.outcome = 'ANSWERED'
            where l.series = r.series and l.seq > r.seq) as superseded
        from credit_report r where r.number = $1 and r.digest = $2 and ${GIVEN_OUT}`,
      values: [number, digest],
    });
    return rows[0] ?? null;
  }

  /** Erases contents past their day; number and digest stay. @returns how many. */
  async erase(today: string, signal?: AbortSignal): Promise<number> {
    let erased = 0;
    for (;;) {
      if (signal?.aborted) return erased;
      const { rowCount } = await this.#pool.query(
        `update credit_report set content = null where number = any(array(
           select number from credit_report where content is not null and content_until < $1::date limit ${ERASED_AT_ONCE}))`,
        [today],
      );
      erased += rowCount ?? 0;
      if ((rowCount ?? 0) < ERASED_AT_ONCE) return erased;
    }
  }
}
