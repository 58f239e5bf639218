import type pg from 'pg';
import { amendmentOf } from './amendment.ts';
import type { Amended, Amendment } from '../delivery.ts';
import { type RecordKind } from '../kind.ts';
import { PUBLICITY, hasPublicity } from '../publicity.ts';
import type { Followers } from './followers.ts';
import type { RecordKey } from './facts.ts';
import type { Change, Order, OrderAction } from './order.ts';

export interface AgencyOrderParts {
  kinds: readonly RecordKind[];
  /** Corrections and revocations, in a transaction under way. */
  amend: (client: pg.PoolClient, amendment: Amendment) => Promise<Amended>;
  followers: Followers;
  /** What comes in place of a mark that has gone, in the same transaction. @returns whether the record is marked again. */
  unmarked?: (client: pg.PoolClient, recordType: string, key: RecordKey) => Promise<boolean>;
}

/** 公示截止期 as the unit stated it. */
const statedPublicity = (kind: RecordKind): string =>
  hasPublicity(kind) ? (kind.columns.find((c) => c.field === PUBLICITY)?.column ?? 'null') : 'null::date';

interface Statement {
  set: string;
  values: unknown[];
  change: Change | null;
}

/** What an order changes in the record's row; `$1` and `$2` are its key. */
function statementOf(kind: RecordKind, action: OrderAction): Statement | null {
  switch (action.kind) {
    case 'MARK':
      return { set: 'dispute = $3::jsonb', values: [JSON.stringify(action.dispute)], change: 'DISPUTED' };
    case 'UNMARK':
      return { set: 'dispute = null', values: [], change: 'UNDISPUTED' };
    case 'WITHHOLD':
      return {
        set: `public_until = least(${statedPublicity(kind)}, $3::date)`,
        values: [action.after],
        change: null,
      };
    case 'LIFT':
      return { set: `public_until = ${statedPublicity(kind)}`, values: [], change: null };
    case 'HIDE_AFTER':
      return { set: 'visible_until = least(visible_until, $3::date)', values: [action.after], change: null };
    case 'ARCHIVE':
      return {
        set: 'archived_at = coalesce(archived_at, now()), dispute = null',
        values: [],
        change: action.because,
      };
    default:
      return null;
  }
}

/**
 * How an agency carries out orders about its records: marks, withholding from the public, correction, revocation, archive. Whoever
 * follows the record is told in the same transaction. The version before an archived one is kept with who ordered it and why.
 */
export function agencyOrders({ kinds, amend, followers, unmarked }: AgencyOrderParts) {
  const byType = new Map(kinds.map((kind) => [kind.type, kind]));
  return async (client: pg.PoolClient, order: Order): Promise<string> => {
    const { recordType, subjectId, recordId, action } = order;
    const kind = byType.get(recordType);
    if (!kind) return `no records of type ${recordType} are kept here`;
    const amendment = amendmentOf(order);
    if (amendment) {
      const { outcome } = await amend(client, amendment);
      return outcome === 'AMENDED' ? 'DONE' : outcome;
    }
    const statement = statementOf(kind, action);
    if (!statement) return `an agency does not carry out ${action.kind}`;
    const key = [subjectId, recordId];
    if (action.kind === 'ARCHIVE') {
      await client.query(
        `insert into record_version (subject_id, id, revision, record_type, content, reason, by_unit)
         select subject_id, id, revision, '${kind.type}', to_jsonb(r), $3, $4 from ${kind.table} r
         where subject_id = $1 and id = $2 and revoked_at is null and archived_at is null
         on conflict (subject_id, id, revision) do nothing`,
        [...key, action.reason, action.by],
      );
    }
    const { rowCount } = await client.query(
      `update ${kind.table} set ${statement.set} where subject_id = $1 and id = $2 and revoked_at is null`,
      [...key, ...statement.values],
    );
    if (!rowCount) return 'ABSENT';
    const record = { subjectId, id: recordId };
    const isMarkedAgain = action.kind === 'UNMARK' && (await unmarked?.(client, recordType, record));
    const change = isMarkedAgain ? 'DISPUTED' : statement.change;
    if (change) await followers.tell(client, kind, [record], change);
    return 'DONE';
  };
}
