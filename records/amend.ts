import type pg from 'pg';
import { textScreen } from '../policy/contents.ts';
import { gateFor } from '../policy/gate/gate.ts';
import type { Message } from '../policy/message.ts';
import type { Pack, Packs } from '../policy/packs/packs.ts';
import { visibleUntil } from '../policy/retention.ts';
import { backFromArchive } from './archive.ts';
import type { Amended, Amendment } from './delivery.ts';
import type { Correction, OwnValue, RecordInput } from './recordInput.ts';
import { identify } from './identity.ts';
import { oneLine } from './import/record.ts';
import type { RecordKind } from './kind.ts';
import type { Followers } from './orders/followers.ts';
import { correctedPublicUntil } from './publicity.ts';
import type { Snapshot, SnapshotItem } from './snapshot.ts';

export interface AmenderParts {
  pool: pg.Pool;
  kinds: readonly RecordKind[];
  packs: Packs;
  /** Null while the copy of the catalogue is stale. */
  snapshot: () => Snapshot | null;
  today: () => string;
  followers: Followers;
}

/** A record as it stands in its table. */
interface OnFile extends RecordInput {
  id: string;
  effectiveOn: string;
  publicUntil: string | null;
  revision: number;
  revokedAt: string | null;
}

const onFileSql = (kind: RecordKind): string => `
select r.subject_id as "subjectId", r.id, r.item_id as "itemId", r.jurisdiction, r.provider, r.document_number as "documentNumber", r.title,
  r.formed_on::text as "formedOn", r.determined_on::text as "determinedOn", r.ended_on::text as "endedOn", r.grade,
  r.effective_on::text as "effectiveOn", r.visible_until::text as "visibleUntil", r.public_until::text as "publicUntil",
  r.self_declared as "selfDeclared", '' as source, r.revision, r.revoked_at as "revokedAt",
  jsonb_build_object(${kind.columns
    .map(({ field, column, type }) => `'${field}', r.${column}${type === 'decimal' ? '::text' : ''}`)
    .join(', ')}) as own
from ${kind.table} r where r.subject_id = $1 and r.id = $2 for update`;

/** The record, with its row held; also where it has gone to the archive. */
async function onFile(
  client: pg.PoolClient,
  kind: RecordKind,
  { subjectId, id }: Amendment,
): Promise<OnFile | null> {
  const key = [subjectId, id];
  const find = async () => (await client.query<OnFile>(onFileSql(kind), key)).rows[0] ?? null;
  const found = await find();
  if (found) return found;
  const keys = '(select $1::uuid as subject_id, $2::uuid as id)';
  const { rowCount } = await client.query(backFromArchive(kind, keys), key);
  return rowCount ? find() : null;
}

/** Keeps what a record is, before it is something else. One that was archived is kept already, with who archived it and why. */
const keep = (client: pg.PoolClient, kind: RecordKind, { subjectId, id, reason, by }: Amendment) =>
  client.query(
    `insert into record_version (subject_id, id, revision, record_type, content, reason, by_unit)
     select subject_id, id, revision, '${kind.type}', to_jsonb(r), $3, $4 from ${kind.table} r where subject_id = $1 and id = $2
     on conflict (subject_id, id, revision) do update
     set reason = concat_ws('；', record_version.reason, excluded.reason), by_unit = excluded.by_unit`,
    [subjectId, id, reason, by],
  );

/** A title that repeats a field, as that of a penalty does its violation, follows it. */
function followedTitle(record: OnFile, own: Correction['own']): string | null {
  const followed = Object.entries(own).find(([field]) => {
    const was = record.own[field];
    return typeof was === 'string' && oneLine(was) === record.title;
  });
  return followed ? (followed[1] as string | null) : record.title;
}

function corrected(record: OnFile, { own, ...common }: Correction, item: SnapshotItem): RecordInput {
  const merged = {
    ...record,
    title: followedTitle(record, own),
    ...common,
    own: { ...record.own, ...own },
  };
  return {
    ...merged,
    title: oneLine(merged.title ?? item.name),
    grade: item.negative ? (merged.grade ?? item.grade) : null,
  };
}

/** What the law of collection has against the corrected record. Texts that a correction brings are not sifted by hand: they are refused. */
function objections(
  recordType: string,
  record: RecordInput,
  { correction, bornOn }: { correction: Correction; bornOn: string | null },
  item: SnapshotItem,
  pack: Pack,
  today: string,
): Message[] {
  const screen = textScreen(pack.prohibited.contents, item.aboutPersons);
  const texts: (OwnValue | undefined)[] = [correction.title, ...Object.values(correction.own)];
  const suspicious = texts.flatMap((text) => (typeof text === 'string' ? (screen(text) ?? []) : []));
  const { source, article } = pack.prohibited;
  return [
    ...gateFor(recordType, pack, today)({ ...record, bornOn, negative: item.negative }).map((r) => r.reason),
    ...suspicious.map(({ word }) => ({
      zh: `含有“${word}”，可能涉及禁止归集的信息（${source}，${article}）`,
      en: `it says "${word}", which may be information that must not be collected (${source}, ${article})`,
    })),
  ];
}

async function store(
  client: pg.PoolClient,
  kind: RecordKind,
  before: OnFile,
  record: RecordInput,
  digest: string,
): Promise<void> {
  const values: Record<string, unknown> = {
    document_number: record.documentNumber,
    title: record.title,
    formed_on: record.formedOn,
    determined_on: record.determinedOn,
    ended_on: record.endedOn,
    effective_on: record.determinedOn ?? record.formedOn ?? before.effectiveOn,
    grade: record.grade,
    visible_until: record.visibleUntil,
    public_until: correctedPublicUntil(before, record.own),
    digest,
    ...Object.fromEntries(kind.columns.map(({ field, column }) => [column, record.own[field]])),
  };
  const set = Object.keys(values).map((column, i) => `${column} = $${i + 3}`);
  await client.query(
    `update ${kind.table} set ${set.join(', ')}, revision = revision + 1 where subject_id = $1 and id = $2`,
    [before.subjectId, before.id, ...Object.values(values)],
  );
}

/** All that is left of a revoked record: whose it was, under which item, and that it was revoked. */
async function erase(client: pg.PoolClient, kind: RecordKind, before: OnFile): Promise<string> {
  const content = [
    'document_number',
    'title',
    'formed_on',
    'determined_on',
    'ended_on',
    'grade',
    'visible_until',
    'public_until',
    'dispute',
    ...kind.columns.map(({ column }) => column),
  ];
  const key = [before.subjectId, before.id];
  const { rows } = await client.query<{ revokedAt: string }>(
    `update ${kind.table} set ${content.map((column) => `${column} = null`).join(', ')}, sources = '{}', late = false, digest = '${NO_DIGEST}',
       effective_on = collected_at::date, revision = revision + 1, revoked_at = now()
     where subject_id = $1 and id = $2 returning revoked_at as "revokedAt"`,
    key,
  );
  await client.query('update record_version set content = null where subject_id = $1 and id = $2', key);
  return (rows[0] as { revokedAt: string }).revokedAt;
}

/** No content has it: whatever is submitted for a revoked fact differs. */
const NO_DIGEST = '00000000-0000-0000-0000-000000000000';

/**
 * The agency's door for corrections and revocations, each one transaction. A correction keeps the record's id, and the earlier version in
 * `record_version`; the last day is that of the record's own jurisdiction [ZD-33, SH-27]. Of a revoked record all content is deleted, that
 * of its earlier versions as well [SR-32b].
 */
export function recordAmender({ pool, kinds, packs, snapshot, today, followers }: AmenderParts) {
  const byType = new Map(kinds.map((kind) => [kind.type, kind]));

  const revoke = async (
    client: pg.PoolClient,
    kind: RecordKind,
    before: OnFile,
    amendment: Amendment,
  ): Promise<Amended> => {
    const { itemId, revision } = before;
    const revoked = { itemId, visibleUntil: null };
    if (before.revokedAt) {
      return { ...revoked, outcome: 'UNCHANGED', revision, revokedAt: before.revokedAt };
    }
    await keep(client, kind, amendment);
    const revokedAt = await erase(client, kind, before);
    return { ...revoked, outcome: 'AMENDED', revision: revision + 1, revokedAt };
  };

  const correct = async (
    client: pg.PoolClient,
    kind: RecordKind,
    before: OnFile,
    amendment: Amendment & { correction: Correction },
  ): Promise<Amended> => {
    if (before.revokedAt) return { outcome: 'NOT_FOUND' };
    const day = today();
    const item = snapshot()?.items.get(before.itemId);
    const pack = packs.on(before.jurisdiction, day);
    if (!item || !pack) throw new Error(`no item ${before.itemId}, or no rules of ${before.jurisdiction}`);
    const record = corrected(before, amendment.correction, item);
    const was = identify(kind, before);
    const { id, digest } = identify(kind, record);
    const { itemId, revision } = before;
    if (id !== was.id) return { outcome: 'OTHER_FACT' };
    if (digest === was.digest) {
      return { outcome: 'UNCHANGED', itemId, revision, visibleUntil: before.visibleUntil, revokedAt: null };
    }
    const reasons = objections(kind.type, record, amendment, item, pack, day);
    if (reasons.length > 0) return { outcome: 'NOT_COLLECTED', reasons };
    // What is not negative has no term: a last day that it has is its subject's wish, and stays [SH-27b].
    record.visibleUntil = item.negative
      ? visibleUntil({ ...record, negative: true }, pack)
      : before.visibleUntil;
    await keep(client, kind, amendment);
    await store(client, kind, before, record, digest);
    const { visibleUntil: last } = record;
    return { outcome: 'AMENDED', itemId, revision: revision + 1, visibleUntil: last, revokedAt: null };
  };

  /** In a transaction under way; whoever follows the record is told in it. */
  const amendIn = async (client: pg.PoolClient, amendment: Amendment): Promise<Amended> => {
    const kind = byType.get(amendment.recordType);
    if (!kind) throw new Error(`no records of type ${amendment.recordType} are kept here`);
    const { correction, subjectId, id } = amendment;
    const before = await onFile(client, kind, amendment);
    const { provider, jurisdictions } = amendment;
    const isTheirs =
      before !== null &&
      (provider === null || provider === before.provider) &&
      (jurisdictions?.includes(before.jurisdiction) ?? true);
    if (!isTheirs) return { outcome: 'NOT_FOUND' };
    const amended = correction
      ? await correct(client, kind, before, { ...amendment, correction })
      : await revoke(client, kind, before, amendment);
    if (amended.outcome === 'AMENDED')
      await followers.tell(client, kind, [{ subjectId, id }], correction ? 'CORRECTED' : 'REVOKED');
    return amended;
  };

  const amend = async (amendment: Amendment): Promise<Amended> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const amended = await amendIn(client, amendment);
      const stays = amended.outcome === 'AMENDED' && !amendment.rehearsal;
      await client.query(stays ? 'commit' : 'rollback');
      return amended;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  };

  return { amend, amendIn };
}
