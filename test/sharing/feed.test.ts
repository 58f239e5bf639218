import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { OrderAction } from '../../records/orders/order.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { type Change, Feeding } from './feeding.ts';

let city: City;
let feeding: Feeding;

beforeAll(async () => {
  city = await City.open();
  feeding = new Feeding(city);
  await feeding.recipient({ jurisdictions: ['310000'] });
});
afterAll(() => city.close());

const kinds = (nodes: readonly Change[]): string[] => nodes.map(({ kind }) => kind);
const by = { by: null, reason: '核查' };
const ORDERS: OrderAction[] = [
  { kind: 'MARK', dispute: { since: '2026-03-02', by: 'SUBJECT', stage: 'FILED', note: null } },
  { kind: 'UNMARK' },
  { kind: 'WITHHOLD', after: '2026-03-01' },
  { kind: 'LIFT' },
  { kind: 'CORRECT', correction: { own: { facts: '夸大宣传' } }, bornOn: null, ...by },
  { kind: 'HIDE_AFTER', after: '2027-01-01' },
  { kind: 'ARCHIVE', because: 'REPAIRED', ...by },
];

test('[SP-push] every kind of change comes once, in order, with the record as it stands', async () => {
  const start = await feeding.newest();
  const record = await feeding.penalty();
  await feeding.takenIn();
  const added = (await feeding.rest(start)).nodes;
  expect(added).toEqual([
    {
      position: expect.any(String),
      kind: 'ADDED',
      at: expect.any(String),
      jurisdiction: '310116',
      visibleUntil: '2028-06-01',
      item: { code: '310116-penalty-amr' },
      subject: { id: record.subjectId },
      record: {
        type: 'AdministrativePenalty',
        id: record.id,
        penalties: expect.objectContaining({ id: record.id, revision: 1, facts: '虚假宣传' }),
      },
    },
  ]);
  for (const order of ORDERS.slice(0, 5)) await feeding.order(record, order);
  await feeding.takenIn();
  const changed = (await feeding.rest(start)).nodes;
  expect(kinds(changed)).toEqual(['ADDED', 'MARKED', 'UNMARKED', 'WITHHELD', 'LIFTED', 'CORRECTED']);
  // The record is not what it was, but what it is.
  expect(changed.map((node) => node.record?.penalties.facts)).toEqual(changed.map(() => '夸大宣传'));
  for (const order of ORDERS.slice(5)) await feeding.order(record, order);
  const gone = await feeding.penalty();
  await feeding.order(gone, { kind: 'REVOKE', ...by });
  // What is gone changes no more.
  await feeding.order(record, ORDERS[1] as OrderAction);
  await feeding.takenIn();
  const last = (await feeding.rest(changed.at(-1)?.position as string)).nodes;
  expect(last.map(({ kind, record }) => [record?.id, kind, record?.penalties])).toEqual([
    [record.id, 'ARCHIVED', null],
    [gone.id, 'REVOKED', null],
  ]);
});

test('[SP-push] a registration that comes again is RENEWED, the same content and another route are no change', async () => {
  const subjectId = await city.subject(firmCode(2_990), '上海更新有限公司');
  const start = await feeding.newest();
  for (const own of [{ businessScope: '零售' }, { businessScope: '批发' }, { businessScope: '批发' }])
    await city.record(subjectId, '310116-registration-amr', { own, source: UNIT.center });
  await feeding.takenIn();
  expect(kinds((await feeding.rest(start)).nodes)).toEqual(['ADDED', 'RENEWED']);
});

test('[SP-push] what the archive takes at the end of its term, and what it gives back to be looked at, are no changes', async () => {
  const expired = await feeding.penalty(undefined, { visibleUntil: '2026-01-01' });
  const standing = await feeding.penalty();
  const start = await feeding.newest();
  await city.running.house.subgraphs.penalties.tidy?.();
  await feeding.order(expired, {
    kind: 'MARK',
    dispute: { since: '2026-03-02', by: 'AGENT', stage: 'FILED', note: null },
  });
  await feeding.order(standing, ORDERS[0] as OrderAction);
  await feeding.takenIn();
  const { nodes } = await feeding.rest(start);
  expect(nodes.map(({ kind, record }) => [kind, record?.id])).toEqual([['MARKED', standing.id]]);
});

test('[SP-push, SP-sub] a recipient is given its own district, its own items and its matter’s scope, and cannot tell what else there is', async () => {
  const start = await feeding.newest();
  const [district, ofCity, elsewhere] = [
    await feeding.penalty(),
    await feeding.penalty('310000-penalty-amr'),
    await feeding.penalty('310115-penalty-amr'),
  ];
  await feeding.takenIn();
  const told = async () => (await feeding.rest(start)).nodes.map(({ record }) => record?.id);
  expect(await told()).toEqual([district.id, ofCity.id]);
  await feeding.recipient({ jurisdictions: ['310116'] });
  expect(await told()).toEqual([district.id]);
  await feeding.recipient({ jurisdictions: ['310000'], items: ['310000-penalty-amr'] });
  expect(await told()).toEqual([ofCity.id]);
  await feeding.recipient({ jurisdictions: ['310000'], classes: ['PUBLIC_WELFARE'] });
  expect(await told()).toEqual([]);
  const pages = await Promise.all([0, 1, 2].map(() => feeding.page(start)));
  expect(new Set(pages.map(({ pageInfo }) => pageInfo.endCursor)).size).toBe(3);
  expect(new Set(pages.map(({ pageInfo }) => pageInfo.endCursor.length)).size).toBe(1);
  expect(pages.map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([false, false, false]);
  await feeding.recipient({ jurisdictions: ['310000'] });
  expect(elsewhere.id).toBeDefined();
});

test('[SP-push, ZD-29] a credit service agency is told of what is public alone: that a record is withheld, and then nothing of it', async () => {
  const service = { role: 'service' } as const;
  await feeding.takenIn();
  const start = (await feeding.page(null, { ...service, first: 0 })).newest;
  const record = await feeding.penalty();
  for (const order of [ORDERS[2], ORDERS[0], ORDERS[1], ORDERS[3]])
    await feeding.order(record, order as OrderAction);
  await feeding.takenIn();
  const { nodes } = await feeding.rest(start, service);
  expect(kinds(nodes)).toEqual(['ADDED', 'WITHHELD', 'LIFTED']);
  expect(nodes.map((node) => node.record?.penalties?.id)).toEqual(nodes.map(() => record.id));
  await feeding.order(record, ORDERS[2] as OrderAction);
  expect((await feeding.page(start, service)).nodes.map((node) => node.record?.penalties)).toEqual([
    null,
    null,
    null,
  ]);
  const other = await feeding.penalty();
  await feeding.takenIn();
  await city
    .database('penalties')
    .query(`update administrative_penalty set dispute = $2, public_until = '2026-03-01' where id = $1`, [
      other.id,
      { since: '2026-03-02', by: 'SUBJECT', stage: 'FILED', note: null },
    ]);
  await feeding.takenIn();
  const last = async (asked: Parameters<typeof feeding.rest>[1]) =>
    kinds((await feeding.rest(null, asked)).nodes).at(-1);
  expect(await last(service)).toBe('WITHHELD');
  expect(await last({})).toBe('MARKED');
});

test('[SP-push] whoever reads on from anywhere, by pages of any size, is given the same sequence', async () => {
  const start = await feeding.newest();
  for (let i = 0; i < 6; i++) {
    const record = await feeding.penalty(i % 2 ? '310000-penalty-amr' : undefined);
    await feeding.order(record, ORDERS[i % 4] as OrderAction);
  }
  await feeding.takenIn();
  const whole = (await feeding.page(start, { first: 1_000 })).nodes.map(({ kind, record }) => [
    kind,
    record?.id,
  ]);
  expect(whole).toHaveLength(6 + 3);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 12 }), async (sizes) => {
      const told: unknown[] = [];
      let at = start;
      for (const first of sizes) {
        const page = await feeding.page(at, { first });
        told.push(...page.nodes.map(({ kind, record }) => [kind, record?.id]));
        // From its last change, or from its end: it is the same.
        at = page.pageInfo.hasNextPage
          ? (page.nodes.at(-1)?.position ?? page.pageInfo.endCursor)
          : page.pageInfo.endCursor;
      }
      told.push(...(await feeding.rest(at)).nodes.map(({ kind, record }) => [kind, record?.id]));
      expect(told).toEqual(whole);
    }),
    { numRuns: 25 },
  );
});

test('[SP-push] an item’s tier and end come once, and its records are told of no more', async () => {
  const item = '310116-penalty-ct';
  const start = await feeding.newest();
  const publish = async (input: Record<string, unknown>) => {
    const snapshot = city.running.house.follower.current()?.itemsByCode.get(item);
    const token = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
    const { errors } = await city.ask(
      `mutation ($input: PublishItemInput!) { publishItem(input: $input) { item { code tier } } }`,
      {
        token,
        variables: {
          input: {
            code: item,
            name: snapshot?.name,
            class: snapshot?.class,
            jurisdiction: '310116',
            provider: snapshot?.provider,
            recordType: 'AdministrativePenalty',
            dataStandard: snapshot?.dataStandard,
            updateCycle: snapshot?.updateCycle,
            negative: true,
            grade: snapshot?.grade,
            aboutPersons: false,
            ...input,
          },
        },
      },
    );
    expect(errors).toBeUndefined();
  };
  await feeding.penalty(item);
  await feeding.takenIn();
  expect(kinds((await feeding.rest(start)).nodes)).toEqual(['ADDED']);
  await publish({ tier: 'AUTHORIZED' });
  await city.until(async () => (await feeding.rest(start)).nodes.some(({ kind }) => kind === 'DISCLOSURE'));
  const { nodes } = await feeding.rest(start);
  expect(nodes).toEqual([
    expect.objectContaining({ kind: 'DISCLOSURE', item: { code: item }, subject: null, record: null }),
  ]);
});

test('[SP-push] a position that is too old is told of as such, with where all is kept; nothing is skipped in silence', async () => {
  const start = await feeding.newest();
  const first = await feeding.penalty();
  await feeding.takenIn();
  const { sharing, penalties } = city.running.house.subgraphs;
  await city.database('sharing').query(`update change set taken_at = now() - interval '31 days'`);
  await sharing.tidy?.();
  const page = await feeding.page(start);
  expect(page).toMatchObject({ state: 'TOO_OLD', nodes: [], pageInfo: { hasNextPage: false } });
  const second = await feeding.penalty();
  await feeding.takenIn();
  for (const from of [page.oldest, page.newest, null])
    expect((await feeding.rest(from)).nodes.map(({ record }) => record?.id)).toEqual([second.id]);
  expect(first.id).not.toBe(second.id);
  // What was taken in is removed from the agency's own log, what was not stays.
  const log = city.database('penalties');
  await log.query(`update record_change set at = now() - interval '31 days'`);
  await city.until(async () => {
    await penalties.tidy?.();
    return (await log.query('select from record_change')).rowCount === 0;
  });
  await feeding.penalty();
  await feeding.takenIn();
  expect((await feeding.rest(page.newest)).nodes).toHaveLength(2);
});

test('[SP-push, SH-26] for units that are recorded, with a purpose of their own, from positions of their own', async () => {
  const start = await feeding.newest();
  const codes = async (asked: ReturnType<typeof feeding.ask>) =>
    (await asked).errors?.map(({ extensions }) => extensions.code);
  expect(await codes(feeding.ask(null, { unit: UNIT.construction, matter: MATTER.tender }))).toEqual([
    'FORBIDDEN',
  ]);
  expect(await codes(feeding.ask(start, { matter: MATTER.supervision }))).toEqual(['BAD_USER_INPUT']);
  expect(await codes(feeding.ask('AAAA'))).toEqual(['BAD_USER_INPUT']);
  expect(await codes(feeding.ask(start, { first: 1_001 }))).toEqual(['BAD_USER_INPUT']);
  const query = '{ changes { oldest } }';
  const token = await city.officer(UNIT.market);
  expect((await city.ask(query, { token })).errors?.[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
  expect((await city.ask(query)).data?.changes ?? null).toBeNull();
  const center = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
  expect(
    (await city.ask('{ recipients { nodes { unit { code } } } }', { token })).errors?.[0]?.extensions.code,
  ).toBe('FORBIDDEN');
  expect(
    (await city.ask('{ recipients { totalCount nodes { unit { code } } } }', { token: center })).data
      .recipients,
  ).toEqual({
    totalCount: 1,
    nodes: [{ unit: { code: UNIT.market } }],
  });
  for (const input of [
    { jurisdictions: [] },
    { jurisdictions: ['999999'] },
    { jurisdictions: ['310116'], items: ['x'] },
  ])
    expect((await feeding.recipient(input)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  await feeding.withdraw(UNIT.market);
  expect(await codes(feeding.ask(start))).toEqual(['FORBIDDEN']);
  await feeding.recipient({ jurisdictions: ['310000'] });
});

test('[SP-push, SH-19] the journal has each subject that a page told of', async () => {
  const start = await feeding.newest();
  const records = [await feeding.penalty(), await feeding.penalty()];
  await feeding.takenIn();
  const { extensions } = await feeding.ask(start);
  const { rows } = await city
    .database('access')
    .query('select matter, subjects, outcome from journal_entry where id = $1', [extensions?.receipt]);
  expect(rows[0]).toMatchObject({ matter: MATTER.licence, outcome: 'ANSWERED' });
  expect(rows[0].subjects.sort()).toEqual(records.map(({ subjectId }) => subjectId).sort());
});
