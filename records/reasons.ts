import type pg from 'pg';
import type { SubgraphContext } from './context.ts';
import { refusal } from './errors.ts';
import type { RecordKind } from './kind.ts';
import { disclosed } from './read.ts';
import { SELF_SCOPE } from './grant.ts';

/** 变动理由: why a version of a record gave way to the next. */
export interface ChangeReason {
  /** Id of the record. */
  record: string;
  at: string;
  /** 更正理由; null: renewed. */
  reason: string | null;
  /** 统一社会信用代码 of the unit; null: not known. */
  unit: string | null;
}

/** Changes of one subject at most: the oldest. */
const MOST = 5_000;

/**
 * Why the subject's records changed [SR-29b], for the subject itself: of those that are disclosed to it on the day. What a record was before
 * stays closed. The filter is that of the lists: k is the key.
 */
const reasonsSql = (kinds: readonly RecordKind[]): string => `
select v.id as record, v.superseded_at as at, v.reason, v.by_unit as unit
from (select $1::uuid as subject_id, ${SELF_SCOPE} as scope, $2::date as today) k
join record_version v on v.subject_id = k.subject_id
where ${kinds
  .map(
    (kind) =>
      `exists (select from ${kind.table} r where r.subject_id = v.subject_id and r.id = v.id and ${disclosed('k.today')})`,
  )
  .join('\n or ')}
order by v.superseded_at, v.id, v.revision
limit ${MOST}`;

export function reasonsReader(
  pool: pg.Pool,
  kinds: readonly RecordKind[],
): (subject: string, context: SubgraphContext) => Promise<ChangeReason[]> {
  const text = reasonsSql(kinds);
  return async (subject, { grant: { scope, today } }) => {
    if (scope.kind !== 'SELF' || scope.subject !== subject)
      throw refusal('FORBIDDEN', {
        zh: '变动理由仅供信息主体本人',
        en: 'why records changed is for the subject itself',
      });
    const { rows } = await pool.query<ChangeReason>({
      name: 'change_reasons',
      text,
      values: [subject, today],
    });
    return rows;
  };
}
