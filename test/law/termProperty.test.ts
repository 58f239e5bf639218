import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SubgraphName } from '../../schema/sdl.ts';
import { City } from '../support/city.ts';
import { firmCode } from '../support/known.ts';
import { callers, moveTo } from './onFile.ts';

const KINDS: { field: string; database: SubgraphName; table: string; item: string }[] = [
  { field: 'penalties', database: 'penalties', table: 'administrative_penalty', item: '310116-penalty-amr' },
  { field: 'inspections', database: 'penalties', table: 'inspection', item: '310116-inspection-amr' },
  { field: 'permits', database: 'registration', table: 'permit', item: '310116-permit-amr' },
  { field: 'judgments', database: 'judicial', table: 'judgment', item: '310116-judgment-court' },
];

/** In order: days only go forward. */
const DAYS = [
  '2026-03-02',
  '2026-03-03',
  '2026-12-31',
  '2027-01-01',
  '2028-02-28',
  '2028-02-29',
  '2028-03-01',
];
const TERM_ENDS = [null, '2026-03-01', ...DAYS];

const SHAPES: Record<string, (code: string, name: string, list: string) => string> = {
  subject: (code, _, list) => `{ subject(code: "${code}") { ${list} } }`,
  subjects: (code, _, list) => `{ subjects(codes: ["${code}", "${code}"]) { ${list} } }`,
  search: (_, name, list) => `{ searchSubjects(name: "${name}") { nodes { ${list} } } }`,
};

const SELECTIONS: Record<string, string> = {
  nodes: '(first: 100) { totalCount nodes { documentNumber visibleUntil } }',
  edges: '(first: 100) { edges { node { documentNumber visibleUntil item { code } } } }',
  one: '(first: 1) { totalCount pageInfo { hasNextPage } nodes { documentNumber subject { id } } }',
  count: '(first: 0) { totalCount }',
};

interface Fact {
  number: string;
  until: string | null;
}

let city: City;
const subject = { code: firmCode(1), name: '上海到期有限公司' };
const facts = new Map<string, Fact[]>();
let asking: Awaited<ReturnType<typeof callers>>;

beforeAll(async () => {
  city = await City.open();
  const id = await city.subject(subject.code, subject.name);
  for (const { field, database, table, item } of KINDS) {
    const all = TERM_ENDS.map((until, i): Fact => ({ number: `${field}-${i}`, until }));
    facts.set(field, all);
    for (const { number, until } of all) {
      await city.record(id, item, { documentNumber: number, visibleUntil: until });
    }
    const { rows } = await city.database(database).query(`select count(*)::int as n from ${table}`);
    expect(rows).toEqual([{ n: TERM_ENDS.length }]);
  }
  asking = await callers(city, subject.code);
});
afterAll(() => city.close());

const inTerm = ({ until }: Fact, day: string): boolean => until === null || until >= day;

test.each(DAYS)(
  '[SH-27][ZD-35][NT-30][SR-30] no record is visible after its term, to any caller, in any shape of query: %s',
  async (day) => {
    moveTo(city, day);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(asking) as (keyof typeof asking)[])),
        fc.constantFrom(...Object.keys(SHAPES)),
        fc.uniqueArray(fc.constantFrom(...KINDS), { minLength: 1 }),
        fc.constantFrom(...Object.values(SELECTIONS)),
        async (who, shape, kinds, selection) => {
          const lists = kinds.map(({ field }) => field + selection).join(' ');
          const query =
            who === 'subject'
              ? `{ me { ${lists} } }`
              : (SHAPES[shape] as (typeof SHAPES)[string])(subject.code, subject.name, lists);
          const { data, errors } = await city.ask(query, asking[who]);
          expect(errors).toBeUndefined();
          const subjects = [data.me ?? data.subject ?? data.subjects ?? data.searchSubjects.nodes].flat();
          expect(subjects.length).toBeGreaterThan(0);
          for (const { field } of kinds) {
            const left =
              facts
                .get(field)
                ?.filter((fact) => inTerm(fact, day))
                .map(({ number }) => number) ?? [];
            for (const found of subjects) {
              const list = found[field];
              const nodes = list.nodes ?? list.edges?.map((edge: { node: unknown }) => edge.node) ?? [];
              for (const { documentNumber } of nodes) expect(left).toContain(documentNumber);
              // Of an item that a caller sees, it sees all that is in term.
              if (list.totalCount !== undefined) expect([0, left.length]).toContain(list.totalCount);
            }
          }
        },
      ),
      { numRuns: 30, interruptAfterTimeLimit: 12_000 },
    );
  },
);
