import type pg from 'pg';
import type { Columns } from '../columns.ts';
import type { SubgraphContext } from '../context.ts';
import { discloseItem } from '../disclosure.ts';
import { gathering } from '../gather.ts';
import { authorizedItems, scopeFor } from '../grant.ts';
import type { RecordKind } from '../kind.ts';
import { type ReadKey, type RecordReader, type RecordRow, disclosed, itemsLiteral } from '../read.ts';
import type { ResolverMap } from '../resolvers.ts';

/** A record that changed, as the feed names it. */
interface ChangedRecord {
  type: string;
  id: string;
  subjectId: string;
}

interface RecordKey extends ReadKey {
  id: string;
}

const byKeySql = (kind: RecordKind, columns: Columns): string => `
select k.ord::int as ord, ${columns.list}
from unnest($1::uuid[], $2::uuid[], $3::int[], $4::date[], $5::text[], $6::text[]) with ordinality
  as k(subject_id, id, scope, today, items, district, ord)
join ${kind.table} r on r.subject_id = k.subject_id and r.id = k.id
where ${disclosed('k.today', true, true)}`;

/** Records by subject and id under the filter of every answer; null where it opens none. */
const recordByKey = (pool: pg.Pool, kind: RecordKind, columns: Columns) =>
  gathering(async (keys: readonly RecordKey[]): Promise<(RecordRow | null)[]> => {
    const { rows } = await pool.query<RecordRow & { ord: number }>({
      name: `changed_${kind.table}`,
      text: byKeySql(kind, columns),
      values: [
        keys.map((key) => key.subjectId),
        keys.map((key) => key.id),
        keys.map((key) => key.scope),
        keys.map((key) => key.today),
        keys.map(itemsLiteral),
        keys.map((key) => key.district ?? null),
      ],
    });
    const found = new Map(rows.map((row) => [row.ord, row]));
    return keys.map((_, i) => found.get(i + 1) ?? null);
  });

/**
 * Resolves the record behind a change, as it stands and under the caller's own grant: what is gone, past its term or out of scope is null, and
 * what is given out is noted for the journal [SH-19].
 */
export function changedRecordResolvers(
  agency: string,
  pool: pg.Pool,
  kinds: readonly RecordKind[],
  readers: ReadonlyMap<string, RecordReader>,
): ResolverMap {
  const byType = new Map(
    kinds.map((kind) => [
      kind.type,
      recordByKey(pool, kind, (readers.get(kind.type) as RecordReader).columns.all),
    ]),
  );
  return {
    ChangedRecord: {
      __resolveReference: (ref: ChangedRecord) => ref,
      [agency]: async ({ type, id, subjectId }: ChangedRecord, _: unknown, context: SubgraphContext) => {
        const { grant, report } = context;
        const row = await byType.get(type)?.({
          subjectId,
          id,
          scope: scopeFor(grant, subjectId),
          items: authorizedItems(grant, subjectId),
          district: grant.district,
          today: grant.today,
        });
        if (!row) return null;
        report.subjects.add(subjectId);
        discloseItem(report, subjectId, row.itemId);
        return { ...row, __typename: type };
      },
    },
  };
}
