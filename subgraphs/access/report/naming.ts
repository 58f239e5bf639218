import { PURPOSE_KINDS_ZH, type PurposeKind } from '../../../policy/terms.ts';
import type { Snapshot } from '../../../records/snapshot.ts';

/** What a row is called, as the catalogue stands. */
export type NameIn = (key: string, snapshot: Snapshot) => string;

export const same: NameIn = (key) => key;

export const unitName: NameIn = (code, { units }) => units.get(code)?.name ?? code;

export const purposeName: NameIn = (key) => PURPOSE_KINDS_ZH[key as PurposeKind] ?? '其他';

/** Of two keys parted by a space. */
export const pairOf =
  (first: NameIn, second: NameIn): NameIn =>
  (key, snapshot) => {
    const [a = '', ...b] = key.split(' ');
    return `${first(a, snapshot)} ${second(b.join(' '), snapshot)}`;
  };
