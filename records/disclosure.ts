/**
 * What one execution in a subgraph disclosed: for the journal entry that is committed before the answer leaves [SH-19]. Filled by the
 * loaders, so that no resolver can forget it.
 */
export interface DisclosureReport {
  subjects: Set<string>;
  /** Of these, known to be natural persons by more than the items: for statistics. */
  persons: Set<string>;
  /** Records disclosed by item number. */
  items: Map<number, number>;
  /** Which of these items each subject was told of by: a subject that reads who looked learns nothing of the others [SR-29]. */
  of: Map<string, Set<number>>;
}

export interface DisclosureData {
  subjects: string[];
  /** Left out where there are none. */
  persons?: string[];
  items: [item: number, count: number][];
  /** Left out where one subject alone was told of: all items are its. */
  of?: [subject: string, items: number[]][];
}

export const emptyReport = (): DisclosureReport => ({
  subjects: new Set(),
  persons: new Set(),
  items: new Map(),
  of: new Map(),
});

/** Notes one disclosed record. */
export function discloseItem(report: DisclosureReport, subject: string, item: number): void {
  report.items.set(item, (report.items.get(item) ?? 0) + 1);
  itemsOf(report, subject).add(item);
}

function itemsOf(report: DisclosureReport, subject: string): Set<number> {
  let items = report.of.get(subject);
  if (!items) report.of.set(subject, (items = new Set()));
  return items;
}

export function addDisclosed(report: DisclosureReport, data: DisclosureData): void {
  for (const subject of data.subjects) report.subjects.add(subject);
  for (const person of data.persons ?? []) report.persons.add(person);
  for (const [item, count] of data.items) report.items.set(item, (report.items.get(item) ?? 0) + count);
  const [only, ...others] = data.subjects;
  const alone = only !== undefined && others.length === 0;
  const shares = data.of ?? (alone ? [[only, data.items.map(([item]) => item)] as const] : []);
  for (const [subject, items] of shares) {
    const all = itemsOf(report, subject);
    for (const item of items) all.add(item);
  }
}

export const disclosureData = (report: DisclosureReport): DisclosureData => ({
  subjects: [...report.subjects],
  ...(report.persons.size > 0 && { persons: [...report.persons] }),
  items: [...report.items],
  ...(report.subjects.size > 1 && {
    of: [...report.of].map(([subject, items]): [string, number[]] => [subject, [...items]]),
  }),
});
