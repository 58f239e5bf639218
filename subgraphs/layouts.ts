import type { Layout } from '../records/import/layout.ts';
import type { SnapshotItem } from '../records/snapshot.ts';
import { layouts as honors } from './honors/layouts.ts';
import { layouts as judicial } from './judicial/layouts.ts';
import { layouts as penalties } from './penalties/layouts.ts';
import { ENTERED, plainLayouts } from './plainLayouts.ts';
import { layouts as registration } from './registration/layouts.ts';

/** The data standards (数据标准) of the field, as agencies know them. */
export const standardLayouts: readonly Layout[] = [...registration, ...penalties, ...judicial, ...honors];

/** Every layout that can be imported, by name: a standard goes before the plain layout of the same name. */
export const layouts: ReadonlyMap<string, Layout> = new Map(
  [...plainLayouts.values(), ...standardLayouts]
    .filter(({ recordType }) => !ENTERED.has(recordType))
    .map((layout) => [layout.name, layout]),
);

/** The layout in which an item's records come. */
export const layoutFor = (item: Pick<SnapshotItem, 'dataStandard' | 'recordType'>): Layout | undefined =>
  layouts.get(item.dataStandard) ?? plainLayouts.get(item.recordType);
