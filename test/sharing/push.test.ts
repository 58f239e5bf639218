import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { HTTP, type CloudEvent } from 'cloudevents';
import { codeOf } from '../checks/desk.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { LOCAL, RECORD, Receiver, Registry, WEBHOOKS, verified } from './pushing.ts';
import { center, collected, order } from './watching.ts';

const PENALTY = '310116-penalty-amr';
const INSPECTION = '310116-inspection-amr';

let city: City;
let registry: Registry;
let receiver: Receiver;
let next = 500;
beforeAll(async () => {
  city = await City.open(LOCAL);
  registry = new Registry(city, await center(city));
  await registry.recipient(UNIT.market);
});
afterAll(() => city.close());
beforeEach(async () => {
  receiver = await Receiver.open();
});
afterEach(async () => {
  for (const unit of [UNIT.market, UNIT.construction])
    await registry.done('mutation ($unit: String!) { withdrawWebhook(unit: $unit) { withdrawn } }', { unit });
  await receiver.close();
});

async function firm() {
  const code = firmCode(++next);
  return { code, subjectId: await city.subject(code, `第${next}公司`, 'LEGAL_PERSON', '310116') };
}
const received = (n: number, by = receiver) => city.until(async () => by.events.size >= n);

test('[SP-push] a recipient is told of what changes from then on, in order, signed, with nothing of the records', async () => {
  const { code, subjectId } = await firm();
  await city.record(subjectId, PENALTY, { documentNumber: '先前' });
  await city.until(async () => {
    const { rows } = await city
      .database('sharing')
      .query('select from change where subject_id = $1', [subjectId]);
    return rows.length > 0;
  });
  const secret = await registry.webhook(receiver.url);
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
  await city.record(subjectId, PENALTY, { documentNumber: '金市监罚〔2026〕1号', title: '处罚决定' });
  await received(1);
  const { rows } = await city
    .database('penalties')
    .query(`select id from administrative_penalty where document_number = '金市监罚〔2026〕1号'`);
  const recordId = rows[0].id as string;
  const dispute = { since: '2026-03-02', by: 'SUBJECT' as const, stage: 'FILED', note: null };
  await order(city, { subjectId, recordId }, { kind: 'MARK', dispute });
  await order(city, { subjectId, recordId }, { kind: 'UNMARK' });
  await received(3);
  await order(city, { subjectId, recordId }, { kind: 'REVOKE', by: null, reason: '撤销' });
  await received(4);
  expect(receiver.told).toEqual([
    ...['ADDED', 'MARKED', 'UNMARKED'].map((kind) => `${kind} ${PENALTY}`),
    'REVOKED null',
  ]);
  expect([...receiver.events.values()].map(({ data }) => data?.record)).toEqual(
    receiver.told.map(() => recordId),
  );
  for (const message of receiver.messages) {
    expect(verified(secret, message)).toEqual(message.events);
    expect(message.headers['content-type']).toMatch(/^application\/cloudevents-batch\+json/);
    const parsed = HTTP.toEvent({ headers: message.headers, body: message.body }) as CloudEvent<unknown>[];
    expect(parsed.every((event) => event.validate())).toBe(true);
    for (const secretive of [subjectId, code, `第${next}公司`, '金市监罚', '处罚决定'])
      expect(message.body).not.toContain(secretive);
    expect(() => verified(secret, { ...message, body: `${message.body} ` })).toThrow();
  }
  const [event] = receiver.events.values();
  expect(event).toEqual({
    id: expect.stringMatching(/^[\w-]{27}$/),
    source: '/public-credit/changes',
    specversion: '1.0',
    type: 'dev.public-credit.change.added',
    time: expect.stringMatching(/Z$/),
    datacontenttype: 'application/json',
    data: {
      change: 'ADDED',
      recordType: 'AdministrativePenalty',
      record: recordId,
      item: PENALTY,
      jurisdiction: '310116',
    },
  });
  expect(await registry.state(UNIT.market)).toMatchObject({
    acknowledgedAt: expect.any(String),
    failingSince: null,
    attempts: 0,
  });
});

test('[SP-push] it is told of its scope alone: the matter’s, its own bounds, and where it is a credit service agency what is public', async () => {
  await registry.recipient(UNIT.construction, { classes: ['SUPERVISION'] });
  const other = await Receiver.open();
  try {
    await registry.webhook(receiver.url, { publicOnly: true });
    await registry.webhook(other.url, { unit: UNIT.construction, matter: MATTER.tender });
    const { subjectId } = await firm();
    for (const item of [
      '310116-penalty-amr-p',
      INSPECTION,
      '320600-penalty-em',
      PENALTY,
      '310116-qualification-hc',
      '310116-penalty-em',
    ])
      await city.record(subjectId, item, { documentNumber: item });
    await collected(city);
    await city.until(async () => {
      const { rows } = await city
        .database('sharing')
        .query('select from webhook, change_head where position < last_seq');
      return rows.length === 0;
    });
    expect(other.told).toEqual(['ADDED 310116-penalty-em']);
    expect(receiver.told.toSorted()).toEqual([
      'ADDED 310116-penalty-amr',
      'ADDED 310116-penalty-em',
      'ADDED 310116-qualification-hc',
    ]);
    // The same change has another id for each: together they cannot tell what the other is given.
    expect([...other.events.keys()].some((id) => receiver.events.has(id))).toBe(false);
  } finally {
    await other.close();
  }
});

test('[SP-push] without a 2xx the same is sent again and nothing after it; a redirect is not followed; the state says since when', async () => {
  const trap = await Receiver.open();
  try {
    await registry.webhook(receiver.url);
    receiver.redirect = trap.url;
    receiver.reply = () =>
      receiver.messages.length === 1 ? 302 : receiver.messages.length === 2 ? 500 : 200;
    const { subjectId } = await firm();
    await city.record(subjectId, PENALTY, { documentNumber: '甲' });
    await city.until(async () => receiver.messages.length > 0);
    await city.record(subjectId, PENALTY, { documentNumber: '乙' });
    await city.until(async () => (await registry.state(UNIT.market))['lastError'] === 'HTTP 302');
    expect(await registry.state(UNIT.market)).toMatchObject({
      failingSince: expect.any(String),
      nextTry: expect.any(String),
      attempts: 1,
    });
    await received(2);
    const [first, second] = receiver.messages;
    expect(second?.events[0]).toEqual(first?.events[0]);
    expect(receiver.told).toEqual([`ADDED ${PENALTY}`, `ADDED ${PENALTY}`]);
    await city.until(async () => (await registry.state(UNIT.market))['failingSince'] === null);
    expect(trap.messages).toEqual([]);
  } finally {
    await trap.close();
  }
});

test('[SP-push] a receiver that is dead, or never answers, costs no other anything', async () => {
  await registry.recipient(UNIT.construction, { classes: ['SUPERVISION'] });
  const silent = await Receiver.open();
  try {
    silent.reply = () => new Promise(() => {});
    await registry.webhook(silent.url);
    await registry.webhook(receiver.url, { unit: UNIT.construction, matter: MATTER.tender });
    const { subjectId } = await firm();
    for (const documentNumber of ['甲', '乙', '丙']) {
      await city.record(subjectId, '310116-penalty-em', { documentNumber });
      await city.until(async () => silent.messages.length > 0);
    }
    await received(3);
    expect(silent.messages).toHaveLength(1);
    await registry.webhook('http://127.0.0.1:1/');
    await city.record(subjectId, '310116-penalty-em', { documentNumber: '丁' });
    await received(4);
    await city.until(async () => (await registry.state(UNIT.market))['lastError'] === 'UNREACHABLE');
  } finally {
    await silent.close();
  }
});

test('[SP-push] what is no longer kept is told as such, and it goes on from there', async () => {
  const { subjectId } = await firm();
  receiver.reply = () => 503;
  await registry.webhook(receiver.url);
  await city.record(subjectId, PENALTY, { documentNumber: '失' });
  await city.until(async () => receiver.messages.length > 0);
  const sharing = city.database('sharing');
  await sharing.query('delete from change');
  await sharing.query('update change_head set cut_seq = last_seq');
  receiver.reply = () => 200;
  await received(1);
  await city.record(subjectId, PENALTY, { documentNumber: '新' });
  await received(2);
  expect(receiver.told).toEqual(['dev.public-credit.change.too-old', `ADDED ${PENALTY}`]);
});

test('[SP-push] the center records webhooks of recipients, at https addresses outside private networks; a unit sees its own', async () => {
  const tried = (input: Record<string, unknown>) =>
    registry.ask(RECORD, {
      input: {
        unit: UNIT.market,
        matter: MATTER.supervision,
        publicOnly: false,
        url: 'https://example.org/',
        ...input,
      },
    });
  for (const url of [
    'http://example.org/',
    'ftp://example.org/',
    'https://user:pass@example.org/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fe80::1]/',
    'http://127.0.0.2/',
    'x',
  ])
    expect([url, codeOf(await tried({ url }))]).toEqual([url, 'BAD_USER_INPUT']);
  expect(codeOf(await tried({ unit: UNIT.court }))).toBe('BAD_USER_INPUT');
  expect(codeOf(await tried({ matter: MATTER.tender }))).toBe('BAD_USER_INPUT');
  const officer = await city.officer(UNIT.market);
  const input = { unit: UNIT.market, matter: MATTER.supervision, publicOnly: false, url: receiver.url };
  for (const query of [RECORD, 'mutation { withdrawWebhook(unit: "x") { withdrawn } }'])
    expect(codeOf(await city.ask(query, { token: officer, variables: { input } }))).toBe('FORBIDDEN');
  await registry.webhook(receiver.url);
  const ofUnit = async (unit: string) =>
    (await city.ask(WEBHOOKS, { token: await city.officer(unit) })).data.webhooks;
  expect(await ofUnit(UNIT.market)).toMatchObject({ totalCount: 1, nodes: [{ url: receiver.url }] });
  expect(await ofUnit(UNIT.court)).toMatchObject({ totalCount: 0, nodes: [] });
  const { rows } = await city.database('sharing').query('select secret from webhook');
  expect(rows[0].secret.toString('latin1')).not.toContain('whsec_');
});

test('[SP-push, SH-34] who is no recipient any more, or has no access, is told nothing', async () => {
  await registry.webhook(receiver.url);
  const { subjectId } = await firm();
  await city.record(subjectId, PENALTY, { documentNumber: '甲' });
  await received(1);
  await registry.done(
    'mutation ($unit: String!) { withdrawRecipient(unit: $unit) { recipient { unit { code } } } }',
    {
      unit: UNIT.market,
    },
  );
  const other = await Receiver.open();
  try {
    // Whoever is told after it, was told all that came before.
    await registry.recipient(UNIT.construction);
    await registry.webhook(other.url, { unit: UNIT.construction, matter: MATTER.tender });
    const both = (documentNumber: string) => city.record(subjectId, '310116-penalty-em', { documentNumber });
    await both('乙');
    await received(1, other);
    expect(receiver.events.size).toBe(1);
    await registry.recipient(UNIT.market);
    await received(2);
    await registry.done(
      'mutation ($unit: String!) { withdrawGrantee(unit: $unit, reason: "违规") { grantee { unit } } }',
      {
        unit: UNIT.market,
      },
    );
    await city.until(async () => {
      const { rows } = await city.database('sharing').query('select units from withdrawn_word');
      return rows[0]?.units.includes(UNIT.market) ?? false;
    });
    await both('丙');
    await received(2, other);
    expect(receiver.events.size).toBe(2);
    await registry.done('mutation ($unit: String!) { restoreGrantee(unit: $unit) { grantee { unit } } }', {
      unit: UNIT.market,
    });
    await received(3);
  } finally {
    await other.close();
  }
});
