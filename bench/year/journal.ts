import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground } from '../../gateway/embedded/house.ts';
import { withPool } from '../harness/ground.ts';

/** Numbers by channel. */
export type ByChannel = Record<string, number>;

/** What the journal holds since a point of it. */
export interface Ledger {
  /** Entries with an id of their own, of queries that were answered. */
  entries: ByChannel;
  /** Entries beyond those: of refusals, or doubled. Must be none. */
  others: number;
  /** Looks of the public, which are counted and not journaled one by one. */
  looks: ByChannel;
}

/** A point of the journal: the last entry and the last count of looks. */
export interface Point {
  entry: string;
  look: string;
}

const POINT = `select (select coalesce(max(seq), 0) from journal_entry)::text as entry,
  (select coalesce(max(seq), 0) from public_look)::text as look`;
const ENTRIES = `select channel, count(distinct id) filter (where outcome = 'ANSWERED')::int as answered, count(*)::int as "all"
  from journal_entry where seq > $1 group by channel`;
const LOOKS = 'select channel, sum(looks)::int as looks from public_look where seq > $1 group by channel';

/** Looks are written a second after they were counted. */
const LOOKS_MS = 2_500;

const urlOf = ({ databases }: Ground): string => databases.access.migratorUrl;

/** To be taken while nothing is on its way. */
export async function journalPoint(ground: Ground): Promise<Point> {
  await sleep(LOOKS_MS);
  const { rows } = await withPool(urlOf(ground), (pool) => pool.query<Point>(POINT));
  return rows[0] as Point;
}

/** To be taken while nothing is on its way. */
export async function journalSince(ground: Ground, since: Point): Promise<Ledger> {
  await sleep(LOOKS_MS);
  return withPool(urlOf(ground), async (pool) => {
    const entries = await pool.query<{ channel: string; answered: number; all: number }>(ENTRIES, [
      since.entry,
    ]);
    const looks = await pool.query<{ channel: string; looks: number }>(LOOKS, [since.look]);
    return {
      entries: Object.fromEntries(entries.rows.map((row) => [row.channel, row.answered])),
      others: entries.rows.reduce((sum, row) => sum + row.all - row.answered, 0),
      looks: Object.fromEntries(looks.rows.map((row) => [row.channel, row.looks])),
    };
  });
}

/** Where the journal is not the answers, by channel; empty where it is. */
export function differences(expected: Pick<Ledger, 'entries' | 'looks'>, found: Ledger): string[] {
  const compared = (what: string, wanted: ByChannel, got: ByChannel) =>
    [...new Set([...Object.keys(wanted), ...Object.keys(got)])]
      .filter((channel) => (wanted[channel] ?? 0) !== (got[channel] ?? 0))
      .map((channel) => `${channel}: ${wanted[channel] ?? 0} answers, ${got[channel] ?? 0} ${what}`);
  return [
    ...compared('entries', expected.entries, found.entries),
    ...compared('looks counted', expected.looks, found.looks),
    ...(found.others > 0 ? [`${found.others} entries besides`] : []),
  ];
}
