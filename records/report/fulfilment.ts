import type { ReportFulfilment } from './row.ts';

/** @param entries of the list; how many there are and how many are fulfilled, by unit, best first. */
export function fulfilments(
  entries: readonly { unit: string; fulfilled: boolean }[],
  name: (unit: string) => string,
): ReportFulfilment[] {
  const sums = [...Map.groupBy(entries, ({ unit }) => unit)].map(([code, own]) => {
    const fulfilled = own.filter((entry) => entry.fulfilled).length;
    return { unit: { code, name: name(code) }, listed: own.length, fulfilled, rate: fulfilled / own.length };
  });
  const worse = (a: (typeof sums)[number], b: (typeof sums)[number]) =>
    b.rate - a.rate || b.fulfilled - a.fulfilled || (a.unit.code < b.unit.code ? -1 : 1);
  return sums.sort(worse).map((sum, at) => ({ ...sum, rank: at + 1 }));
}
