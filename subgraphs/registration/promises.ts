import type pg from 'pg';
import { documentNumberKey } from '../../policy/documentNumbers.ts';
import { BROKEN, PROMISE_TYPES, TAKEN_BACK } from '../../policy/repair/promise.ts';
import type { BrokenPromise } from '../../records/delivery.ts';
import { gathering } from '../../records/gather.ts';
import { SELF_SCOPE } from '../../records/grant.ts';
import type { RecordKind } from '../../records/kind.ts';
import { readFacts } from '../../records/orders/facts.ts';
import { kinds } from './entities.ts';

const kindOf = (type: string): RecordKind => {
  const kind = kinds.find((one) => one.type === type);
  if (!kind) throw new Error(`no records of type ${type} are kept here`);
  return kind;
};

/** A breach of a promise that is on file and not repaired; `r` is its row. */
const BREACH = `r.archived_at is null and r.revoked_at is null and r.commitment_type ~ '${PROMISE_TYPES}' and r.fulfilment ~ '${BROKEN}'`;

interface Numbered {
  id: string;
  number: string | null;
}

/**
 * What a permit or a promise has to do with broken promises. A permit on a promise (告知承诺) and the promise carry the same document number
 * (文号) in the same jurisdiction; spellings of one number are one [NT-16].
 */
export function brokenPromises(pool: pg.Pool) {
  const facts = (type: string, subjectId: string, ids: readonly string[]) =>
    readFacts(
      pool,
      kindOf(type),
      ids.map((id) => ({ subjectId, id })),
    );

  return async (recordType: string, subjectId: string, id: string): Promise<BrokenPromise | null> => {
    if (recordType === 'Commitment') {
      const { rows } = await pool.query<Numbered>(
        `select r.id from commitment r where r.subject_id = $1 and r.id = $2 and ${BREACH}`,
        [subjectId, id],
      );
      return rows[0] ? { breaches: await facts(recordType, subjectId, [id]), takenBack: null } : null;
    }
    if (recordType !== 'Permit') return null;
    const { rows: permits } = await pool.query<Numbered & { jurisdiction: string; back: boolean }>(
      `select id, document_number as number, jurisdiction, coalesce(state ~ $3, false) as back from permit
       where subject_id = $1 and id = $2 and archived_at is null and revoked_at is null`,
      [subjectId, id, TAKEN_BACK],
    );
    const [permit] = permits;
    if (!permit) return null;
    const { rows: broken } = await pool.query<Numbered>(
      `select r.id, r.document_number as number from commitment r
       where r.subject_id = $1 and r.jurisdiction = $2 and r.document_number is not null and ${BREACH}`,
      [subjectId, permit.jurisdiction],
    );
    const key = permit.number === null ? null : documentNumberKey(permit.number);
    const linked = broken.filter(({ number }) => number !== null && documentNumberKey(number) === key);
    const [breaches, [takenBack = null]] = await Promise.all([
      facts(
        'Commitment',
        subjectId,
        linked.map((breach) => breach.id),
      ),
      facts('Permit', subjectId, permit.back ? [id] : []),
    ]);
    return { breaches, takenBack };
  };
}

/** Whose promises, under which scope, on which day, among which items. */
export interface PromiseKey {
  subjectId: string;
  scope: number;
  today: string;
  /** Numbers of the items of promises whose jurisdiction states the rule. */
  items: readonly number[];
  /** The district whose records alone count. */
  district?: string | undefined;
}

export interface Promises {
  /** Whether the scope opens any of the items: to whoever it opens none, nothing is said. */
  open: boolean;
  /** Items of the breaches that are not repaired. */
  broken: number[];
}

/** One statement for the keys of many requests. What is past its term is held against nobody [SR-30]. */
export const promiseReader = (pool: pg.Pool): ((key: PromiseKey) => Promise<Promises>) =>
  gathering(async (keys: readonly PromiseKey[]) => {
    const bound = keys.some(({ district }) => district !== undefined);
    const { rows } = await pool.query<Promises & { ord: number }>({
      name: bound ? 'promises_bound' : 'promises',
      text: `select k.ord::int as ord,
          k.scope = ${SELF_SCOPE} or exists (select from scope_item s where s.scope = k.scope and s.item_id = any(k.items::int[])) as open,
          array(select r.item_id from commitment r
            where r.subject_id = k.subject_id and r.item_id = any(k.items::int[]) and ${BREACH}
              and (r.visible_until is null or r.visible_until >= k.today)
              and (k.scope = ${SELF_SCOPE} or exists (select from scope_item s where s.scope = k.scope and s.item_id = r.item_id))${bound ? '\n              and (k.district is null or r.jurisdiction = k.district)' : ''}
            order by r.item_id) as broken
        from unnest($1::uuid[], $2::int[], $3::date[], $4::text[]${bound ? ', $5::text[]' : ''}) with ordinality as k(subject_id, scope, today, items, ${bound ? 'district, ' : ''}ord)`,
      values: [
        keys.map((k) => k.subjectId),
        keys.map((k) => k.scope),
        keys.map((k) => k.today),
        keys.map((k) => `{${k.items.join(',')}}`),
        ...(bound ? [keys.map((k) => k.district ?? null)] : []),
      ],
    });
    const found = new Map(rows.map((row) => [row.ord, row]));
    return keys.map((_, i) => found.get(i + 1) ?? { open: false, broken: [] });
  });
