import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localTransport } from '../../gateway/federation/transport.ts';
import type { Grant } from '../../records/grant.ts';
import { type AskOptions, City } from '../support/city.ts';
import { Objecting, type OnFile } from './objecting.ts';

let city: City;
let desk: Objecting;

beforeAll(async () => {
  city = await City.open();
  desk = new Objecting(city);
});
afterAll(() => city.close());

const LIST = `{ totalCount nodes { id dispute { since by stage } } edges { node { id } } }`;
const DISMISS = { decision: 'DISMISS', reason: '与决定书一致' };

/** A record as one way of asking shows it: `null` where it does not, and nothing else tells of it either. */
interface Shown {
  stage: string | null;
}

/** Every way of asking about a firm's penalties, by who asks. */
async function shown({
  code,
  name,
  subjectId,
  record,
  provider,
  jurisdiction,
}: OnFile): Promise<Record<string, Shown | null>> {
  const today = city.running.house.clock.today();
  const callers: Record<string, AskOptions> = {
    public: {},
    officer: { token: await city.officer(provider), purpose: `${jurisdiction}-supervision-market` },
    subject: { token: await desk.subject(code) },
  };
  const found: Record<string, Shown | null> = {};
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  const note = (key: string, list: any) => {
    const node = list.nodes.find(({ id }: { id: string }) => id === record);
    expect([key, list.totalCount, list.edges.length]).toEqual([key, node ? 1 : 0, node ? 1 : 0]);
    found[key] = node ? { stage: node.dispute?.stage ?? null } : null;
  };
  for (const [who, options] of Object.entries(callers)) {
    if (who === 'subject') {
      note('subject me', (await city.ask(`{ me { penalties ${LIST} } }`, options)).data.me.penalties);
      continue;
    }
    const ask = async (query: string) => (await city.ask(query, options)).data;
    note(
      `${who} subject`,
      (await ask(`{ subject(code: "${code}") { penalties ${LIST} } }`)).subject.penalties,
    );
    note(
      `${who} subjects`,
      (await ask(`{ subjects(codes: ["${code}"]) { penalties ${LIST} } }`)).subjects[0].penalties,
    );
    const search = await ask(`{ searchSubjects(name: "${name}") { nodes { id penalties ${LIST} } } }`);
    const hit = search.searchSubjects.nodes.find(({ id }: { id: string }) => id === subjectId);
    note(`${who} search`, hit.penalties);
  }
  const penalties = localTransport(city.running.house.subgraphs.penalties);
  const grants: Record<string, Grant> = {
    public: {
      scope: { kind: 'PUBLIC', persons: [] },
      today,
      caller: { role: null, unit: null, subject: null },
    },
    subject: {
      scope: { kind: 'SELF', subject: subjectId },
      today,
      caller: { role: 'subject', unit: null, subject: subjectId },
    },
  };
  for (const [who, grant] of Object.entries(grants)) {
    const { data } = await penalties.ask(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { penalties ${LIST} } } }`,
      { r: [{ __typename: 'Subject', id: subjectId }] },
      undefined,
      grant,
    );
    note(`${who} _entities`, (data as { _entities: { penalties: unknown }[] })._entities[0]?.penalties);
  }
  return found;
}

/** The same to all: `stage` on every answer; or, to the public, nothing. */
async function expectShown(own: OnFile, stage: string | null, publicly = true): Promise<void> {
  for (const [key, one] of Object.entries(await shown(own)))
    expect([key, one]).toEqual([key, key.startsWith('public') && !publicly ? null : { stage }]);
}

test.each(['310116', '310000'])(
  '[SH-30] %s: the day after a missed deadline the public sees the record no longer; it is back once the provider answers',
  async (jurisdiction) => {
    desk.on('2026-02-13');
    const own = await desk.penalty(jurisdiction);
    const { id } = await desk.filed(own);
    await expectShown(own, 'FILED');
    desk.on('2026-02-24');
    await desk.decided(await desk.center(jurisdiction), { id, decision: 'FORWARD' });
    await expectShown(own, 'VERIFYING');
    desk.on('2026-03-02');
    await expectShown(own, 'VERIFYING');
    desk.on('2026-03-03');
    await expectShown(own, 'VERIFYING', false);
    desk.on('2026-03-10');
    await desk.decided(await desk.provider(own.provider), { id, ...DISMISS });
    await expectShown(own, 'DISMISSED');
  },
);

async function shownToPublic({ code }: OnFile) {
  return (await city.ask(`{ subject(code: "${code}") { penalties ${LIST} } }`)).data.subject.penalties;
}

test('[SH-30] a provider that answers in time: the public never misses the record', async () => {
  desk.on('2026-03-02');
  const own = await desk.penalty('310116');
  const { id } = await desk.forwarded(own);
  desk.on('2026-03-09');
  await desk.decided(await desk.provider(own.provider), { id, ...DISMISS });
  desk.on('2026-03-10');
  await expectShown(own, 'DISMISSED');
});

test('[SH-30] what is withheld comes back with its own last day of publicity', async () => {
  desk.on('2026-03-02');
  const own = await desk.penalty('310116', { own: { publicityUntil: '2026-03-20' } });
  const { id } = await desk.forwarded(own);
  desk.on('2026-03-10');
  await expectShown(own, 'VERIFYING', false);
  desk.on('2026-03-20');
  await desk.decided(await desk.provider(own.provider), { id, ...DISMISS });
  await expectShown(own, 'DISMISSED');
  desk.on('2026-03-21');
  await expectShown(own, 'DISMISSED', false);
});

test.each([
  ['[SH-30]', '310116'],
  ['[ZD-38]', '370303'],
])('%s %s: dismissed, the mark stays until the subject no longer disagrees', async (_, jurisdiction) => {
  desk.on('2026-03-02');
  const own = await desk.penalty(jurisdiction);
  const { id } = await desk.forwarded(own);
  const dismissed = await desk.decided(await desk.provider(own.provider), { id, ...DISMISS });
  expect(dismissed).toMatchObject({ marked: true, turn: 'SUBJECT' });
  desk.on('2026-09-01');
  expect((await desk.penalties(own))[0].dispute).toEqual({
    since: '2026-03-02',
    by: 'SUBJECT',
    stage: 'DISMISSED',
    note: expect.any(String),
  });
  const other = await desk.penalty(jurisdiction);
  expect((await desk.accept(other, id)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  expect((await desk.accept(own, id)).data.acceptObjectionResult.objection).toMatchObject({ marked: false });
  expect((await desk.penalties(own))[0].dispute).toBeNull();
  expect((await desk.accept(own, id)).errors?.[0]?.extensions).toMatchObject({
    code: 'CONFLICT',
    turn: null,
  });
});

test('[ZD-38] [NT-32] a missed deadline withholds nothing where the law does not say so', async () => {
  desk.on('2026-03-02');
  for (const jurisdiction of ['370303', '320600']) {
    const own = await desk.penalty(jurisdiction);
    await desk.forwarded(own);
    desk.on('2026-06-01');
    expect(await shownToPublic(own)).toMatchObject({
      totalCount: 1,
      nodes: [{ dispute: { stage: 'VERIFYING' } }],
    });
    desk.on('2026-03-02');
  }
});

test('[NT-32b] marked while open only: refused, the mark is gone, and display and use were never affected', async () => {
  desk.on('2026-03-02');
  const own = await desk.penalty('320600');
  const { id } = await desk.filed(own);
  expect((await shownToPublic(own)).nodes[0].dispute).toMatchObject({ stage: 'FILED' });
  await desk.decided(await desk.center('320600'), { id, decision: 'FORWARD' });
  expect((await shownToPublic(own)).nodes[0].dispute).toMatchObject({ stage: 'VERIFYING' });
  await desk.decided(await desk.provider(own.provider), { id, ...DISMISS });
  expect((await shownToPublic(own)).nodes).toEqual([{ id: own.record, dispute: null }]);
});

test('[SH-28] a trade secret is closed to the public at once, and a later objection does not open it', async () => {
  desk.on('2026-03-02');
  const own = await desk.penalty('310116');
  const { id } = await desk.forwarded(own, { ground: 'SECRET_OR_PRIVACY' });
  const provider = await desk.provider(own.provider);
  await desk.decided(provider, { id, decision: 'UPHOLD', reason: '涉及商业秘密', remedy: 'WITHHOLD' });
  await expectShown(own, null, false);
  const again = await desk.forwarded(own);
  await expectShown(own, 'VERIFYING', false);
  await desk.decided(provider, { id: again.id, ...DISMISS });
  await expectShown(own, 'DISMISSED', false);
});

test('[SH-30] the mark of an earlier objection that the subject stands by outlasts a later one', async () => {
  desk.on('2026-03-02');
  const own = await desk.penalty('310116');
  const provider = await desk.provider(own.provider);
  const first = await desk.forwarded(own);
  await desk.decided(provider, { id: first.id, ...DISMISS });
  desk.on('2026-04-01');
  const second = await desk.forwarded(own, { ground: 'SECRET_OR_PRIVACY' });
  expect((await desk.accept(own, first.id)).data.acceptObjectionResult.objection.marked).toBe(false);
  expect((await desk.penalties(own))[0].dispute).toMatchObject({ since: '2026-04-01', stage: 'VERIFYING' });
  await desk.decided(provider, { id: second.id, ...DISMISS });
  await desk.accept(own, second.id);
  expect((await desk.penalties(own))[0].dispute).toBeNull();
});
