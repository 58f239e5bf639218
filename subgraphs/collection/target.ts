import { badInput } from '../../records/errors.ts';
import type { Items } from '../../records/import/items.ts';
import type { Layout } from '../../records/import/layout.ts';
import type { Submission } from '../../records/intake.ts';
import type { Snapshot, SnapshotItem } from '../../records/snapshot.ts';

export interface Target {
  layout: Layout;
  items: Items;
  /** 统一社会信用代码 of the providing unit. */
  provider: string;
  jurisdiction: string;
}

const listed = (values: Iterable<string>): string => [...new Set(values)].sort().join(', ') || '—';

/**
 * The catalogue items that a submission is for. What is not in the catalogue, or is another unit's, is not collected [SR-9]; each refusal
 * names what there is to choose from.
 * @throws BAD_USER_INPUT
 */
export function targetOf(
  {
    layout: layoutName,
    jurisdiction,
    provider,
    item: itemCode,
  }: Pick<Submission, 'layout' | 'jurisdiction' | 'provider' | 'item'>,
  layouts: ReadonlyMap<string, Layout>,
  snapshot: Snapshot,
): Target {
  const layout = layouts.get(layoutName);
  if (!layout) {
    throw badInput('layout', {
      zh: `没有数据标准「${layoutName}」；可用：${listed(layouts.keys())}`,
      en: `there is no layout "${layoutName}"; there are ${listed(layouts.keys())}`,
    });
  }
  const inLayout = [...snapshot.items.values()].filter((i) => i.inForce && isFor(layout, i));
  const inPlace = inLayout.filter((i) => i.jurisdiction === jurisdiction);
  if (inPlace.length === 0) {
    const places = listed(inLayout.map((i) => i.jurisdiction));
    throw badInput('jurisdiction', {
      zh: `${jurisdiction} 的目录没有「${layoutName}」的事项；有的地区：${places}`,
      en: `the catalogue of ${jurisdiction} has no item in "${layoutName}"; these places have: ${places}`,
    });
  }
  const providers = new Set(inPlace.map((i) => i.provider));
  const unit = provider ?? (providers.size === 1 ? ([...providers][0] as string) : null);
  const name = (code: string) => `${code} ${snapshot.units.get(code)?.name ?? ''}`.trim();
  if (unit === null || !providers.has(unit)) {
    throw badInput('provider', {
      zh: `${provider ? `「${provider}」不是` : '请指明'}「${layoutName}」在 ${jurisdiction} 的提供单位：${listed([...providers].map(name))}`,
      en: `${provider ? `"${provider}" is none of` : 'name one of'} the units that provide "${layoutName}" in ${jurisdiction}: ${listed([...providers].map(name))}`,
    });
  }
  const ofUnit = inPlace.filter((i) => i.provider === unit && (itemCode === null || i.code === itemCode));
  const items = {
    organizations: only(ofUnit.filter((i) => !i.aboutPersons)),
    persons: only(ofUnit.filter((i) => i.aboutPersons)),
  };
  if (ofUnit.length === 0) {
    const choice = listed(inPlace.filter((i) => i.provider === unit).map(named));
    throw badInput('item', {
      zh: `「${itemCode}」不是该单位在此数据标准下的事项：${choice}`,
      en: `"${itemCode}" is not an item of this unit in this layout: ${choice}`,
    });
  }
  return { layout, items, provider: unit, jurisdiction };
}

const isFor = (layout: Layout, item: SnapshotItem): boolean =>
  item.dataStandard === layout.name ||
  (layout.plain === true && item.dataStandard === 'graphql' && item.recordType === layout.recordType);

const named = (item: SnapshotItem): string => `${item.code} ${item.name}`;

/** The one item, or none. @throws BAD_USER_INPUT where there are several: which one is for the submitter to say. */
function only(items: readonly SnapshotItem[]): SnapshotItem | null {
  if (items.length <= 1) return items[0] ?? null;
  const choice = listed(items.map(named));
  throw badInput('item', {
    zh: `该单位有多个事项，请指明：${choice}`,
    en: `this unit has several items, name one: ${choice}`,
  });
}
