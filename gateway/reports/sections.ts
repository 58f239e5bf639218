import { REPORT_SECTIONS } from '../../policy/reports/layout.ts';
import { termOf } from '../../records/import/plainLayout.ts';
import type { RecordColumn, RecordKind } from '../../records/kind.ts';
import type { Grant } from '../../records/grant.ts';
import type { Snapshot, SnapshotItem } from '../../records/snapshot.ts';
import type { ReportEntry, ReportDocument, ReportedChange } from './document.ts';
import { type Gathered, type GatheredRow, KINDS, isFieldOpen, shownColumns } from './gather.ts';

/** What of the gathered a report holds. */
export interface Holding {
  subject: string;
  grant: Grant;
  snapshot: Snapshot;
  /** Items that the report is about. */
  items: readonly SnapshotItem[];
  /** Whether a record under the item of this code belongs in it. */
  holds: (code: string) => boolean;
  isOpen: (item: SnapshotItem) => boolean;
  changes: ReadonlyMap<string, ReportedChange[]>;
}

const UNIT = /^[^,;:]+, (元|小时)(?=$|[:;,])/;

/** 罚款金额（元） of “罚款金额, 元”. */
const labelOf = ({ comment }: RecordColumn): string => {
  const unit = UNIT.exec(comment)?.[1];
  return unit ? `${termOf(comment)}（${unit}）` : termOf(comment);
};

function valueOf(column: RecordColumn, value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  return column.values?.find((one) => one.value === value)?.term ?? String(value);
}

/** A record as the report has it: what has a value, by official terms. */
export function entryOf(
  kind: RecordKind,
  row: GatheredRow,
  { changes }: Pick<Holding, 'changes'>,
): ReportEntry {
  const text = (field: string) => (row[field] as string | null) ?? null;
  const dispute = row['dispute'] as ReportEntry['dispute'];
  return {
    id: row.id,
    item: row.item.code,
    itemName: row.item.name,
    provider: { code: row.provider.code, name: row.provider.name },
    jurisdiction: text('jurisdiction') as string,
    documentNumber: text('documentNumber'),
    title: text('title'),
    formedOn: text('formedOn'),
    determinedOn: text('determinedOn'),
    endedOn: text('endedOn'),
    grade: text('grade'),
    visibleUntil: text('visibleUntil'),
    dispute: dispute && {
      since: dispute.since,
      by: dispute.by,
      stage: dispute.stage,
      note: dispute.note ?? null,
    },
    selfDeclared: row['selfDeclared'] === true,
    values: shownColumns(kind)
      .filter(({ field }) => row[field] !== null && row[field] !== undefined)
      .map((column) => ({
        field: column.field,
        label: labelOf(column),
        value: valueOf(column, row[column.field]),
      })),
    changes: changes.get(row.id) ?? [],
  };
}

/** The eight sections, each part with what of it is included and what is not. A part of which the report can hold nothing is left out. */
export function sectionsOf({ rows }: Pick<Gathered, 'rows'>, holding: Holding): ReportDocument['sections'] {
  const { subject, grant, snapshot, items, holds, isOpen } = holding;
  const partOf = (recordType: string) => {
    const kind = KINDS.get(recordType) as RecordKind;
    const ofType = items.filter((item) => item.recordType === recordType);
    const held = (rows.get(recordType) ?? []).filter((row) => holds(row.item.code));
    const itemsHeld = [...new Set(held.map((row) => snapshot.itemsByCode.get(row.item.code)?.id))];
    const isClosed = (column: RecordColumn) =>
      itemsHeld.some((id) => !isFieldOpen(grant, subject, kind, column, id));
    return {
      recordType,
      title: termOf(kind.comment),
      items: ofType.length,
      openItems: ofType.filter(isOpen).length,
      closedFields: shownColumns(kind).filter(isClosed).map(labelOf),
      entries: held.map((row) => entryOf(kind, row, holding)),
    };
  };
  return REPORT_SECTIONS.map(({ number, title, recordTypes }) => ({
    number,
    title,
    parts: recordTypes.map(partOf).filter((part) => part.items > 0 || part.entries.length > 0),
  }));
}
