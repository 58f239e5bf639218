import { badInput } from '../../records/errors.ts';
import type { Layout } from '../../records/import/layout.ts';
import type { Submission } from '../../records/intake.ts';
import type { Snapshot, SnapshotItem } from '../../records/snapshot.ts';

export interface Target {
  layout: Layout;
  item: SnapshotItem;
}

const listed = (values: Iterable<string>): string => [...new Set(values)].sort().join(', ') || '—';

/**
 * The catalogue item that a submission is for. What is not in the catalogue, or is another unit's, is not collected [SR-9]; each refusal
 * names what there is to choose from.
 * @throws BAD_USER_INPUT
 */
export function targetOf(
  { layout: layoutName, jurisdiction, provider, item: itemCode }: Pick<Submission, 'layout' | 'jurisdiction' | 'provider' | 'item'>,
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
  const inLayout = [...snapshot.items.values()].filter((i) => i.dataStandard === layoutName);
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
  const ofUnit = inPlace.filter((i) => i.provider === unit);
  const chosen = itemCode === null ? (ofUnit.length === 1 ? ofUnit[0] : undefined) : ofUnit.find((i) => i.code === itemCode);
  if (!chosen) {
    const choice = listed(ofUnit.map((i) => `${i.code} ${i.name}`));
    throw badInput('item', {
      zh: `${itemCode ? `「${itemCode}」不是该单位的事项` : '该单位有多个事项，请指明'}：${choice}`,
      en: `${itemCode ? `"${itemCode}" is not an item of this unit` : 'this unit has several items, name one'}: ${choice}`,
    });
  }
  return { layout, item: chosen };
}
