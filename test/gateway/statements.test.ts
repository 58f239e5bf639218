import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AskOptions, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';

const FIRMS = Array.from({ length: 100 }, (_, i) => firmCode(i));
/** What every firm has one of, and the list it shows in. */
const ITEMS: Record<string, string> = {
  '310116-penalty-amr': 'penalties',
  '310116-inspection-amr': 'inspections',
  '310116-contract-hc': 'contractRecords',
  '310116-permit-amr': 'permits',
  '310116-judgment-court': 'judgments',
  '310116-honor-civ': 'honors',
  '310116-repair-cr': 'repairs',
};
const LIST =
  '{ totalCount nodes { title sources item { code name class tier } provider { code name } subject { id } } pageInfo { hasNextPage endCursor } }';
const FILE = `id name code ${Object.values(ITEMS)
  .map((field) => `${field} ${LIST}`)
  .join(' ')}`;
const QUERY = `query ($codes: [String!]!) { subjects(codes: $codes) { ${FILE} } }`;

let city: City;

beforeAll(async () => {
  city = await City.open();
  const records = [];
  for (const code of FIRMS)
    records.push({ subjectId: await city.subject(code, `公司 ${code}`), documentNumber: code, title: code });
  for (const item of Object.keys(ITEMS)) await city.records(item, records);
});
afterAll(() => city.close());

test('[JS-21] the view of all providers costs the same statements for 1 and 20 of them', async () => {
  const token = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
  const query = `query ($first: Int) { providers(first: $first) { nodes {
    unit { name } received linkRate rejectsByRule { rule count } timeliness { source onTime } batches(first: 2) { totalCount nodes { id } }
  } } }`;
  const cost = async (first: number) => {
    const { value, statements } = await statementsDuring(() =>
      city.ask(query, { token, variables: { first } }),
    );
    expect(value.errors).toBeUndefined();
    expect(value.data.providers.nodes).toHaveLength(first);
    return perDatabase(statements);
  };
  expect(await cost(20)).toEqual(await cost(1));
});

test('[NT-18] one query over all domains costs the same statements for 1, 10 and 100 subjects', async () => {
  const asked = { token: await city.officer(UNIT.market), purpose: MATTER.supervision };
  const cost = async (codes: string[]) => {
    const { value, statements } = await statementsDuring(() =>
      city.ask(QUERY, { variables: { codes }, ...asked }),
    );
    expect(value.errors).toBeUndefined();
    expect(
      value.data.subjects.map((s: { inspections: { totalCount: number } }) => s.inspections.totalCount),
    ).toEqual(codes.map(() => 1));
    return perDatabase(statements);
  };
  const one = await cost(FIRMS.slice(0, 1));
  expect(one).toEqual({ registration: 2, penalties: 3, judicial: 1, honors: 1, objections: 1, access: 1 });
  expect(await cost(FIRMS.slice(0, 10))).toEqual(one);
  expect(await cost(FIRMS)).toEqual(one);
});

test('[NT-18] lists that are longer than their page are counted by one statement more, for 1 and 100 subjects', async () => {
  const asked = { token: await city.officer(UNIT.market), purpose: MATTER.supervision };
  const query = `query ($codes: [String!]!) { subjects(codes: $codes) { penalties(first: 0) { totalCount nodes { title } } } }`;
  const cost = async (codes: string[]) => {
    const { value, statements } = await statementsDuring(() =>
      city.ask(query, { variables: { codes }, ...asked }),
    );
    expect(value.data.subjects).toEqual(codes.map(() => ({ penalties: { totalCount: 1, nodes: [] } })));
    return perDatabase(statements);
  };
  const one = await cost(FIRMS.slice(0, 1));
  expect(one).toMatchObject({ penalties: 2 });
  expect(await cost(FIRMS)).toEqual(one);
});

test('[SH-16][SH-18][JS-14] callers of different scopes whose queries are read together never get one another’s rows', async () => {
  const open = ['310116-penalty-amr', '310116-permit-amr', '310116-judgment-court', '310116-honor-civ'];
  const callers: { options: AskOptions; sees: string[] }[] = [
    { options: {}, sees: open },
    {
      options: { token: await city.officer(UNIT.market), purpose: MATTER.supervision },
      sees: Object.keys(ITEMS),
    },
    {
      options: { token: await city.officer(UNIT.market), purpose: MATTER.licence },
      sees: ['310116-penalty-amr', '310116-permit-amr', '310116-judgment-court'],
    },
    {
      options: { token: await city.officer(UNIT.construction), purpose: MATTER.tender },
      sees: ['310116-contract-hc'],
    },
    {
      options: {
        token: await city.token({ role: 'service', unit: UNIT.market, name: '赵六' }),
        purpose: MATTER.supervision,
      },
      sees: open,
    },
  ];
  interface Row {
    title: string;
    item: { code: string };
  }
  const seen = (file: Record<string, { totalCount: number; nodes: Row[] }>, code: string): string[] =>
    Object.values(ITEMS).flatMap((field) => {
      const list = file[field] as { totalCount: number; nodes: Row[] };
      expect(list.totalCount).toBe(list.nodes.length);
      expect(list.nodes.map((row) => row.title)).toEqual(list.nodes.map(() => code));
      return list.nodes.map((row) => row.item.code);
    });

  const ask = fc.record({
    caller: fc.constantFrom(...callers),
    codes: fc.uniqueArray(fc.constantFrom(...FIRMS.slice(0, 6)), { minLength: 1, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(ask, { minLength: 20, maxLength: 40 }), async (asks) => {
      await Promise.all(
        asks.map(async ({ caller, codes }) => {
          const { data } = await city.ask(QUERY, { variables: { codes }, ...caller.options });
          codes.forEach((code, i) => {
            expect(data.subjects[i].code).toBe(code);
            expect(seen(data.subjects[i], code).toSorted()).toEqual(caller.sees.toSorted());
          });
        }),
      );
    }),
    { numRuns: 8 },
  );
});
