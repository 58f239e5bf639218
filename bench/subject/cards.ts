import type { SubgraphName } from '../../schema/sdl.ts';
import { type BenchGround, withPool } from '../harness/ground.ts';
import { organizationsOf, scopeOf } from './question.ts';

interface More {
  agency: SubgraphName;
  table: string;
  /** Records that every organization gets on top of the demonstration's. */
  least: number;
  most: number;
}

/**
 * The demonstration has one negative record in a hundred, as it was in life, and so four records on a card, most lists empty. The card that
 * is asked here is a fuller one, of nine records in all five databases, like the one measured before the start.
 */
const MORE: readonly More[] = [
  { agency: 'penalties', table: 'administrative_penalty', least: 1, most: 3 },
  { agency: 'judicial', table: 'judgment', least: 1, most: 2 },
  { agency: 'honors', table: 'honor', least: 1, most: 1 },
  { agency: 'objections', table: 'objection', least: 0, most: 1 },
];

/** Copies of records that the question shows, handed to other organizations in turn. */
const moreSql = ({ table, least, most }: More): string => `
with model as (
  select r, row_number() over (order by r.subject_id, r.id) - 1 as nth, count(*) over () as total
  from ${table} r join scope_item s on s.item_id = r.item_id and s.scope = $2
  where r.archived_at is null and r.revoked_at is null and (r.visible_until is null or r.visible_until >= $3::date)
), wanted as (
  select subject, n, abs(hashtext(subject || '${table}' || n)::bigint) as dice
  from unnest($1::text[]) subject, generate_series(1, ${most}) n
  where n <= ${least} + abs(hashtext(subject || '${table}')::bigint) % ${most - least + 1}
)
insert into ${table} select copy.* from wanted join model on model.nth = wanted.dice % model.total,
  lateral jsonb_populate_record(model.r, jsonb_build_object(
    'subject_id', wanted.subject, 'id', md5(wanted.subject || '${table}' || wanted.n))) copy`;

/** Adds what a full card needs to the demonstration's records. */
export async function fillCards({ ground }: BenchGround): Promise<void> {
  const ids = (await organizationsOf(ground)).map(({ id }) => id);
  const scope = await scopeOf(ground);
  await Promise.all(
    MORE.map((more) =>
      withPool(ground.databases[more.agency].appUrl, (pool) =>
        pool.query(moreSql(more), [ids, scope, ground.clock.today()]),
      ),
    ),
  );
}
