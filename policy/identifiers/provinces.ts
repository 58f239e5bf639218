/**
 * First two digits of the division codes (GB/T 2260) of the provinces, autonomous regions, municipalities and
 * Taiwan.
 */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71'.split(
    ' ',
  ),
);

/** Whether a code of two digits or more begins with a province of GB/T 2260. */
export function inProvince(code: string): boolean {
  return PROVINCES.has(code.slice(0, 2));
}
