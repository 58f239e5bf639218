import { Migration } from '@mikro-orm/migrations';

/** By name; `seq` is not sealed. */
const COLUMNS = [
  'agreed_purpose',
  'at',
  'authorization_id',
  'case_number',
  'channel',
  'counts',
  'id',
  'id_document',
  'items',
  'matter',
  'note',
  'officer',
  'officer_id',
  'operation',
  'outcome',
  'persons',
  'role',
  'subjects',
  'undisclosed_until',
  'unit',
];

const INSTANT = `to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || rtrim(substr(to_char(e.at, 'US'), 4), '0') || 'Z'`;

const MEMBERS = COLUMNS.map((name) => {
  const value = name === 'at' ? INSTANT : `e.${name}`;
  return `'"${name}":' || to_json(${value})::text`;
});

/** A migration that adds a column to `journal_entry` replaces the function: what is written then is sealed whole, by whichever release. */
export class EntryHash extends Migration {
  override up(): void {
    this.addSql(
      `create function journal_entry_hash(e journal_entry) returns bytea language sql stable parallel safe
       return sha256('\\x00'::bytea || convert_to('{' || concat_ws(',', ${MEMBERS.join(', ')}) || '}', 'UTF8'));`,
    );
    this.addSql(
      `comment on function journal_entry_hash(journal_entry) is '叶子散列: hash of an entry''s leaf (RFC 6962), of its canonical JSON (RFC 8785)';`,
    );
  }
}
