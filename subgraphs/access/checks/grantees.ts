import type pg from 'pg';
import type { BatchAuthorization } from '../../../records/checks/batch.ts';

/** What a credit service agency needs besides its subjects' authorizations [ZD-29]; each with its last day. */
export interface GranteeStanding {
  unit: string;
  licence: string | null;
  licenceUntil: string | null;
  agreement: string | null;
  agreementUntil: string | null;
  approval: string | null;
  approvalUntil: string | null;
  recordedAt: string;
}

const COLUMNS = `unit, licence, licence_until as "licenceUntil", agreement, agreement_until as "agreementUntil", approval,
  approval_until as "approvalUntil", recorded_at as "recordedAt"`;

const AUTHORIZATION = 'id, subject_id as subject, categories, purpose, matter';

export class Grantees {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** In the place of what was recorded before. */
  async record(given: Omit<GranteeStanding, 'recordedAt'>, by: string): Promise<GranteeStanding> {
    const { rows } = await this.#pool.query<GranteeStanding>(
      `insert into grantee (unit, licence, licence_until, agreement, agreement_until, approval, approval_until, recorded_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (unit) do update set licence = excluded.licence, licence_until = excluded.licence_until, agreement = excluded.agreement,
         agreement_until = excluded.agreement_until, approval = excluded.approval, approval_until = excluded.approval_until,
         recorded_by = excluded.recorded_by, recorded_at = now()
       returning ${COLUMNS}`,
      [
        given.unit,
        given.licence,
        given.licenceUntil,
        given.agreement,
        given.agreementUntil,
        given.approval,
        given.approvalUntil,
        by,
      ],
    );
    return rows[0] as GranteeStanding;
  }

  async of(unit: string): Promise<GranteeStanding | null> {
    const { rows } = await this.#pool.query<GranteeStanding>(
      `select ${COLUMNS} from grantee where unit = $1`,
      [unit],
    );
    return rows[0] ?? null;
  }

  /** Of each subject an authorization for this unit and matter that holds on the day, or null. */
  async authorized(
    subjects: readonly string[],
    unit: string,
    matter: string,
    day: string,
  ): Promise<(BatchAuthorization | null)[]> {
    const { rows } = await this.#pool.query<BatchAuthorization>({
      name: 'batch_authorized',
      text: `select distinct on (subject_id) ${AUTHORIZATION} from subject_authorization
        where subject_id = any($1::uuid[]) and grantee = $2 and confirmed_at is not null and revoked_at is null
          and $4::date between valid_from and valid_until and (uses is null or used < uses) and (matter is null or matter = $3)
        order by subject_id, seq`,
      values: [subjects, unit, matter, day],
    });
    const found = new Map(rows.map((row) => [row.subject, row]));
    return subjects.map((subject) => found.get(subject) ?? null);
  }

  /** Which of these authorizations, used up or not, hold on the day: results that were found under another are shown no more. */
  async holding(ids: readonly string[], unit: string, day: string): Promise<BatchAuthorization[]> {
    const { rows } = await this.#pool.query<BatchAuthorization>({
      name: 'batch_holding',
      text: `select ${AUTHORIZATION} from subject_authorization
        where id = any($1::uuid[]) and grantee = $2 and confirmed_at is not null and revoked_at is null
          and $3::date between valid_from and valid_until`,
      values: [ids, unit, day],
    });
    return rows;
  }

  /** Counts one try of a caller at a subject; durable, and one count for all gateways. @returns how many there were that day, this one included. */
  async countTry(unit: string, officer: string, subject: string, day: string): Promise<number> {
    const { rows } = await this.#pool.query<{ tries: number }>({
      name: 'count_try',
      text: `insert into fact_try (unit, officer, subject_id, day, tries) values ($1, $2, $3, $4, 1)
        on conflict (unit, officer, subject_id, day) do update set tries = fact_try.tries + 1 returning tries`,
      values: [unit, officer, subject, day],
    });
    return rows[0]?.tries ?? 0;
  }

  /** Tries count for their day alone. */
  async forgetTries(today: string): Promise<void> {
    await this.#pool.query('delete from fact_try where day < $1::date', [today]);
  }
}
