import type pg from 'pg';
import type { Sealer } from '../../../platform/crypto/seal.ts';
import { refusal } from '../../../records/errors.ts';
import { type EvidenceFile, type StoredEvidence, evidenceOwner } from '../../../records/evidence.ts';
import type { Grant } from '../../../records/grant.ts';
import { sealedAs } from './entity.ts';

/** Bytes that one subject may give in a day: nobody fills the disk with what no case refers to. */
const MOST_A_DAY = 200 * 1024 * 1024;

interface Row {
  size: number;
  sealedName: Buffer | null;
}

/** 证明材料: files by digest and owner, sealed. */
export class EvidenceFiles {
  readonly #pool: pg.Pool;
  readonly #sealer: Sealer;

  constructor(pool: pg.Pool, sealer: Sealer) {
    this.#pool = pool;
    this.#sealer = sealer;
  }

  /**
   * Which of these one of the owners gave.
   * @param owners subjects' pseudonymous ids and units' codes
   */
  async held(digests: readonly string[], owners: readonly string[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.#pool.query<{ digest: string }>(
      'select distinct digest from evidence where digest = any($1::text[]) and owner = any($2::text[])',
      [digests, owners],
    );
    return new Set(rows.map(({ digest }) => digest));
  }

  /** The file as one of them gave it. */
  async content(
    digest: string,
    owners: readonly string[],
  ): Promise<{ content: Buffer; name: string | null } | null> {
    const { rows } = await this.#pool.query<Row & { owner: string; content: Buffer }>(
      'select owner, size, sealed_name as "sealedName", content from evidence where digest = $1 and owner = any($2::text[]) limit 1',
      [digest, owners],
    );
    const [row] = rows;
    if (!row) return null;
    const content = this.#sealer.openBytes(row.content, sealedAs(digest, row.owner));
    return { content, name: this.#nameOf(row, digest, row.owner) };
  }

  /** @throws FORBIDDEN, RATE_LIMITED */
  async put(grant: Grant, { digest, content, contentType, name }: EvidenceFile): Promise<StoredEvidence> {
    const owner = evidenceOwner(grant);
    const known = await this.#stored(digest, owner);
    if (known) return known;
    if (grant.caller.role === 'subject') await this.#refuseTooMuch(owner, content.length);
    const context = sealedAs(digest, owner);
    await this.#pool.query(
      `insert into evidence (digest, owner, size, content_type, sealed_name, content) values ($1, $2, $3, $4, $5, $6)
       on conflict (digest, owner) do nothing`,
      [
        digest,
        owner,
        content.length,
        contentType,
        name === null ? null : this.#sealer.seal(name, context),
        this.#sealer.seal(content, context),
      ],
    );
    return (await this.#stored(digest, owner)) as StoredEvidence;
  }

  async #stored(digest: string, owner: string): Promise<StoredEvidence | null> {
    const { rows } = await this.#pool.query<Row>(
      'select size, sealed_name as "sealedName" from evidence where digest = $1 and owner = $2',
      [digest, owner],
    );
    const [row] = rows;
    if (!row) return null;
    return { digest, size: row.size, name: this.#nameOf(row, digest, owner) };
  }

  #nameOf({ sealedName }: Row, digest: string, owner: string): string | null {
    return sealedName && this.#sealer.open(sealedName, sealedAs(digest, owner));
  }

  async #refuseTooMuch(owner: string, size: number): Promise<void> {
    const { rows } = await this.#pool.query<{ bytes: number }>(
      `select coalesce(sum(size), 0)::float8 as bytes from evidence where owner = $1 and stored_at > now() - interval '1 day'`,
      [owner],
    );
    if ((rows[0]?.bytes ?? 0) + size <= MOST_A_DAY) return;
    const most = MOST_A_DAY / 1024 / 1024;
    throw refusal('RATE_LIMITED', {
      zh: `一日内提交的材料至多 ${most} MB`,
      en: `at most ${most} MB of evidence a day`,
    });
  }
}
