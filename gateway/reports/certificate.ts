import { isOfPeriod } from '../../policy/reports/layout.ts';
import type { RecordKind } from '../../records/kind.ts';
import type { SnapshotItem, SnapshotUnit } from '../../records/snapshot.ts';
import type { CertifiedField } from './document.ts';
import { type Gathered, KINDS } from './gather.ts';
import { type Holding, entryOf } from './sections.ts';

/**
 * 有无违法违规记录 by field [JS-20]. A field (领域) is what one unit provides: the catalogue's negative items of that provider. It is said to have
 * none only where every one of them is open to who asked; an item whose time is over may have left records, and counts.
 */
export function fieldsOf(
  { rows }: Pick<Gathered, 'rows'>,
  holding: Holding,
  units: readonly SnapshotUnit[],
  { from, to }: { from: string; to: string },
): CertifiedField[] {
  const { items, isOpen } = holding;
  const entriesUnder = (item: SnapshotItem) =>
    (rows.get(item.recordType) ?? [])
      .filter((row) => row.item.code === item.code)
      .map((row) => entryOf(KINDS.get(item.recordType) as RecordKind, row, holding))
      .filter((entry) => isOfPeriod(item.recordType, entry, from, to));
  return units.map(({ code, name }) => {
    const ofField = items.filter(({ provider }) => provider === code);
    const closed = ofField.filter((item) => !isOpen(item));
    const entries = ofField.flatMap(entriesUnder);
    const told = ofField.length > 0 && closed.length === 0;
    return {
      unit: { code, name },
      outcome: entries.length > 0 ? 'ON_FILE' : told ? 'NONE_ON_FILE' : 'NOT_STATED',
      items: ofField.filter(isOpen).map((item) => item.name),
      closedItems: closed.map((item) => item.name),
      entries,
    };
  });
}
