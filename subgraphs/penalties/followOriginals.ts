import type pg from 'pg';
import { backFromArchive } from '../../records/archive.ts';
import { type RecordKind, archiveTable } from '../../records/kind.ts';
import type { RecordKey } from '../../records/orders/facts.ts';
import type { RecordFacts, Standing } from '../../records/orders/order.ts';
import type { Extension, OwnParts } from '../../records/recordSubgraph.ts';
import type { originalMarks } from './originalMark.ts';

/** Of the entries that were archived because their original was, as against those that were so for reasons of their own. */
const NO_LONGER = '原记录已不作为严重失信信息展示';
const REVOKED = '原记录已撤销';

const byOriginal = 'original_type = $1 and original_record = $2';

/**
 * 责任人员失信关联: entries follow the organization's record through correction, repair, deletion, revocation, renewal and marks; its last day
 * is theirs, so that they expire with it. They are brought in line with the facts of the original as it stands, whatever changed, and so an
 * order that comes twice, or that says what is known, changes nothing. Source: NT-29, SR-28.
 */
export function followOriginals(
  kind: RecordKind,
  marks: ReturnType<typeof originalMarks>,
  amend: OwnParts['amend'],
  followers: OwnParts['followers'],
): NonNullable<Extension['follow']> {
  return async (client, { change, facts }: Standing) => {
    const entries = await entriesOf(client, kind, facts);
    if (entries.length === 0) return 'DONE';
    await marks.keep(client, facts);
    if (facts.revoked) {
      for (const { subjectId, id } of entries) {
        await amend(client, {
          recordType: kind.type,
          subjectId,
          id,
          provider: null,
          by: null,
          reason: REVOKED,
          bornOn: null,
          correction: null,
        });
      }
      return 'DONE';
    }
    const changed =
      facts.archived || facts.grade !== 'SEVERE'
        ? await archive(client, kind, facts)
        : [...(await takeOver(client, kind, facts)), ...(await marks.follow(client, facts))];
    const once = new Map(changed.map((key) => [`${key.subjectId} ${key.id}`, key]));
    await followers.tell(client, kind, [...once.values()], change);
    return 'DONE';
  };
}

/** With their rows held; also those that have gone to the archive with their term. */
async function entriesOf(
  client: pg.PoolClient,
  kind: RecordKind,
  { recordType, id }: RecordFacts,
): Promise<RecordKey[]> {
  const original = [recordType, id];
  const gone = `(select subject_id, id from ${archiveTable(kind)} where ${byOriginal})`;
  await client.query(backFromArchive(kind, gone), original);
  const { rows } = await client.query<RecordKey>(
    `select subject_id as "subjectId", id from ${kind.table} where ${byOriginal} and revoked_at is null
     order by subject_id, id for update`,
    original,
  );
  return rows;
}

/** Keeps what the entries are that a condition holds for, before they are something else. */
const keep = (
  client: pg.PoolClient,
  kind: RecordKind,
  condition: string,
  values: readonly unknown[],
  reason: string | null,
) =>
  client.query(
    `insert into record_version (subject_id, id, revision, record_type, content, reason)
     select subject_id, id, revision, '${kind.type}', to_jsonb(r), $${values.length + 1} from ${kind.table} r
     where ${byOriginal} and revoked_at is null and ${condition}
     on conflict (subject_id, id, revision) do nothing`,
    [...values, reason],
  );

async function archive(
  client: pg.PoolClient,
  kind: RecordKind,
  { recordType, id }: RecordFacts,
): Promise<RecordKey[]> {
  const original = [recordType, id];
  await keep(client, kind, 'archived_at is null', original, NO_LONGER);
  const { rows } = await client.query<RecordKey>(
    `update ${kind.table} set archived_at = now(), dispute = null
     where ${byOriginal} and revoked_at is null and archived_at is null returning subject_id as "subjectId", id`,
    original,
  );
  return rows;
}

/** The original's dates. An entry that had left with its original's degree is back when the degree is. */
async function takeOver(client: pg.PoolClient, kind: RecordKind, facts: RecordFacts): Promise<RecordKey[]> {
  const { recordType, id, determinedOn, endedOn, visibleUntil } = facts;
  const values = [recordType, id, determinedOn, endedOn, visibleUntil];
  const back = `archived_at is not null and exists (
    select from record_version v
    where v.subject_id = r.subject_id and v.id = r.id and v.revision = r.revision and v.reason = '${NO_LONGER}')`;
  const differs = `((archived_at is null and (determined_on, ended_on, visible_until) is distinct from ($3::date, $4::date, $5::date))
    or (${back}))`;
  await keep(client, kind, differs, values, null);
  const { rows } = await client.query<RecordKey>(
    `update ${kind.table} r set determined_on = $3, ended_on = $4, visible_until = $5, effective_on = coalesce($3, effective_on),
       archived_at = null, revision = revision + 1
     where ${byOriginal} and revoked_at is null and ${differs} returning subject_id as "subjectId", id`,
    values,
  );
  return rows;
}
