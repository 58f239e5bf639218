import type { SubjectKind } from '../../policy/terms.ts';
import type { SnapshotItem } from '../snapshot.ts';

/** The items (目录事项) of one submission: a file of penalties names firms and persons alike, and the catalogue tells them apart. */
export interface Items {
  organizations: SnapshotItem | null;
  persons: SnapshotItem | null;
}

/** Null where the catalogue has no item for such a subject: its record is not collected [SR-9]. */
export const itemFor = (items: Items, kind: SubjectKind): SnapshotItem | null =>
  kind === 'NATURAL_PERSON' ? items.persons : items.organizations;

export const itemCodes = ({ organizations, persons }: Items): string[] =>
  [organizations, persons].filter((item) => item !== null).map((item) => item.code);
