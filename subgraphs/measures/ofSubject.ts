import type pg from 'pg';
import { gathering } from '../../records/gather.ts';
import { SELF_SCOPE } from '../../records/grant.ts';
import { type AsOf, TASK, type TaskRow, tasksOn } from './taskRow.ts';

/** Whose tasks, under which item scope. */
export interface SubjectKey extends AsOf {
  subjectId: string;
  scope: number;
  /** The district of which records tasks may be based on. */
  district?: string | undefined;
}

export interface SubjectPageKey extends SubjectKey {
  first: number;
  /** Ordinal of the last one seen. */
  after: string | null;
}

const isBound = (keys: readonly SubjectKey[]): boolean => keys.some(({ district }) => district !== undefined);

/** `k`, and `k.district` in statements in which some key has one, of parameter `$at`. */
const keysIn = (bound: boolean, at: number): string =>
  `unnest($1::uuid[], $2::int[], $3::date[], $4::text[]${bound ? `, $${at}::text[]` : ''}) with ordinality as k(subject_id, scope, today, pausing, ${bound ? 'district, ' : ''}ord)`;
const valuesOf = (keys: readonly SubjectKey[]): unknown[] => [
  keys.map((key) => key.subjectId),
  keys.map((key) => key.scope),
  keys.map((key) => key.today),
  keys.map((key) => key.pausing),
];
const districtsOf = (keys: readonly SubjectKey[]): unknown[] =>
  isBound(keys) ? [keys.map(({ district }) => district ?? null)] : [];

/**
 * Pending or in force, and based on a record that the scope opens: a measure tells of the record behind it, so whoever may not see the one
 * does not see the other [SH-18]. Public scopes, which are not numbers of matters, open none.
 */
const shown = (bound: boolean): string => `${tasksOn('k.today', 'k.pausing')}
  where t.subject_id = k.subject_id and s.state in ('PENDING', 'PAUSED', 'EXECUTED')
    and (k.scope = ${SELF_SCOPE}
      or (k.scope > 0 and (select true from scope_item i where i.scope = k.scope and i.item_id = t.item_id)))${bound ? '\n    and (k.district is null or t.jurisdiction = k.district)' : ''}`;

/** The tasks of subjects, many subjects and callers by one statement. */
export class SubjectTasks {
  /** Newest first; one row more than the page where there is a next one. */
  readonly page: (key: SubjectPageKey) => Promise<TaskRow[]>;
  readonly count: (key: SubjectKey) => Promise<number>;

  constructor(pool: pg.Pool) {
    this.page = gathering(async (keys: readonly SubjectPageKey[]) => {
      const bound = isBound(keys);
      const { rows } = await pool.query<TaskRow & { ord: number }>({
        name: `subject_measures${bound ? '_bound' : ''}`,
        text: `select k.ord::int as ord, r.* from ${keysIn(bound, 7)}
          join unnest($5::bigint[], $6::int[]) with ordinality as p(after, size, ord) using (ord)
          cross join lateral (
            select ${TASK} from ${shown(bound)} and (p.after is null or t.ordinal < p.after)
            order by t.ordinal desc limit p.size) r
          order by k.ord, r.ordinal::bigint desc`,
        values: [
          ...valuesOf(keys),
          keys.map((key) => key.after),
          keys.map((key) => key.first + 1),
          ...districtsOf(keys),
        ],
      });
      const found = Map.groupBy(rows, ({ ord }) => ord);
      return keys.map((_, at) => found.get(at + 1) ?? []);
    });
    this.count = gathering(async (keys: readonly SubjectKey[]) => {
      const bound = isBound(keys);
      const { rows } = await pool.query<{ count: number }>({
        name: `subject_measure_counts${bound ? '_bound' : ''}`,
        text: `select (select count(*)::int from ${shown(bound)}) as count from ${keysIn(bound, 5)} order by k.ord`,
        values: [...valuesOf(keys), ...districtsOf(keys)],
      });
      return rows.map(({ count }) => count);
    });
  }
}
