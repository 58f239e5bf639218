import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type AskOptions, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';

const FIRM = firmCode(1);
const OTHER = firmCode(2);
const QUERY = `query Look($code: String!) { subject(code: $code) {
  penalties { nodes { id } } inspections { nodes { id } edges { node { id } } } arrears(first: 1) { totalCount } registration { id } } }`;
const ENTRY = `query ($id: ID!) { journalEntry(id: $id) {
  id at officer unit role channel matter caseNumber note operation subjects items { item count } outcome } }`;

let city: City;
let officer: string;
let firm: string;

beforeAll(async () => {
  city = await City.open();
  officer = await city.token({
    role: 'agency',
    unit: UNIT.market,
    name: '王五',
    channel: 'window',
    sub: 'wang5',
  });
  firm = await city.subject(FIRM, '上海余兰贸易有限公司');
  await city.subject(OTHER, '另一家公司');
  for (const documentNumber of ['P1', 'P2'])
    await city.record(firm, '310116-penalty-amr', { documentNumber });
  await city.record(firm, '310116-penalty-em', { documentNumber: 'P3' });
  await city.record(firm, '310116-inspection-amr', { documentNumber: 'I1' });
  await city.record(firm, '310116-act-nr', { documentNumber: 'not asked for' });
});
afterAll(() => city.close());

const asked = {
  purpose: { matter: MATTER.supervision, caseNumber: '沪金市监〔2026〕8号', note: '日常检查' },
};
const entries = async (): Promise<number> =>
  (await city.database('access').query('select count(*)::int as n from journal_entry')).rows[0].n;
const entry = (id: unknown, options: AskOptions) => city.ask(ENTRY, { variables: { id }, ...options });

describe('an entry', () => {
  test('[SH-19][ZD-25] says who looked, when, why, at whom and at what', async () => {
    const before = Date.now();
    const { extensions } = await city.ask(QUERY, { variables: { code: FIRM }, token: officer, ...asked });
    const { data } = await entry(extensions?.receipt, { token: officer });
    expect(data.journalEntry).toEqual({
      id: extensions?.receipt,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/),
      officer: '王五',
      unit: UNIT.market,
      role: 'agency',
      channel: 'window',
      matter: MATTER.supervision,
      caseNumber: '沪金市监〔2026〕8号',
      note: '日常检查',
      operation: 'Look',
      subjects: [firm],
      items: expect.arrayContaining([
        { item: '310116-penalty-amr', count: 2 },
        { item: '310116-penalty-em', count: 1 },
        { item: '310116-inspection-amr', count: 1 },
      ]),
      outcome: 'ANSWERED',
    });
    expect(data.journalEntry.items).toHaveLength(3);
    const at = Date.parse(data.journalEntry.at);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  test('[SH-19] names every subject that a list told of, and none that it did not', async () => {
    const codes = [FIRM, OTHER, firmCode(999)];
    const { extensions } = await city.ask('query ($codes: [String!]!) { subjects(codes: $codes) { name } }', {
      variables: { codes },
      token: officer,
      ...asked,
    });
    const { data } = await entry(extensions?.receipt, { token: officer });
    expect(data.journalEntry.subjects.toSorted()).toEqual(
      [firm, city.running.house.pseudonym(OTHER)].toSorted(),
    );
    expect(data.journalEntry.items).toEqual([]);
  });

  test('[SH-19] of an unnamed operation still tells operations apart', async () => {
    const operation = async (query: string) => {
      const { extensions } = await city.ask(query, { token: officer, ...asked });
      return (await entry(extensions?.receipt, { token: officer })).data.journalEntry.operation as string;
    };
    expect(await operation(`{ subject(code: "${FIRM}") { id } }`)).not.toBe(
      await operation(`{ subject(code: "${FIRM}") { name } }`),
    );
  });

  test('[SH-31] is written for a refusal too, with its code', async () => {
    const subject = await city.token({ role: 'subject', code: 'not a code' });
    const refused: [string, AskOptions, string?][] = [
      ['PURPOSE_REQUIRED', { token: officer }],
      ['PURPOSE_NOT_ALLOWED', { token: officer, purpose: MATTER.discretion }],
      ['PURPOSE_NOT_ALLOWED', { token: officer, ...asked, variables: { code: personCode(1) } }],
      ['BAD_USER_INPUT', { token: officer, purpose: { matter: '' } }],
      ['BAD_USER_INPUT', { token: officer, ...asked, variables: { code: 'x' } }],
      ['BAD_USER_INPUT', { token: subject }, '{ me { id } }'],
    ];
    for (const [outcome, options, query = QUERY] of refused) {
      const { extensions } = await city.ask(query, { variables: { code: FIRM }, ...options });
      const { rows } = await city
        .database('access')
        .query('select outcome, subjects, items from journal_entry where id = $1', [extensions?.receipt]);
      expect(rows).toEqual([{ outcome, subjects: [], items: [] }]);
    }
  });

  test('[SH-26] is written when the center changes the catalogue, and when it is refused to others', async () => {
    const publish =
      'mutation Publish($input: PublishItemInput!) { publishItem(input: $input) { item { code } } }';
    const { rows: items } = await city
      .database('catalogue')
      .query(`select code, name, class, tier, jurisdiction, provider, data_standard as "dataStandard", record_type as "recordType", about_persons as "aboutPersons",
        negative, grade, update_cycle as "updateCycle" from item_version where code = '310116-inspection-em'`);
    const token = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
    for (const [by, outcome] of [
      [token, 'ANSWERED'],
      [officer, 'FORBIDDEN'],
    ]) {
      const { extensions } = await city.ask(publish, { variables: { input: items[0] }, token: by });
      const { rows } = await city
        .database('access')
        .query('select operation, outcome from journal_entry where id = $1', [extensions?.receipt]);
      expect(rows).toEqual([{ operation: 'Publish', outcome }]);
    }
  });
});

test('[SH-19] one entry a query, named by its receipt, also for fifty at once', async () => {
  const before = await entries();
  const codes = Array.from({ length: 50 }, (_, i) => (i % 3 === 0 ? OTHER : FIRM));
  const answers = await Promise.all(
    codes.map((code) => city.ask(QUERY, { variables: { code }, token: officer, ...asked })),
  );
  expect(await entries()).toBe(before + 50);
  const receipts = answers.map((a) => a.extensions?.receipt);
  const { rows } = await city
    .database('access')
    .query<{ id: string; subjects: string[] }>(
      'select id, subjects::text[] as subjects from journal_entry where id = any($1)',
      [receipts],
    );
  const subjects = new Map(rows.map((row) => [row.id, row.subjects]));
  expect(receipts.map((id) => subjects.get(id as string))).toEqual(
    codes.map((code) => [city.running.house.pseudonym(code)]),
  );
});

test('[SH-19] what needs no entry gets none: the catalogue, the public at an organization', async () => {
  const before = await entries();
  expect((await city.ask('{ units { totalCount } }', { token: officer })).extensions).toBeUndefined();
  expect((await city.ask(QUERY, { variables: { code: FIRM } })).extensions).toBeUndefined();
  expect(await entries()).toBe(before);
});

test('[SH-19][SH-26] an entry is for the officer’s own unit, and for the center with a purpose', async () => {
  const { extensions } = await city.ask(QUERY, { variables: { code: FIRM }, token: officer, ...asked });
  const id = extensions?.receipt;
  const reads = async (options: AskOptions) => (await entry(id, options)).data?.journalEntry?.id ?? null;
  const center = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
  expect(await reads({ token: await city.officer(UNIT.market) })).toBe(id);
  expect(await reads({ token: center, purpose: MATTER.quality })).toBe(id);
  expect(await reads({ token: center })).toBeNull();
  expect(await reads({ token: await city.officer(UNIT.construction) })).toBeNull();
  expect(await reads({ token: await city.officer(UNIT.construction), purpose: MATTER.tender })).toBeNull();
  expect(await reads({ token: await city.token({ role: 'subject', code: FIRM }) })).toBeNull();
  expect(await reads({})).toBeNull();
});

describe('[SH-31] the journal is append-only', () => {
  test.each([
    "update journal_entry set officer = 'x'",
    'delete from journal_entry',
    'truncate journal_entry',
    'drop table journal_entry',
    'alter table journal_entry add column x int',
    'create rule forget as on insert to journal_entry do instead nothing',
    'alter table journal_entry disable trigger all',
  ])('for the role that writes it and for the application: %s', async (sql) => {
    const { journalUrl, databases } = city.running.house;
    for (const connectionString of [journalUrl, databases.access.appUrl]) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      try {
        await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
      } finally {
        await client.end();
      }
    }
  });
});

describe('when the journal cannot be written', () => {
  const expectNoAnswer = async () => {
    for (const variables of [{ code: FIRM }, { code: firmCode(999) }, { code: 'x' }]) {
      const response = await city.post(QUERY, { variables, token: officer, ...asked });
      expect(response.status).toBe(503);
      const body = (await response.json()) as object;
      expect(Object.keys(body)).toEqual(['errors']);
      expect(body).toMatchObject({ errors: [{ extensions: { code: 'JOURNAL_UNAVAILABLE' } }] });
    }
  };
  const expectAnswer = async () => {
    const { data, extensions } = await city.ask(QUERY, {
      variables: { code: FIRM },
      token: officer,
      ...asked,
    });
    expect(data.subject.inspections.nodes).toHaveLength(1);
    expect((await entry(extensions?.receipt, { token: officer })).data.journalEntry.outcome).toBe('ANSWERED');
  };

  test('[SH-19][ZD-25] because its database is unreachable, the query fails, and the next after it is back succeeds', async () => {
    await city.reachable('access', false);
    try {
      await expectNoAnswer();
      expect(await city.ask(QUERY, { variables: { code: FIRM } })).toMatchObject({
        data: { subject: { penalties: { nodes: expect.any(Array) } } },
      });
    } finally {
      await city.reachable('access', true);
    }
    await expectAnswer();
  });

  test('[SH-19][JS-4] nor is the public told of a person', async () => {
    const code = personCode(5);
    const id = await city.subject(code, '张三', 'NATURAL_PERSON');
    await city.record(id, '310116-enforcement-court-p', { documentNumber: 'E1' });
    await city.reachable('access', false);
    try {
      for (const name of ['张三', '李四']) {
        const answer = await city.ask(
          'query ($code: String!, $name: String) { subject(code: $code, name: $name) { name } }',
          { variables: { code, name } },
        );
        expect(answer).not.toHaveProperty('data');
        expect(answer).toMatchObject({ errors: [{ extensions: { code: 'JOURNAL_UNAVAILABLE' } }] });
      }
    } finally {
      await city.reachable('access', true);
    }
  });

  test('[SH-19] because its table is gone, likewise', async () => {
    const migrator = new pg.Client({ connectionString: city.running.house.databases.access.migratorUrl });
    await migrator.connect();
    try {
      await migrator.query('alter table journal_entry rename to moved_away');
      await expectNoAnswer();
      await migrator.query('alter table moved_away rename to journal_entry');
    } finally {
      await migrator.end();
    }
    await expectAnswer();
  });
});
