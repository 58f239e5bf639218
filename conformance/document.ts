import { type NamedTest, idsIn } from './named.ts';
import { type Provision, type Provisions, sourceOf } from './provisions.ts';
import { type Results, outcome } from './results.ts';

const inCell = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll(/[|<>*_\\`]/g, '\\$&');

/** The name without its provisions: they stand above it. */
const shown = (names: readonly string[]): string =>
  inCell(
    names
      .map((name) =>
        idsIn(name)
          .reduce((text, id) => text.replace(`[${id}]`, ''), name)
          .trim(),
      )
      .filter((name) => name !== '')
      .join(' › '),
  );

function tests(id: string, named: readonly NamedTest[], results: Results): string {
  const rows = named
    .filter(({ ids }) => ids.includes(id))
    .map(
      (test) => `| ${shown(test.names)} | [${test.file}](../${test.file}) | ${outcome(test, id, results)} |`,
    );
  if (rows.length === 0) return 'No test carries it.';
  return ['| test | file | result |', '|---|---|---|', ...new Set(rows)].join('\n');
}

const section = (provision: Provision, list: Provisions, named: readonly NamedTest[], results: Results) => {
  const { id, article, says, must } = provision;
  return [
    `### ${id}`,
    `${sourceOf(id, list)}${article === null ? '' : `，${article}`}`,
    `Rule: ${says}.`,
    `Must: ${must}.`,
    tests(id, named, results),
  ].join('\n\n');
};

/** docs/conformance.md: every provision with the tests that carry it, and how they went when they last ran. */
export function conformance(list: Provisions, named: readonly NamedTest[], results: Results): string {
  const carried = new Set(named.flatMap(({ ids }) => ids));
  const areas = [...new Set(list.provisions.map(({ area }) => area))];
  const overview = areas.map((area) => {
    const all = list.provisions.filter((p) => p.area === area).map(({ id }) => id);
    const without = all.filter((id) => !carried.has(id));
    return `| ${area} | ${all.length} | ${all.length - without.length} | ${without.join(', ') || '–'} |`;
  });
  return `${[
    '# Conformance',
    'Written by `npm run conformance` from [provisions.yaml](provisions.yaml), the names of the tests and how each test file went when it last ran; not by hand. A test that a table drives stands here once, `%s` for what the table fills in.',
    ['| area | provisions | with tests | without |', '|---|---|---|---|', ...overview].join('\n'),
    ...areas.flatMap((area) => [
      `## ${area}`,
      ...list.provisions.filter((p) => p.area === area).map((p) => section(p, list, named, results)),
    ]),
  ].join('\n\n')}\n`;
}

/** The document without what depends on a run. */
export const withoutResults = (document: string): string =>
  document.replaceAll(/ (?:not run|passed|\*\*\d+ failed\*\*)(?: \(\d+ cases\))? \|$/gm, ' |');
