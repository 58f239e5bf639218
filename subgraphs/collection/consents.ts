import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { RecordContent } from '../../policy/contents.ts';
import type { ConsentFile } from '../../records/import/consent.ts';

/** A consent as its table has it. */
export interface ConsentRow {
  id: string;
  provider: string;
  contents: RecordContent[];
  validFrom: string;
  validUntil: string;
  withdrawnAt: string | null;
}

export interface NewConsent {
  subjectId: string;
  provider: string;
  contents: readonly RecordContent[];
  documentDigest: string;
  validFrom: string;
  validUntil: string;
  recordedBy: string;
}

const COLUMNS = `id, provider, contents, valid_from as "validFrom", valid_until as "validUntil", withdrawn_at as "withdrawnAt"`;

/** Written consents of natural persons (书面同意) that their information is collected [ZD-17]. */
export class Consents implements ConsentFile {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async given(
    subjects: readonly string[],
    content: RecordContent,
    provider: string,
    day: string,
  ): Promise<ReadonlySet<string>> {
    if (subjects.length === 0) return new Set();
    const { rows } = await this.#pool.query<{ id: string }>({
      name: 'consents_given',
      text: `select distinct subject_id as id from consent
        where subject_id = any($1::uuid[]) and provider = $2 and $3 = any(contents)
          and $4::date between valid_from and valid_until and withdrawn_at is null`,
      values: [subjects, provider, content, day],
    });
    return new Set(rows.map(({ id }) => id));
  }

  async record(consent: NewConsent): Promise<ConsentRow> {
    const { rows } = await this.#pool.query<ConsentRow>(
      `insert into consent (id, subject_id, provider, contents, document_digest, valid_from, valid_until, recorded_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${COLUMNS}`,
      [
        randomUUID(),
        consent.subjectId,
        consent.provider,
        consent.contents,
        consent.documentDigest,
        consent.validFrom,
        consent.validUntil,
        consent.recordedBy,
      ],
    );
    return rows[0] as ConsentRow;
  }

  /** @param provider whose consent it has to be; null: anyone's. @returns null where there is none such. */
  async withdraw(id: string, provider: string | null): Promise<ConsentRow | null> {
    const { rows } = await this.#pool.query<ConsentRow>(
      `update consent set withdrawn_at = coalesce(withdrawn_at, now())
       where id = $1 and ($2::text is null or provider = $2) returning ${COLUMNS}`,
      [id, provider],
    );
    return rows[0] ?? null;
  }
}
