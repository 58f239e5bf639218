/** Entries in one transaction at most: a second or so. */
export const CHUNK = 100_000;

/**
 * SQL: how far a table may be counted. Rows become visible in the order in which their statements commit, not in that of `seq`: a number that
 * is missing may still come. It is waited for, until what follows it is a minute old: a statement of the journal's is ended after
 * five seconds, so then it failed and never comes.
 */
export const countable = (table: string, after: string): string => `
  with next as (select seq, at from ${table} where seq > ${after} order by seq limit ${CHUNK}),
    one as (select seq, at, lag(seq, 1, ${after}::bigint) over (order by seq) as before from next)
  select coalesce(
    (select min(before) from one where seq <> before + 1 and at > clock_timestamp() - interval '1 minute'),
    (select max(seq) from next), ${after}::bigint)::float8 as seq`;
