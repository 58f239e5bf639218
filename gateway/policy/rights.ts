import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { refusal } from '../../records/errors.ts';
import { Following } from '../../records/following.ts';
import type { Grant } from '../../records/grant.ts';
import type { RightsData } from '../../records/rights.ts';
import { unavailable } from '../errors.ts';
import type { Transport } from '../federation/transport.ts';
import type { Caller } from '../identity/caller.ts';
import type { Purpose } from './purpose.ts';

interface Account {
  /** Null: none was ever granted. */
  matters: ReadonlySet<string> | null;
  suspended: boolean;
}

/** Officers' accounts and withdrawn units, in memory: no request waits for a statement to know whether its caller still may ask. */
export class Rights {
  readonly revision: number;
  readonly #accounts = new Map<string, Map<string, Account>>();
  /** Units that have registered an account: their officers use what they were granted, and nothing else. */
  readonly #keeping = new Set<string>();
  readonly #withdrawn: ReadonlySet<string>;

  constructor({ revision, accounts, withdrawn }: RightsData) {
    this.revision = revision;
    this.#withdrawn = new Set(withdrawn);
    for (const [unit, officer, matters, suspended] of accounts) {
      const ofUnit = this.#accounts.get(unit) ?? new Map<string, Account>();
      this.#accounts.set(unit, ofUnit);
      ofUnit.set(officer, { matters: matters && new Set(matters), suspended });
      if (matters) this.#keeping.add(unit);
    }
  }

  isWithdrawn(unit: string): boolean {
    return this.#withdrawn.has(unit);
  }

  /** 统一社会信用代码 of all whose access was withdrawn. */
  withdrawn(): string[] {
    return [...this.#withdrawn];
  }

  isSuspended(unit: string, officer: string): boolean {
    return this.#accounts.get(unit)?.get(officer)?.suspended ?? false;
  }

  mayUse(unit: string, officer: string, matter: string): boolean {
    return (
      !this.#keeping.has(unit) || (this.#accounts.get(unit)?.get(officer)?.matters?.has(matter) ?? false)
    );
  }
}

const RIGHTS = 'query Rights($since: Float!) { _rights(since: $since) }';

/** A grant of nobody's, for what only the gateway asks of the access subgraph. */
export const gatewayGrant = (today: string): Grant => ({
  scope: { kind: 'REFERENCE' },
  today,
  caller: { role: null, unit: null, subject: null },
});

export interface RightsOptions {
  access: Transport;
  today: () => string;
  leaseSeconds: number;
  log: Logger;
}

/** Follows accounts and withdrawals as the catalogue is followed: in force within a second, closed when nothing was heard for the lease. */
export const rightsFollower = ({ access, today, leaseSeconds, log }: RightsOptions): Following<Rights> =>
  new Following<Rights>({
    what: 'access',
    ask: async (last) => {
      const variables = { since: last?.revision ?? -1 };
      const { data, errors } = await access.ask(RIGHTS, variables, 'Rights', gatewayGrant(today()));
      if (!data || errors?.length) throw errors?.[0] ?? new Error('access gave no answer');
      const changed = data['_rights'] as RightsData | null;
      return changed && new Rights(changed);
    },
    leaseSeconds,
    log,
  });

/**
 * Why nothing at all is answered to a caller: its unit's access was withdrawn [SH-34], its account is suspended [SP-account], or nobody
 * knows whether they are. Tokens last for hours, so this is asked of every request, whatever it asks for.
 */
export function barred(caller: Caller, rights: Rights | null): GraphQLError | null {
  if (caller.role === null) return null;
  if (!rights) return unavailable('access');
  const { unit, id } = caller;
  if (unit === null || id === null) return null;
  if (rights.isWithdrawn(unit))
    return refusal('FORBIDDEN', {
      zh: '本单位的查询权限已被取消',
      en: 'the access of this unit was withdrawn',
    });
  if (rights.isSuspended(unit, id))
    return refusal('FORBIDDEN', { zh: '账户已停用', en: 'this account is suspended' });
  return null;
}

/** @throws PURPOSE_NOT_ALLOWED for a matter that the officer's unit has not granted it, once the unit keeps accounts [SP-account]. */
export function refuseUngranted({ unit, id }: Caller, purpose: Purpose | null, rights: Rights | null): void {
  if (!purpose || unit === null || id === null || rights?.mayUse(unit, id, purpose.matter)) return;
  throw refusal('PURPOSE_NOT_ALLOWED', {
    zh: `本单位未将应用事项「${purpose.matter}」授予该账户`,
    en: `this unit has not granted the matter "${purpose.matter}" to this account`,
  });
}
