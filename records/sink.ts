import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DeliveryResult, RecordSink } from './delivery.ts';
import type { RecordInput } from './recordInput.ts';
import { identify } from './identity.ts';
import type { RecordKind } from './kind.ts';
import { backFromArchive } from './archive.ts';
import type { Followers } from './orders/followers.ts';
import { hasPublicity, publicUntil } from './publicity.ts';

/** COPY's text form: tab-separated, backslash-escaped, \N for null. */
export function copyValue(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value !== 'string') return String(value);
  return /[\\\t\n\r]/.test(value)
    ? value.replace(
        /[\\\t\n\r]/g,
        (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c] as string,
      )
    : value;
}

const COMMON = [
  'subject_id',
  'id',
  'item_id',
  'jurisdiction',
  'provider',
  'document_number',
  'title',
  'formed_on',
  'determined_on',
  'ended_on',
  'effective_on',
  'grade',
  'visible_until',
  'public_until',
  'self_declared',
  'late',
  'sources',
  'digest',
];

/** The columns that a record is written with, in order. */
export const recordColumns = (kind: RecordKind): string[] => [
  ...COMMON,
  ...kind.columns.map((c) => c.column),
];

/** A PostgreSQL array literal of one text. */
const single = (text: string): string => `{"${text.replace(/[\\"]/g, '\\$&')}"}`;

/** One line for COPY, in the order of `recordColumns`. */
export function recordLine(kind: RecordKind, record: RecordInput, today: string): string {
  const { id, digest } = identify(kind, record);
  const values = [
    record.subjectId,
    id,
    copyValue(record.itemId),
    record.jurisdiction,
    record.provider,
    copyValue(record.documentNumber),
    copyValue(record.title),
    copyValue(record.formedOn),
    copyValue(record.determinedOn),
    copyValue(record.endedOn),
    record.determinedOn ?? record.formedOn ?? today,
    copyValue(record.grade),
    copyValue(record.visibleUntil),
    copyValue(publicUntil(record.own)),
    copyValue(record.selfDeclared),
    copyValue(record.late ?? false),
    copyValue(single(record.source)),
    digest,
  ];
  for (const column of kind.columns) values.push(copyValue(record.own[column.field]));
  return values.join('\t');
}

export async function copyLines(
  client: pg.PoolClient,
  table: string,
  columns: readonly string[],
  lines: Iterable<string>,
): Promise<void> {
  await pipeline(
    Readable.from(lines),
    client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`)),
  );
}

/** Made one by one as COPY takes them: a chunk is not in memory twice. */
function* numberedLines(kind: RecordKind, records: readonly RecordInput[], today: string): Generator<string> {
  for (const [position, record] of records.entries()) yield `${recordLine(kind, record, today)}\t${position}`;
}

/** Puts lines together into pieces that are worth a write each. */
export function* pieces(lines: Iterable<string>, size = 1 << 16): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length >= size) {
      yield piece;
      piece = '';
    }
  }
  if (piece) yield piece;
}

/**
 * A chunk is small and its table large: rows are looked up by their key, whatever the planner makes of tables it has no statistics of.
 * Left to itself it reads the whole table for every chunk that comes a second time.
 */
const BEGIN = 'begin; set local enable_hashjoin = off; set local enable_mergejoin = off';

/**
 * The agency's side of a delivery: one transaction a chunk, by COPY into a table of its own and from there into the record's. What is
 * there already stays as it is: the same content adds its route to the sources, other content is reported as differing (a registration
 * is renewed instead). What was revoked does not come back.
 */
export function recordSink(
  pool: pg.Pool,
  kinds: readonly RecordKind[],
  today: () => string,
  followers: Followers,
): Pick<RecordSink, 'deliver'> {
  const byType = new Map(kinds.map((kind) => [kind.type, kind]));
  return {
    async deliver(recordType, records): Promise<DeliveryResult> {
      const kind = byType.get(recordType);
      if (!kind) throw new Error(`no records of type ${recordType} are kept here`);
      const day = today();
      const columns = recordColumns(kind);
      const list = columns.join(', ');
      const client = await pool.connect();
      try {
        await client.query(BEGIN);
        await client.query(
          `create temp table incoming on commit drop as select ${list}, 0 as line from ${kind.table} with no data`,
        );
        await copyLines(client, 'incoming', [...columns, 'line'], pieces(numberedLines(kind, records, day)));
        await client.query(backFromArchive(kind, 'incoming'));
        const inserted = await client.query(
          `insert into ${kind.table} (${list}) select ${list} from incoming order by subject_id, id, line on conflict (subject_id, id) do nothing`,
        );
        const accepted = inserted.rowCount ?? 0;
        const differing: number[] = [];
        const revoked: number[] = [];
        let renewed = 0;
        const known = accepted < records.length ? await knownLines(client, kind) : [];
        if (accepted < records.length) {
          if (kind.renewed) renewed = await renew(client, kind, columns, followers);
          const { rows } = await client.query<{ line: number; revoked: boolean }>(
            `select i.line, t.revoked_at is not null as revoked from incoming i join ${kind.table} t using (subject_id, id)
             where ${kind.renewed ? 't.revoked_at is not null' : 't.digest <> i.digest'} order by i.line`,
          );
          for (const row of rows) (row.revoked ? revoked : differing).push(row.line);
          await client.query(
            `update ${kind.table} t set sources = t.sources || i.sources
             from (select distinct subject_id, id, digest, sources from incoming) i
             where t.subject_id = i.subject_id and t.id = i.id and t.digest = i.digest and not t.sources @> i.sources`,
          );
        }
        await client.query('commit');
        return {
          accepted: accepted + renewed,
          duplicates: records.length - accepted - renewed - differing.length - revoked.length,
          differing,
          revoked,
          known,
        };
      } catch (error) {
        await client.query('rollback').catch(() => {});
        throw error;
      } finally {
        client.release();
      }
    },
  };
}

/** What this transaction took in has its moment as collected_at; all else was there, or stands twice in the chunk. */
async function knownLines(client: pg.PoolClient, kind: RecordKind): Promise<number[]> {
  const { rows } = await client.query<{ line: number }>(
    `select i.line from (select subject_id, id, line, row_number() over (partition by subject_id, id order by line) as nth from incoming) i
     join ${kind.table} t using (subject_id, id) where i.nth > 1 or t.collected_at <> now()`,
  );
  return rows.map(({ line }) => line);
}

/**
 * The last of several versions in one chunk holds; lines tell which came last. The version on file goes into the history first. A record
 * that is withheld from the public stays so, unless the submission says itself how long it is public.
 */
async function renew(
  client: pg.PoolClient,
  kind: RecordKind,
  columns: readonly string[],
  followers: Followers,
): Promise<number> {
  const newest = 'select distinct on (subject_id, id) * from incoming order by subject_id, id, line desc';
  const differs =
    't.subject_id = i.subject_id and t.id = i.id and t.digest <> i.digest and t.revoked_at is null';
  const kept = await client.query(
    `insert into record_version (subject_id, id, revision, record_type, content, by_unit)
     select t.subject_id, t.id, t.revision, '${kind.type}', to_jsonb(t), i.provider
     from (${newest}) i join ${kind.table} t on ${differs} order by t.subject_id, t.id for update of t
     on conflict (subject_id, id, revision) do update set superseded_at = excluded.superseded_at`,
  );
  if (kept.rowCount === 0) return 0;
  const stays = ['subject_id', 'id', 'sources', ...(hasPublicity(kind) ? [] : ['public_until'])];
  const set = columns.filter((c) => !stays.includes(c)).map((c) => `${c} = i.${c}`);
  const { rows } = await client.query<{ subjectId: string; id: string }>(
    `update ${kind.table} t set ${set.join(', ')}, sources = i.sources, revision = t.revision + 1, collected_at = now()
     from (${newest}) i where ${differs} returning t.subject_id as "subjectId", t.id`,
  );
  await followers.tell(client, kind, rows, 'RENEWED');
  return rows.length;
}
