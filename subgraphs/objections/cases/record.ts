import type pg from 'pg';
import { GROUNDS_ZH } from '../../../policy/objections/grounds.ts';
import { STAGES_ZH } from '../../../policy/objections/stages.ts';
import { identify } from '../../../records/identity.ts';
import type { RecordKind } from '../../../records/kind.ts';
import type { SnapshotItem } from '../../../records/snapshot.ts';
import type { CaseRow } from './rows.ts';

const TITLE = '异议申请';

/** The objection as a record of its subject's file, under the id of the case: how `Subject.objections` shows it. */
export async function writeObjectionRecord(
  client: Pick<pg.PoolClient, 'query'>,
  kind: RecordKind,
  row: CaseRow,
  item: SnapshotItem,
): Promise<void> {
  const decided = row.stage === 'UPHELD' || row.stage === 'DISMISSED';
  const own = {
    disputedRecord: row.recordId,
    ground: GROUNDS_ZH[row.ground],
    stage: row.stage,
    filedOn: row.filedOn,
    result: decided ? STAGES_ZH[row.stage] : null,
  };
  const { digest } = identify(kind, {
    subjectId: row.subjectId,
    itemId: item.id,
    jurisdiction: row.jurisdiction,
    provider: item.provider,
    documentNumber: null,
    title: TITLE,
    formedOn: row.filedOn,
    determinedOn: row.closedOn,
    endedOn: row.closedOn,
    grade: null,
    visibleUntil: null,
    selfDeclared: false,
    source: item.provider,
    own,
  });
  await client.query(
    `insert into objection as r (subject_id, id, item_id, jurisdiction, provider, title, formed_on, determined_on, ended_on, effective_on,
       sources, digest, disputed_record, ground, stage, filed_on, result)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $7, $9, $10, $11, $12, $13, $7, $14)
     on conflict (subject_id, id) do update set determined_on = excluded.determined_on, ended_on = excluded.ended_on, digest = excluded.digest,
       stage = excluded.stage, result = excluded.result, revision = r.revision + 1`,
    [
      row.subjectId,
      row.id,
      item.id,
      row.jurisdiction,
      item.provider,
      TITLE,
      row.filedOn,
      row.closedOn,
      [item.provider],
      digest,
      own.disputedRecord,
      own.ground,
      own.stage,
      own.result,
    ],
  );
}
