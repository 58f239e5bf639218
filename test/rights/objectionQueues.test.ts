import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, type AskOptions, City } from '../support/city.ts';
import { MATTER, UNIT } from '../support/known.ts';
import { Objecting, type OnFile } from './objecting.ts';

const DISMISS = { decision: 'DISMISS', reason: '与决定书一致' };
const QUEUE = `query ($queue: ObjectionTurn, $stage: ObjectionStage, $overdueOnly: Boolean, $first: Int, $after: String) {
  objections(queue: $queue, stage: $stage, overdueOnly: $overdueOnly, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id record stage turn dueOn overdue }
  }
}`;
const COUNTS = `query ($from: Date, $to: Date, $jurisdiction: String) {
  objectionCounts(from: $from, to: $to, jurisdiction: $jurisdiction) {
    filed closed upheld dismissed open overdue marked organizations { filed } persons { filed }
    byProvider { provider { code } filed closed open overdue }
  }
}`;

let city: City;
let desk: Objecting;
/** In 310116, filed on 2, 3 and 4 March; the first was forwarded at once, the second is of a person, the last decided. */
let forwarded: OnFile;
let person: OnFile;
let decided: OnFile;
/** Of another unit, filed on 2 March. */
let urban: OnFile;
const ids: Record<string, string> = {};

beforeAll(async () => {
  city = await City.open();
  desk = new Objecting(city);
  desk.on('2026-03-02');
  forwarded = await desk.penalty('310116');
  ids['forwarded'] = (await desk.forwarded(forwarded)).id;
  urban = await desk.penalty('310116', {}, 'um');
  ids['urban'] = (await desk.filed(urban)).id;
  desk.on('2026-03-03');
  person = await desk.penalty('310116', {}, 'amr-p');
  ids['person'] = (await desk.filed(person)).id;
  desk.on('2026-03-04');
  decided = await desk.penalty('310116');
  ids['decided'] = (await desk.forwarded(decided)).id;
  await desk.decided(await desk.provider(decided.provider), { id: ids['decided'], ...DISMISS });
});
afterAll(() => city.close());

const names = (answer: { data?: { objections?: { nodes: { id: string }[] } | null } }) =>
  answer.data?.objections?.nodes.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id));

const queue = (as: AskOptions, variables: Record<string, unknown> = {}) =>
  city.ask(QUEUE, { ...as, variables });

test('[SP-obj] the center’s queue is by due date, overdue ones first', async () => {
  desk.on('2026-03-05');
  const center = await desk.center('310116');
  const all = await queue(center);
  expect(all.data.objections.totalCount).toBe(4);
  expect(all.data.objections.nodes.map(({ dueOn }: { dueOn: string }) => dueOn)).toEqual([
    '2026-03-04',
    '2026-03-05',
    '2026-03-09',
    null,
  ]);
  expect(names(all)).toEqual(['urban', 'person', 'forwarded', 'decided']);
  expect(names(await queue(center, { overdueOnly: true }))).toEqual(['urban']);
  expect(names(await queue(center, { queue: 'CENTER' }))).toEqual(['urban', 'person']);
  expect(names(await queue(center, { stage: 'DISMISSED' }))).toEqual(['decided']);
  desk.on('2026-03-06');
  expect(names(await queue(center, { overdueOnly: true }))).toEqual(['urban', 'person']);
});

test('[SP-obj] pages follow one another, and a cursor is good for its own list alone', async () => {
  desk.on('2026-03-05');
  const center = await desk.center('310116');
  const found: unknown[] = [];
  const more: boolean[] = [];
  let after: string | null = null;
  for (let page = 0; page < 4; page++) {
    const answer: Answer = await queue(center, { first: 1, after });
    const { hasNextPage, endCursor } = answer.data.objections.pageInfo;
    found.push(...(names(answer) ?? []));
    more.push(hasNextPage);
    after = endCursor;
  }
  expect(more).toEqual([true, true, true, false]);
  expect(found).toEqual(['urban', 'person', 'forwarded', 'decided']);
  const other = await queue(center, { after, queue: 'CENTER' });
  expect(other.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
});

test('[SP-obj] a unit deals with its own records’ objections, without a purpose and on the record', async () => {
  desk.on('2026-03-05');
  const market = await queue(await desk.provider(UNIT.market));
  expect(names(market)).toEqual(['person', 'forwarded', 'decided']);
  const { rows } = await city
    .database('access')
    .query('select subjects::text[] from journal_entry where id = $1', [market.extensions?.receipt]);
  expect(rows[0].subjects.toSorted()).toEqual(
    [forwarded.subjectId, person.subjectId, decided.subjectId].toSorted(),
  );
  expect(names(await queue(await desk.provider(UNIT.enforcement)))).toEqual(['urban']);
  const foreign = await desk.provider(UNIT.enforcement);
  const query = `{ objection(id: "${ids['forwarded']}") { id } }`;
  expect((await city.ask(query, foreign)).data).toEqual({ objection: null });
  // More of the subject than its id is for a purpose.
  const subject = '{ objections { nodes { subject { name } } } }';
  const answer = await city.ask(subject, await desk.provider(UNIT.market));
  expect(answer.errors?.[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
});

test('[SH-26] [SP-obj] officers, the center and the authority need a purpose; the public and services get nothing', async () => {
  desk.on('2026-03-05');
  for (const role of ['agency', 'center', 'authority'] as const) {
    const token = await city.token({
      role,
      unit: role === 'agency' ? UNIT.market : UNIT.center,
      name: '孙八',
    });
    for (const query of [
      QUEUE,
      '{ notices { totalCount } }',
      `{ objection(id: "${ids['urban']}") { stage } }`,
    ])
      expect((await city.ask(query, { token })).errors?.[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
  }
  // A matter that does not concern natural persons shows none of theirs.
  const officer = { token: await city.officer(UNIT.market), purpose: MATTER.supervision };
  expect(names(await queue(officer))).toEqual(['forwarded', 'decided']);
  expect((await queue(await desk.center('310116', 'authority'))).data.objections.totalCount).toBe(0);
  const service = await city.token({ role: 'service', unit: UNIT.market, name: '周九' });
  for (const as of [{}, { token: service, purpose: MATTER.supervision }])
    expect((await queue(as)).data?.objections ?? null).toBeNull();
});

test('[SP-obj] a subject sees its own, with what it was told, and no one else’s', async () => {
  desk.on('2026-03-05');
  const token = await desk.subject(forwarded.code);
  const mine = await city.ask(
    '{ objections { nodes { id notices { to kind } steps { step } subject { id } } } notices { totalCount nodes { kind case to } } }',
    { token },
  );
  expect(mine.data.objections.nodes).toEqual([
    {
      id: ids['forwarded'],
      notices: [
        { to: 'SUBJECT', kind: 'FILED' },
        { to: 'SUBJECT', kind: 'FORWARDED' },
      ],
      steps: [{ step: 'FILED' }, { step: 'FORWARDED' }],
      subject: { id: forwarded.subjectId },
    },
  ]);
  expect(mine.data.notices).toEqual({
    totalCount: 2,
    nodes: [
      { kind: 'FORWARDED', case: ids['forwarded'], to: 'SUBJECT' },
      { kind: 'FILED', case: ids['forwarded'], to: 'SUBJECT' },
    ],
  });
  const other = await city.ask(`{ objection(id: "${ids['urban']}") { id } }`, { token });
  expect(other.data).toEqual({ objection: null });
});

test('[SH-29] notices reach the unit that they are to, and say until when', async () => {
  desk.on('2026-03-05');
  const told = '{ notices(first: 1) { totalCount nodes { kind case dueOn unit { code } zh en } } }';
  const market = await city.ask(told, await desk.provider(UNIT.market));
  expect(market.data.notices).toEqual({
    totalCount: 2,
    nodes: [
      {
        kind: 'FORWARDED',
        case: ids['decided'],
        dueOn: '2026-03-11',
        unit: { code: UNIT.market },
        zh: expect.stringContaining('SH-29'),
        en: expect.stringContaining('2026-03-11'),
      },
    ],
  });
  expect((await city.ask(told, await desk.provider(UNIT.enforcement))).data.notices.totalCount).toBe(0);
  expect((await city.ask(told, await desk.center('310116'))).data.notices.totalCount).toBe(5);
});

test('[SP-obj] counts of a period, by unit and by kind of subject', async () => {
  desk.on('2026-03-05');
  const center = { token: (await desk.center('310116')).token as string };
  const counts = async (variables: Record<string, unknown>, as: AskOptions = center) =>
    (await city.ask(COUNTS, { ...as, variables })).data.objectionCounts;
  expect(await counts({})).toEqual({
    filed: 4,
    closed: 1,
    upheld: 0,
    dismissed: 1,
    open: 3,
    overdue: 1,
    marked: 4,
    organizations: { filed: 3 },
    persons: { filed: 1 },
    byProvider: [
      { provider: { code: UNIT.market }, filed: 3, closed: 1, open: 2, overdue: 0 },
      { provider: { code: UNIT.enforcement }, filed: 1, closed: 0, open: 1, overdue: 1 },
    ],
  });
  expect(await counts({ from: '2026-03-03', to: '2026-03-03' })).toMatchObject({
    filed: 1,
    closed: 0,
    open: 3,
  });
  expect(await counts({ jurisdiction: '320600' })).toMatchObject({ filed: 0, open: 0, byProvider: [] });
  expect(await counts({}, await desk.provider(UNIT.enforcement))).toMatchObject({ filed: 1, closed: 0 });
  expect(
    (await city.ask(COUNTS, { token: await desk.subject(person.code) })).data?.objectionCounts,
  ).toBeNull();
  const backwards = await city.ask(COUNTS, {
    ...center,
    variables: { from: '2026-03-03', to: '2026-03-02' },
  });
  expect(backwards.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'to' });
});

test('[JS-4] no answer about an objection has a person’s code', async () => {
  const query = `{ objections { nodes { id statement record evidence { name } steps { reason } notices { zh en } item { code } } } }`;
  for (const as of [await desk.center('310116'), await desk.provider(UNIT.market)])
    expect(JSON.stringify(await city.ask(query, as))).not.toContain(person.code);
});
