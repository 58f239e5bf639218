import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type AskOptions, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';

const CARD = `query Card($code: String!, $name: String) { subject(code: $code, name: $name) {
  name permits { totalCount nodes { title } } penalties { totalCount nodes { title } } honors { totalCount } } }`;

const KNOWN = firmCode(1);
/** Agencies hold records of it; registration has never heard of it. */
const UNREGISTERED = firmCode(2);
const PERSON = personCode(1);

const ITEMS = ['310116-permit-amr', '310116-penalty-amr', '310116-honor-civ'];

let city: City;
let officer: AskOptions;

beforeAll(async () => {
  city = await City.open();
  officer = { token: await city.officer(UNIT.market), purpose: MATTER.supervision };
  const known = await city.subject(KNOWN, '上海一号公司');
  const person = await city.subject(PERSON, '张三', 'NATURAL_PERSON');
  for (const item of ITEMS)
    for (const id of [known, city.running.house.pseudonym(UNREGISTERED)]) await city.record(id, item);
  await city.record(person, '310116-penalty-amr-p');
});
afterAll(() => city.close());

/** Questions that a subgraph has answered so far. */
async function answeredBy(subgraph: string): Promise<number> {
  const text = await (await fetch(`${city.running.url}/metrics`)).text();
  const line = `credit_subgraph_duration_seconds_count{subgraph="${subgraph}",outcome="ok"} `;
  return Number(text.split(line)[1]?.split('\n')[0] ?? 0);
}

async function entryOf(extensions: { receipt?: string } | undefined) {
  const { rows } = await city
    .database('access')
    .query('select cardinality(subjects) as subjects, items, counts from journal_entry where id = $1', [
      extensions?.receipt,
    ]);
  return rows[0];
}

const NOTHING = { subjects: 0, items: [], counts: [] };

test('agencies are asked about a subject while registration still looks it up', async () => {
  const before = await answeredBy('penalties');
  const holder = new pg.Client({ connectionString: city.running.house.databases.registration.migratorUrl });
  await holder.connect();
  await holder.query('begin; lock table subject in access exclusive mode');
  const asked = city.ask(CARD, { ...officer, variables: { code: KNOWN } });
  await city.until(async () => (await answeredBy('penalties')) > before);
  await holder.query('rollback');
  await holder.end();
  const { data, extensions } = await asked;
  expect(data.subject).toMatchObject({
    name: '上海一号公司',
    permits: { totalCount: 1 },
    penalties: { totalCount: 1 },
    honors: { totalCount: 1 },
  });
  expect(await entryOf(extensions)).toEqual({
    subjects: 1,
    items: expect.arrayContaining(ITEMS),
    counts: [1, 1, 1],
  });
});

test('a list that is selected twice costs what it costs once', async () => {
  const cost = async (selection: string) => {
    const query = `query ($code: String!) { subject(code: $code) { ${selection} } }`;
    const ask = () => city.ask(query, { ...officer, variables: { code: KNOWN } });
    await ask();
    const { value, statements } = await statementsDuring(ask);
    return { data: value.data, statements: perDatabase(statements) };
  };
  const once = await cost('permits { nodes { title grade } }');
  const twice = await cost('permits { nodes { title } } permits { nodes { grade } }');
  expect(twice).toEqual(once);
});

test('a field that is skipped costs nothing, and is told of by no entry', async () => {
  const query = `query ($code: String!, $skip: Boolean!) { subject(code: $code) @skip(if: $skip) {
    name penalties { totalCount } } }`;
  const before = await answeredBy('penalties');
  const { data, extensions } = await city.ask(query, { ...officer, variables: { code: KNOWN, skip: true } });
  expect(data).toEqual({});
  expect(await entryOf(extensions)).toEqual(NOTHING);
  expect(await answeredBy('penalties')).toBe(before);
});

describe('what was asked ahead is dropped, and the journal tells of nothing, where the subject', () => {
  test.each([
    ['is not on file', { code: UNREGISTERED }],
    ['has another name', { code: KNOWN, name: '另一家公司' }],
  ])('%s [SH-19]', async (_, variables) => {
    const { data, errors, extensions } = await city.ask(CARD, { ...officer, variables });
    expect({ data, errors }).toEqual({ data: { subject: null }, errors: undefined });
    expect(await entryOf(extensions)).toEqual(NOTHING);
  });
});

describe('nobody is asked ahead about a person whom the caller may not know of', () => {
  test.each([
    ['a matter that does not concern persons', { role: 'agency', unit: UNIT.market }, 'PURPOSE_NOT_ALLOWED'],
    ['a credit service agency', { role: 'service', unit: UNIT.market }, undefined],
  ] as const)('%s [JS-4]', async (_, claims, code) => {
    const before = await answeredBy('penalties');
    const { data, errors, extensions } = await city.ask(CARD, {
      token: await city.token({ ...claims, name: '李四' }),
      purpose: MATTER.supervision,
      variables: { code: PERSON },
    });
    expect(data).toEqual({ subject: null });
    expect(errors?.[0]?.extensions?.code).toBe(code);
    expect(await entryOf(extensions)).toEqual(NOTHING);
    expect(await answeredBy('penalties')).toBe(before);
  });
});
