/**
 * What one execution in a subgraph disclosed: for the journal entry that is committed before the answer leaves [SH-19]. Filled by the
 * loaders, so that no resolver can forget it.
 */
export interface DisclosureReport {
  subjects: Set<string>;
  /** Records disclosed by item number. */
  items: Map<number, number>;
}

export interface DisclosureData {
  subjects: string[];
  items: [item: number, count: number][];
}

export const emptyReport = (): DisclosureReport => ({ subjects: new Set(), items: new Map() });

export function addDisclosed(report: DisclosureReport, data: DisclosureData): void {
  for (const subject of data.subjects) report.subjects.add(subject);
  for (const [item, count] of data.items) report.items.set(item, (report.items.get(item) ?? 0) + count);
}

export const disclosureData = (report: DisclosureReport): DisclosureData => ({
  subjects: [...report.subjects],
  items: [...report.items],
});
