import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import { CODE_MINUTES, MAX_TRIES, hashOf, matches } from './oneTimeCode.ts';
import { type OwnKey, type OwnPage, ownPages } from './ownPages.ts';

export type Method = 'ONLINE' | 'WRITTEN' | 'SMS';

export interface AuthorizationRow {
  seq: string;
  id: string;
  subject: string;
  grantee: string;
  categories: string[];
  matter: string | null;
  purpose: string | null;
  validFrom: string;
  validUntil: string;
  uses: number | null;
  used: number;
  method: Method;
  grantedAt: string;
  /** 统一社会信用代码 of the unit that registered it; null: the subject itself. */
  grantedBy: string | null;
  confirmedAt: string | null;
  revokedAt: string | null;
}

export type NewAuthorization = Pick<
  AuthorizationRow,
  | 'subject'
  | 'grantee'
  | 'categories'
  | 'matter'
  | 'purpose'
  | 'validFrom'
  | 'validUntil'
  | 'uses'
  | 'method'
  | 'grantedBy'
> & { documentDigest: string | null; phone: string | null; code: string | null };

/** Whose authorizations somebody may see and change: the subject's own, those granted to a unit, or all. */
export type Holder = { subject: string } | { grantee: string } | 'center';

const COLUMNS = `seq, id, subject_id as subject, grantee, categories, matter, purpose, valid_from as "validFrom", valid_until as "validUntil",
  uses, used, method, granted_at as "grantedAt", granted_by as "grantedBy", confirmed_at as "confirmedAt", revoked_at as "revokedAt"`;

/** What limits a statement to a holder's own, with its first parameter; a text for each kind of holder, so that each has its index. */
function heldBy(holder: Holder): { where: string; own: string | null } {
  if (holder === 'center') return { where: '$1::text is null', own: null };
  if ('subject' in holder) return { where: 'subject_id = $1::uuid', own: holder.subject };
  return { where: 'grantee = $1', own: holder.grantee };
}

/** Codes sent in an hour on behalf of one subject: a new code is five more tries, and a message to somebody. */
const MAX_CODES_AN_HOUR = 5;

/**
 * One use, counted where the row is locked: of any number that come at once, no more get through than there are uses. The row is not to be
 * had unless everything holds at this moment, the grantee's own standing included.
 */
const USE = `
update subject_authorization a set used = used + 1
where id = $1 and grantee = $2 and confirmed_at is not null and revoked_at is null
  and $4::date between valid_from and valid_until
  and (uses is null or used < uses)
  and (matter is null or matter = $3)
  and not exists (select from withdrawn_grantee w where w.unit = a.grantee and w.restored_at is null)
returning ${COLUMNS}`;

/** Subjects' authorizations [SH-20, NT-22]. */
export class Authorizations {
  readonly #pool: pg.Pool;
  readonly #own: (key: OwnKey) => Promise<OwnPage<AuthorizationRow>>;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    this.#own = ownPages(pool, 'own_authorizations', {
      columns: COLUMNS,
      from: 'subject_authorization r',
      isOwn: 'r.subject_id = k.subject_id',
    });
  }

  /** With a one-time code it waits to be confirmed; without one it holds at once. Null: too many codes were sent for this subject. */
  async grant(given: NewAuthorization): Promise<AuthorizationRow | null> {
    const { code, subject } = given;
    const codeHash = code === null ? null : await hashOf(code);
    return inTransaction(this.#pool, async (client) => {
      if (code !== null && (await isOverdone(client, subject))) return null;
      return insert(client, given, codeHash);
    });
  }

  /** Null: the code is wrong or too old, was tried too often, or nothing waits for it. Every try is counted before the code is looked at. */
  async confirm(id: string, code: string, holder: Holder): Promise<AuthorizationRow | null> {
    const { where, own } = heldBy(holder);
    const { rows: waiting } = await this.#pool.query<{ hash: string }>(
      `update subject_authorization set tries = tries + 1
       where ${where} and id = $2 and confirmed_at is null and revoked_at is null and code_expires_at > now() and tries < ${MAX_TRIES}
       returning code_hash as hash`,
      [own, id],
    );
    const hash = waiting[0]?.hash;
    if (hash === undefined || !(await matches(code, hash))) return null;
    const { rows } = await this.#pool.query<AuthorizationRow>(
      `update subject_authorization set confirmed_at = now() where id = $1 and confirmed_at is null and revoked_at is null
       returning ${COLUMNS}`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** Null: there is none. The first revocation stands. */
  async revoke(id: string, holder: Holder): Promise<AuthorizationRow | null> {
    const { where, own } = heldBy(holder);
    const { rows } = await this.#pool.query<AuthorizationRow>(
      `update subject_authorization set revoked_at = coalesce(revoked_at, now()) where ${where} and id = $2 returning ${COLUMNS}`,
      [own, id],
    );
    return rows[0] ?? null;
  }

  /** Takes one use of it, durably. Null: it gives nothing to this grantee, for this matter, today. */
  async use(id: string, grantee: string, matter: string, today: string): Promise<AuthorizationRow | null> {
    const { rows } = await this.#pool.query<AuthorizationRow>(USE, [id, grantee, matter, today]);
    return rows[0] ?? null;
  }

  /** Newest first. */
  async page(holder: Holder, before: string | null, size: number): Promise<AuthorizationRow[]> {
    if (holder !== 'center' && 'subject' in holder)
      return (await this.#own({ ...holder, before, size, counted: false })).rows;
    const { where, own } = heldBy(holder);
    const { rows } = await this.#pool.query<AuthorizationRow>(
      `select ${COLUMNS} from subject_authorization where ${where} and seq < coalesce($2::bigint, 9223372036854775807) order by seq desc limit $3`,
      [own, before, size],
    );
    return rows;
  }

  async count(holder: Holder): Promise<number> {
    if (holder !== 'center' && 'subject' in holder)
      return (await this.#own({ ...holder, before: null, size: 0, counted: true })).count;
    const { where, own } = heldBy(holder);
    const { rows } = await this.#pool.query<{ n: number }>(
      `select count(*)::int as n from subject_authorization where ${where}`,
      [own],
    );
    return rows[0]?.n ?? 0;
  }
}

/** Counted under a lock on the subject, so that requests at once are counted one after the other. */
async function isOverdone(client: pg.PoolClient, subject: string): Promise<boolean> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [subject]);
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from subject_authorization
     where subject_id = $1 and method = 'SMS' and granted_at > now() - interval '1 hour'`,
    [subject],
  );
  return (rows[0]?.n ?? 0) >= MAX_CODES_AN_HOUR;
}

async function insert(
  client: pg.PoolClient,
  given: NewAuthorization,
  codeHash: string | null,
): Promise<AuthorizationRow> {
  const { rows } = await client.query<AuthorizationRow>(
    `insert into subject_authorization (id, subject_id, grantee, categories, matter, purpose, valid_from, valid_until, uses, method,
       document_digest, phone, granted_by, code_hash, code_expires_at, confirmed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
       case when $14::text is not null then now() + interval '${CODE_MINUTES} minutes' end, case when $14::text is null then now() end)
     returning ${COLUMNS}`,
    [
      randomUUID(),
      given.subject,
      given.grantee,
      given.categories,
      given.matter,
      given.purpose,
      given.validFrom,
      given.validUntil,
      given.uses,
      given.method,
      given.documentDigest,
      given.phone,
      given.grantedBy,
      codeHash,
    ],
  );
  return rows[0] as AuthorizationRow;
}
