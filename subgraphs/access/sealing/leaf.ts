import { leafHash } from '../../../platform/transparency/merkle.ts';

/** PostgreSQL's JSON of an instant, in a session whose zone is UTC. */
const UTC = /^(.*?)(?:\.(\d{1,6}))?\+00:00$/;

/** As everywhere in answers: milliseconds, and microseconds only where there are any. */
const instant = (at: string): string =>
  at.replace(UTC, (_, seconds: string, fraction = '') => `${seconds}.${fraction.padEnd(3, '0')}Z`);

/**
 * What of an entry is sealed: canonical JSON (RFC 8785) of its columns by name. `seq` is where the entry stands, not what it says. Columns
 * without a value are left out, so that one that is added later, without a default, changes no leaf of before.
 * @param row `row_to_json` of the entry, in a session whose zone is UTC.
 */
export function leafContent(row: string): string {
  const columns = JSON.parse(row) as Record<string, unknown>;
  const named = Object.keys(columns)
    .filter((name) => name !== 'seq' && columns[name] !== null)
    .sort()
    .map((name) => {
      const value = columns[name];
      return `${JSON.stringify(name)}:${JSON.stringify(name === 'at' ? instant(String(value)) : value)}`;
    });
  return `{${named.join(',')}}`;
}

/** What `journal_entry_hash` in the database says, by which entries are sealed; verification goes by this one. */
export const entryHash = (row: string): Buffer => leafHash(Buffer.from(leafContent(row)));
