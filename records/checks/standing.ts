import type pg from 'pg';
import { plainArray } from '../../platform/postgres/arrays.ts';
import type { Grade } from '../../policy/terms.ts';
import { gathering } from '../gather.ts';
import type { RecordKind } from '../kind.ts';
import { type ReadKey, disclosed, isBound, itemsLiteral, keyArrays } from '../read.ts';

/** One line of a rule as agencies are asked it: negative records of an item, of a grade (null: any), determined since a day (null: ever). */
export type RuleLine = readonly [item: number, grade: Grade | null, since: string | null];

/** Whose records are checked by which rule, under which scope. */
export interface StandingKey extends ReadKey {
  rule: readonly RuleLine[];
}

/** A negative record that meets a rule. What is in it is public of any record; whether the record is, the scope says. */
export interface Hit {
  type: string;
  id: string;
  itemId: number;
  provider: string;
  documentNumber: string | null;
  title: string | null;
  determinedOn: string | null;
  grade: Grade | null;
  visibleUntil: string | null;
  /** 异议标注: a record whose subject disputes it still counts, and is marked. */
  dispute: Record<string, unknown> | null;
}

/** Records told of one subject and agency at most: one is enough to fail. */
export const MAX_HITS = 100;

const COLUMNS = `r.id, r.item_id as "itemId", r.provider, r.document_number as "documentNumber", r.title, r.determined_on as "determinedOn",
  r.grade, r.visible_until as "visibleUntil", r.dispute, r.effective_on`;

const ofKind = ({ type, table }: RecordKind, bound: boolean): string => `
  select '${type}' as type, ${COLUMNS} from ${table} r
  where r.subject_id = k.subject_id and ${disclosed('k.today', true, bound)}
    and exists (
      select from rule u where u.rule = k.rule and u.item_id = r.item_id and (u.grade is null or u.grade = r.grade)
        and (u.since is null or r.effective_on >= u.since))`;

/** The text follows from the kinds alone; callers who ask by the same rule share its lines. */
const standingSql = (kinds: readonly RecordKind[], bound: boolean): string => `
with rule as materialized (
  select * from unnest($6::int[], $7::int[], $8::text[], $9::date[]) as u(rule, item_id, grade, since)
)
select k.ord::int as ord, h.*
from unnest($1::uuid[], $2::int[], $3::date[], $4::text[], $5::int[]${bound ? ', $10::text[]' : ''})
  with ordinality as k(subject_id, scope, today, items, rule, ${bound ? 'district, ' : ''}ord)
cross join lateral (
  select * from (${kinds.map((kind) => ofKind(kind, bound)).join('\n  union all')}) h
  order by h.effective_on desc, h.id limit ${MAX_HITS}
) h`;

export type StandingReader = (keys: readonly StandingKey[]) => Promise<Hit[][]>;

/**
 * Hits of many keys over all kinds of a database in one statement, under the disclosure filter of every other read: a record outside its
 * caller's scope, past its term, revoked or withheld neither counts nor shows [SP-check, SR-30]. Single keys of concurrent requests share
 * statements.
 */
export function standingReader(pool: pg.Pool, kinds: readonly RecordKind[]): StandingReader {
  const texts = { usual: standingSql(kinds, false), bound: standingSql(kinds, true) };
  const read = async (keys: readonly StandingKey[]): Promise<Hit[][]> => {
    const rules = new Map<readonly RuleLine[], number>();
    for (const { rule } of keys) if (!rules.has(rule)) rules.set(rule, rules.size);
    const lines = [...rules].flatMap(([rule, number]) => rule.map((line) => ({ number, line })));
    const bound = isBound(keys);
    const { rows } = await pool.query<Hit & { ord: number; effective_on?: string }>({
      name: bound ? 'standing_bound' : 'standing',
      text: bound ? texts.bound : texts.usual,
      values: [
        ...keyArrays(keys),
        keys.map(itemsLiteral),
        plainArray(keys.map((k) => rules.get(k.rule) as number)),
        plainArray(lines.map(({ number }) => number)),
        plainArray(lines.map(({ line }) => line[0])),
        lines.map(({ line }) => line[1]),
        lines.map(({ line }) => line[2]),
        ...(bound ? [keys.map((k) => k.district ?? null)] : []),
      ],
    });
    const hits: Hit[][] = keys.map(() => []);
    for (const { ord, effective_on: _, ...hit } of rows) hits[ord - 1]?.push(hit);
    return hits;
  };
  const one = gathering(async (keys: readonly StandingKey[]) => read(keys));
  return async (keys) => {
    const [only] = keys;
    if (!only) return [];
    return keys.length === 1 ? [await one(only)] : read(keys);
  };
}
