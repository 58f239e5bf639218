import type pg from 'pg';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import type { RightsData } from '../../records/rights.ts';

export interface AccountRow {
  unit: string;
  officer: string;
  /** Null: none was ever granted; the account is only known as suspended. */
  matters: string[] | null;
  suspendedAt: string | null;
  changedAt: string;
}

/** A unit whose access the center ended. */
export interface GranteeRow {
  unit: string;
  reason: string;
  withdrawnAt: string;
  /** Null while it is withdrawn. */
  restoredAt: string | null;
}

const GRANTEE = 'unit, reason, withdrawn_at as "withdrawnAt", restored_at as "restoredAt"';
const COLUMNS = `unit, officer, matters, suspended_at as "suspendedAt", changed_at as "changedAt"`;

/** Every change counts up by one, in its own transaction: the row's lock puts changes in a line. */
const CHANGED = 'update rights_revision set revision = revision + 1 where id = 1';

const RIGHTS = `select revision,
  coalesce((select json_agg(json_build_array(unit, officer, matters, suspended_at is not null)) from officer_account), '[]') as accounts,
  coalesce((select json_agg(unit) from withdrawn_grantee where restored_at is null), '[]') as withdrawn
  from rights_revision where revision > $1`;

/** Officers' accounts [SP-account], and units whose access the center ended [SH-34]: what gateways follow. */
export class Accounts {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Null: nothing changed since that revision. One statement, so that it is of one moment. */
  async rights(since: number): Promise<RightsData | null> {
    const { rows } = await this.#pool.query<Omit<RightsData, 'revision'> & { revision: string }>({
      name: 'rights',
      text: RIGHTS,
      values: [since],
    });
    const [found] = rows;
    return found ? { ...found, revision: Number(found.revision) } : null;
  }

  grant(unit: string, officer: string, matters: readonly string[], by: string): Promise<AccountRow> {
    return this.#change<AccountRow>(
      `insert into officer_account (unit, officer, matters, changed_by) values ($1, $2, $3, $4)
       on conflict (unit, officer) do update set matters = excluded.matters, changed_at = now(), changed_by = excluded.changed_by
       returning ${COLUMNS}`,
      [unit, officer, matters, by],
    ) as Promise<AccountRow>;
  }

  /** Also of an account that was never granted anything: a stolen token must stop whether or not its unit keeps accounts. */
  suspend(unit: string, officer: string, by: string): Promise<AccountRow> {
    return this.#change<AccountRow>(
      `insert into officer_account (unit, officer, suspended_at, changed_by) values ($1, $2, now(), $3)
       on conflict (unit, officer) do update
         set suspended_at = coalesce(officer_account.suspended_at, now()), changed_at = now(), changed_by = excluded.changed_by
       returning ${COLUMNS}`,
      [unit, officer, by],
    ) as Promise<AccountRow>;
  }

  /** Null: there is no such account. */
  restore(unit: string, officer: string, by: string): Promise<AccountRow | null> {
    return this.#change(
      `update officer_account set suspended_at = null, changed_at = now(), changed_by = $3 where unit = $1 and officer = $2
       returning ${COLUMNS}`,
      [unit, officer, by],
    );
  }

  /** In order of unit and account. @param unit null: of all units. */
  async page(
    unit: string | null,
    after: readonly [string, string] | null,
    size: number,
  ): Promise<AccountRow[]> {
    const { rows } = await this.#pool.query<AccountRow>({
      name: 'accounts',
      text: `select ${COLUMNS} from officer_account
        where ($1::text is null or unit = $1) and ($2::text is null or (unit, officer) > ($2, $3))
        order by unit, officer limit $4`,
      values: [unit, after?.[0] ?? null, after?.[1] ?? null, size],
    });
    return rows;
  }

  async count(unit: string | null): Promise<number> {
    const { rows } = await this.#pool.query<{ n: number }>(
      'select count(*)::int as n from officer_account where $1::text is null or unit = $1',
      [unit],
    );
    return rows[0]?.n ?? 0;
  }

  /** Ends all access of a unit at once [SH-34]. */
  withdraw(unit: string, reason: string, by: string): Promise<GranteeRow> {
    return this.#change<GranteeRow>(
      `insert into withdrawn_grantee (unit, reason, withdrawn_by) values ($1, $2, $3)
       on conflict (unit) do update
         set reason = excluded.reason, withdrawn_by = excluded.withdrawn_by, withdrawn_at = now(), restored_at = null
       returning ${GRANTEE}`,
      [unit, reason, by],
    ) as Promise<GranteeRow>;
  }

  /** Null: it is not withdrawn. */
  reinstate(unit: string): Promise<GranteeRow | null> {
    return this.#change(
      `update withdrawn_grantee set restored_at = now() where unit = $1 and restored_at is null returning ${GRANTEE}`,
      [unit],
    );
  }

  #change<Row>(text: string, values: unknown[]): Promise<Row | null> {
    return inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query(text, values);
      await client.query(CHANGED);
      return (rows[0] as Row | undefined) ?? null;
    });
  }
}
