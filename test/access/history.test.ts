import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type AskOptions, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';

const FIRM = firmCode(1);
const OTHER = firmCode(2);
const PERSON = personCode(1);

const LOOKS =
  'accessHistory(first: 50) { totalCount nodes { id at basis unit { code name } officer channel matter matterName items { code name class } } }';
const LOOK_AT =
  'query ($code: String!) { subject(code: $code) { inspections { nodes { title } } penalties { nodes { title } } } }';

let city: City;
let officer: string;
let firm: string;

beforeAll(async () => {
  city = await City.open();
  firm = await city.subject(FIRM, '上海余兰贸易有限公司', 'LEGAL_PERSON', '310116');
  const other = await city.subject(OTHER, '上海明德机械有限公司', 'LEGAL_PERSON', '310116');
  await city.record(firm, '310116-inspection-amr', { documentNumber: 'I1' });
  await city.record(other, '310116-penalty-amr', { documentNumber: 'P1' });
  await city.subject(PERSON, '张三', 'NATURAL_PERSON');
  officer = await city.officer(UNIT.market);
});
afterAll(() => city.close());

interface Look {
  id: string;
  basis: string;
  officer: string | null;
  items: { code: string; name: string; class: string }[];
}

const own = async (code = FIRM, query = `{ me { ${LOOKS} } }`) =>
  city.ask(query, { token: await city.token({ role: 'subject', code }) });
const looksOf = async (code = FIRM): Promise<Look[]> => (await own(code)).data.me.accessHistory.nodes;
const look = (options: Partial<AskOptions> = {}) =>
  city.ask(LOOK_AT, { variables: { code: FIRM }, token: officer, purpose: MATTER.supervision, ...options });
const center = () => city.token({ role: 'center', unit: UNIT.center, name: '钱七' });

describe('[SR-29] a subject sees who looked at it', () => {
  test('when, why, by which channel and at which categories, newest first', async () => {
    const token = await city.token({ role: 'agency', unit: UNIT.market, name: '王五', channel: 'hall' });
    const { extensions } = await look({ token });
    const [newest] = await looksOf();
    expect(newest).toEqual({
      id: extensions?.receipt,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      basis: 'MATTER',
      unit: { code: UNIT.market, name: city.running.house.follower.current()?.units.get(UNIT.market)?.name },
      officer: null,
      channel: 'hall',
      matter: MATTER.supervision,
      matterName: city.running.house.follower.current()?.matters.get(MATTER.supervision)?.name,
      items: [
        {
          code: '310116-inspection-amr',
          name: expect.stringMatching(/./),
          class: 'SUPERVISION',
        },
      ],
    });
    expect((await looksOf())[0]).toMatchObject({ basis: 'SELF', unit: null, matter: null });
  });

  test('a natural person too: also the public, which needs no token', async () => {
    const id = city.running.house.pseudonym(PERSON);
    await city.record(id, '310116-enforcement-court-p', { documentNumber: 'E1' });
    const named =
      'query ($code: String!, $name: String) { subject(code: $code, name: $name) { enforcements { totalCount nodes { title } } } }';
    await city.ask(named, { variables: { code: PERSON, name: '张三' } });
    expect(await looksOf(PERSON)).toEqual([
      expect.objectContaining({
        basis: 'PUBLIC',
        unit: null,
        channel: 'website',
        items: [expect.objectContaining({ code: '310116-enforcement-court-p' })],
      }),
    ]);
  });

  test('and nothing of the others that were looked at together with it', async () => {
    const query =
      'query ($codes: [String!]!) { subjects(codes: $codes) { inspections { nodes { title } } penalties { nodes { title } } } }';
    const { extensions } = await city.ask(query, {
      variables: { codes: [FIRM, OTHER] },
      token: officer,
      purpose: MATTER.supervision,
    });
    const itemsFor = async (code: string) =>
      (await looksOf(code)).find(({ id }) => id === extensions?.receipt)?.items.map((item) => item.code);
    expect(await itemsFor(FIRM)).toEqual(['310116-inspection-amr']);
    expect(await itemsFor(OTHER)).toEqual(['310116-penalty-amr']);
  });

  test('a refused look told of nothing and is not in it', async () => {
    const before = (await looksOf()).length;
    const { extensions } = await look({ purpose: MATTER.discretion });
    const looks = await looksOf();
    expect(looks.some(({ id }) => id === extensions?.receipt)).toBe(false);
    expect(looks).toHaveLength(before + 1);
  });
});

describe('[SR-29] who else may see who looked', () => {
  const ask = (options: AskOptions) =>
    city.ask(`query ($code: String!) { subject(code: $code) { name ${LOOKS} } }`, {
      variables: { code: FIRM },
      ...options,
    });

  test('the center with a purpose, and it sees the officer', async () => {
    await look();
    const { data, errors } = await ask({ token: await center(), purpose: MATTER.quality });
    expect(errors).toBeUndefined();
    expect(data.subject.accessHistory.nodes[0]).toMatchObject({ officer: '王五' });
    expect((await ask({ token: await center() })).errors).toMatchObject([
      { extensions: { code: 'PURPOSE_REQUIRED' } },
    ]);
  });

  test('no other officer, no service agency, no other subject: null, with FORBIDDEN', async () => {
    const asked: AskOptions[] = [
      { token: officer, purpose: MATTER.supervision },
      {
        token: await city.token({ role: 'service', unit: UNIT.market, name: '赵六' }),
        purpose: MATTER.supervision,
      },
      { token: await city.token({ role: 'subject', code: OTHER }) },
    ];
    for (const options of asked) {
      const { data, errors } = await ask(options);
      expect(data.subject).toEqual({ name: '上海余兰贸易有限公司', accessHistory: null });
      expect(errors).toMatchObject([
        { path: ['subject', 'accessHistory'], extensions: { code: 'FORBIDDEN' } },
      ]);
    }
    expect(await ask({})).toEqual({
      data: { subject: { name: '上海余兰贸易有限公司', accessHistory: null } },
    });
  });
});

test('[SR-29] pages are cut in the database, without gaps or repetitions, and cursors are one’s own', async () => {
  for (let i = 0; i < 5; i += 1) await look();
  const all = (await looksOf()).map(({ id }) => id);
  const query = (after: string | null) =>
    `{ me { accessHistory(first: 3, after: ${JSON.stringify(after)}) { nodes { id } pageInfo { hasNextPage endCursor } } } }`;
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { data }: Answer = await own(FIRM, query(after));
    const page = data.me.accessHistory;
    expect(page.nodes.length).toBeLessThanOrEqual(3);
    seen.push(...page.nodes.map(({ id }: Look) => id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    if (after) {
      const { errors } = await own(OTHER, query(after));
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }]);
    }
  } while (after);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.slice(-all.length)).toEqual(all);
});

test('[SR-29] the histories of many subjects are read by one statement', async () => {
  const query =
    'query ($codes: [String!]!) { subjects(codes: $codes) { accessHistory(first: 2) { nodes { id } } } }';
  const options = { token: await center(), purpose: MATTER.quality };
  const { statements } = await statementsDuring(() =>
    city.ask(query, { ...options, variables: { codes: [FIRM, OTHER] } }),
  );
  // One reads, one is the journal's.
  expect(perDatabase(statements)['access']).toBe(2);
});

describe('[SR-29] lawful delay', () => {
  const authority = () => city.token({ role: 'authority', unit: UNIT.market, name: '孙八' });
  const delayed = async (undisclosedUntil: string) =>
    look({ token: await authority(), purpose: { matter: MATTER.supervision, undisclosedUntil } });

  test.each([
    ['2026-03-01', true],
    ['2026-03-02', false],
    ['2026-03-03', false],
  ])('a look marked until %s is told on 2026-03-02: %s', async (day, told) => {
    const count = async () => (await own()).data.me.accessHistory.totalCount as number;
    const before = await count();
    const { extensions, errors } = await delayed(day);
    expect(errors).toBeUndefined();
    expect((await looksOf()).some(({ id }) => id === extensions?.receipt)).toBe(told);
    // Two looks of its own came in between.
    expect(await count()).toBe(before + 2 + (told ? 1 : 0));
    const entry = await city.ask('query ($id: ID!) { journalEntry(id: $id) { undisclosedUntil } }', {
      variables: { id: extensions?.receipt },
      token: officer,
    });
    expect(entry.data.journalEntry).toEqual({ undisclosedUntil: day });
  });

  test('is the authority’s alone to order', async () => {
    const purpose = { matter: MATTER.supervision, undisclosedUntil: '2026-04-01' };
    for (const token of [
      officer,
      await center(),
      await city.token({ role: 'subject', code: OTHER }),
      undefined,
    ]) {
      const { data, errors } = await look({ ...(token ? { token } : { token: '' }), purpose });
      expect(data).toBeUndefined();
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    expect((await delayed('2026-02-30')).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'extensions.purpose' } },
    ]);
  });
});

test('[SR-29][SH-31] who looked is as unchangeable as the journal', async () => {
  const { journalUrl, databases } = city.running.house;
  const { default: pg } = await import('pg');
  for (const connectionString of [journalUrl, databases.access.appUrl]) {
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      for (const sql of [
        "update journal_subject set items = '{}'",
        'delete from journal_subject',
        'truncate journal_subject',
      ])
        await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
    }
  }
  await expect(
    city
      .database('access')
      .query('insert into journal_subject (subject_id, seq, items) values ($1, 0, $2)', [firm, []]),
  ).rejects.toMatchObject({ code: '42501' });
});
