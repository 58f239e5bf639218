import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { statementsDuring } from '../support/statements.ts';
import { type Desk, JOB, START, desk, over } from './desk.ts';
import { allEventsOf, eventsOf, openStream } from './stream.ts';

let city: City;
let tender: Desk;
let url: string;

beforeAll(async () => {
  city = await City.open();
  tender = await desk(city);
  ({ url } = city.running);
});
afterAll(() => city.close());

const start = async (count: number): Promise<string> => {
  const codes = Array.from({ length: count }, (_, i) => firmCode(i + 1));
  return (await tender.ask(START, { input: { codes } })).data.startBatchCheck.job.id;
};
const errorOf = async (response: Response) =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

test('[SH-20b] a job is told of as it goes on, and the stream ends with it', async () => {
  const id = await start(6_000);
  const response = await openStream(url, id, tender.token);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    expect.stringMatching(/^text\/event-stream/),
  ]);
  expect(response.headers.get('cache-control')).toContain('no-store');
  const events = await allEventsOf(response);
  const done = events.map(({ data }) => data.done);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  expect(events.map(({ event }) => event)).toEqual([...events.slice(1).map(() => 'progress'), 'end']);
  const { job } = (await tender.ask(JOB, { id })).data;
  expect(events.at(-1)?.data).toMatchObject({ id, ...job, state: 'DONE', done: 6_000, unknown: 6_000 });
  // Who asked and why stays in the journal, and no subject is told of.
  expect(Object.keys(events.at(-1)?.data ?? {}).sort()).toEqual(
    'done endedAt failed id matter passed reason startedAt state total unknown'.split(' '),
  );
});

test('[SH-20b] a stream that broke off is taken up where it was, and is not opened again after the end', async () => {
  const id = await start(6_000);
  let last = '';
  for await (const event of eventsOf(await openStream(url, id, tender.token))) {
    last = event.id;
    break;
  }
  const [next] = await allEventsOf(await openStream(url, id, tender.token, last));
  expect(next?.id).not.toBe(last);
  const [whole] = await allEventsOf(await openStream(url, id, tender.token));
  expect(whole).toMatchObject({ event: 'end', data: { state: 'DONE' } });
  expect((await openStream(url, id, tender.token, whole?.id)).status).toBe(204);
});

test('[SH-20b] a stream is the unit’s own, for its officers', async () => {
  const id = await start(1);
  await over(city, tender, id);
  const market = await desk(city, UNIT.market, MATTER.supervision);
  const foreign = await openStream(url, id, market.token);
  const unknown = await openStream(url, crypto.randomUUID(), market.token);
  const none = await openStream(url, 'x', market.token);
  expect([foreign.status, unknown.status, none.status]).toEqual([404, 404, 404]);
  expect(await foreign.text()).toBe(await unknown.text());
  expect((await openStream(url, id)).status).toBe(401);
  const subject = await city.token({ role: 'subject', code: firmCode(1) });
  const refused = await openStream(url, id, subject);
  expect([refused.status, await errorOf(refused)]).toEqual([403, 'FORBIDDEN']);
});

/** A job that no worker takes up. */
async function waiting(): Promise<string> {
  const id = await start(1);
  await over(city, tender, id);
  await city
    .database('access')
    .query(
      `update batch_job set state = 'RUNNING', claimed_until = now() + interval '1 hour' where id = $1`,
      [id],
    );
  return id;
}

test('[SH-20b] many who watch cost one statement at a time, and there is an end to how many', async () => {
  const id = await waiting();
  const controller = new AbortController();
  const officers = await Promise.all(
    Array.from({ length: 21 }, (_, i) =>
      city.token({ role: 'agency', unit: UNIT.construction, name: '王五', sub: `w${i}` }),
    ),
  );
  const responses = [];
  for (const token of officers)
    responses.push(
      await fetch(`${url}/jobs/${id}/events`, {
        headers: { authorization: `Bearer ${token}` },
        signal: controller.signal,
      }),
    );
  expect(responses.map(({ status }) => status)).toEqual([...Array(20).fill(200), 429]);
  expect(responses.at(-1)?.headers.get('retry-after')).toMatch(/^\d+$/);
  const { statements } = await statementsDuring(() => sleep(2_000));
  const looks = statements.filter(({ text }) => text.includes('from batch_job where id = any'));
  expect(looks.length).toBeGreaterThanOrEqual(2);
  expect(looks.length).toBeLessThanOrEqual(5);
  controller.abort();
  await city.until(async () => {
    const again = await openStream(url, id, tender.token);
    await again.body?.cancel();
    return again.status === 200;
  });
});

test('[SH-34, SH-20b] a stream ends with its caller’s access, and a stream that is then asked for is refused and logged', async () => {
  const id = await waiting();
  const stream = allEventsOf(await openStream(url, id, tender.token));
  const center = await city.token({ role: 'center', unit: UNIT.center, name: '中心' });
  const change = (field: string, more = '') =>
    city.ask(`mutation W($unit: String!) { ${field}(unit: $unit${more}) { grantee { unit } } }`, {
      token: center,
      variables: { unit: UNIT.construction },
    });
  await change('withdrawGrantee', ', reason: "违规"');
  expect((await stream).map(({ event }) => event)).toEqual(['progress']);
  const refused = await openStream(url, id, tender.token);
  expect([refused.status, await errorOf(refused)]).toEqual([403, 'FORBIDDEN']);
  const { rows } = await city
    .database('access')
    .query(`select unit, outcome from journal_entry where operation = 'jobEvents'`);
  expect(rows).toEqual([{ unit: UNIT.construction, outcome: 'FORBIDDEN' }]);
  await change('restoreGrantee');
  await city.until(async () => (await tender.ask(JOB, { id })).data?.job !== undefined);
});

test('[SH-20b] a gateway that stops ends its streams at once', async () => {
  const other = await City.open();
  const officer = await desk(other);
  const codes = [firmCode(1)];
  const { id } = (await officer.ask(START, { input: { codes } })).data.startBatchCheck.job;
  await over(other, officer, id);
  await other
    .database('access')
    .query(
      `update batch_job set state = 'RUNNING', claimed_until = now() + interval '1 hour' where id = $1`,
      [id],
    );
  const stream = allEventsOf(await openStream(other.running.url, id, officer.token));
  await sleep(100);
  await other.close();
  expect((await stream).map(({ event }) => event)).toEqual(['progress']);
});
