import type pg from 'pg';
import { isOfPromises } from '../../../policy/repair/promise.ts';
import type { AgencyDoor } from '../../../records/delivery.ts';
import type { RecordInput } from '../../../records/recordInput.ts';
import type { RecordFacts, OrderInput } from '../../../records/orders/order.ts';
import { copyLines, recordColumns, recordLine } from '../../../records/sink.ts';
import type { Snapshot, SnapshotItem } from '../../../records/snapshot.ts';
import { kinds } from '../entities.ts';
import { isOnFile, keeperOf } from '../own.ts';
import type { RepairRow } from './rows.ts';

/**
 * What a repair archives: the record itself, and with a permit on a promise the breach of the promise, in one repair; a permit that stays in
 * force stays [JS-24]. Nothing: it is no longer on file.
 */
export async function repaired(records: AgencyDoor, row: RepairRow, today: string): Promise<RecordFacts[]> {
  const { recordType, subjectId, recordId } = row;
  const ofPromise = isOfPromises(recordType)
    ? await records.brokenPromise(recordType, subjectId, recordId)
    : null;
  const found = ofPromise
    ? [...ofPromise.breaches, ...(ofPromise.takenBack ? [ofPromise.takenBack] : [])]
    : await records.facts(recordType, subjectId, [recordId]);
  return found.filter((facts) => isOnFile(facts, today));
}

/** Orders to the archive, whose reason tells its keeper why. */
export const archiveOrders = (
  row: RepairRow,
  found: readonly RecordFacts[],
  by: string | null,
): OrderInput[] =>
  found.map(({ recordType, subjectId, id }) => ({
    to: keeperOf(recordType),
    recordType,
    subjectId,
    recordId: id,
    action: {
      kind: 'ARCHIVE',
      because: 'REPAIRED',
      by,
      reason: `信用修复（${row.source}，${row.article}），申请编号 ${row.id}`,
    },
  }));

const METHODS = { ORIGINAL_ARCHIVED: '原始失信信息转为档案保存', REMOVED_FROM_QUERY: '从查询界面删除' };

const repairKind = kinds.find(({ type }) => type === 'Repair');

/**
 * Writes the repair itself (信用修复信息) on the subject's file, in the caller's transaction, under the item for it in the jurisdiction or its
 * parents; where the catalogue has none it is not collected [SR-9].
 */
export async function recordRepair(
  client: pg.PoolClient,
  row: RepairRow,
  item: SnapshotItem | null,
  snapshot: Snapshot,
  today: string,
): Promise<void> {
  if (!item || !repairKind) return;
  const record: RecordInput = {
    subjectId: row.subjectId,
    itemId: item.id,
    jurisdiction: row.jurisdiction,
    provider: item.provider,
    documentNumber: `信用修复〔${row.appliedOn.slice(0, 4)}〕${row.ordinal}号`,
    title: '信用修复',
    formedOn: today,
    determinedOn: today,
    endedOn: null,
    grade: null,
    visibleUntil: null,
    selfDeclared: false,
    source: item.provider,
    own: {
      repairedRecord: row.recordId,
      method: METHODS[row.effect],
      authority: snapshot.units.get(row.provider)?.name ?? row.provider,
    },
  };
  await copyLines(client, repairKind.table, recordColumns(repairKind), [
    `${recordLine(repairKind, record, today)}\n`,
  ]);
}
