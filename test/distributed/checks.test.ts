import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CHECK, RESULTS, START, TENDER, VERIFY } from '../checks/desk.ts';
import { allEventsOf, openStream } from '../checks/stream.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { DistributedCity } from './distributedCity.ts';

/** Checks of a gateway that reaches every part over HTTP, one of them in a process of its own. */
let distributed: DistributedCity;
let token: string;
const [CLEAN, PENALIZED] = [firmCode(1), firmCode(2)];

beforeAll(async () => {
  distributed = await DistributedCity.open('penalties', 5_000);
  const { city } = distributed;
  token = await city.officer(UNIT.construction);
  await city.subject(CLEAN, '清白有限公司');
  const id = await city.subject(PENALIZED, '失信有限公司');
  await city.record(id, '310116-penalty-em', { documentNumber: '金应急罚9' });
  await city.record(id, '310116-permit-amr', {
    documentNumber: '许9',
    own: { certificateNumber: 'JY1310', permitType: '普通' },
  });
});
afterAll(() => distributed.close());

const ask = (query: string, variables: Record<string, unknown>) =>
  distributed.ask(query, { token, purpose: TENDER, variables });

test('[SP-check] a subject passes or fails by what agencies answer over HTTP', async () => {
  expect((await ask(CHECK, { code: CLEAN })).data.checkStanding).toMatchObject({ outcome: 'PASS', hits: [] });
  expect((await ask(CHECK, { code: PENALIZED })).data.checkStanding).toMatchObject({
    outcome: 'FAIL',
    hits: [{ documentNumber: '金应急罚9' }],
  });
});

test('[JS-12] a fact is verified over HTTP, and tries are counted across gateways', async () => {
  const { city } = distributed;
  const market = await city.token({ role: 'agency', unit: UNIT.market, name: '王五', sub: 'verifier' });
  const variables = {
    code: PENALIZED,
    fact: { recordType: 'Permit', values: [{ field: 'certificateNumber', value: 'JY1310' }] },
  };
  const here = () => distributed.ask(VERIFY, { token: market, purpose: MATTER.supervision, variables });
  const there = () => city.ask(VERIFY, { token: market, purpose: MATTER.supervision, variables });
  for (let n = 0; n < 10; n++) expect((await (n % 2 ? here() : there())).data.verifyFact).toBe(true);
  for (const answer of [await here(), await there()])
    expect(answer.errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
});

test('[SH-20b] either gateway tells how a batch goes on, whichever of them carries it out', async () => {
  const unknown = Array.from({ length: 3_000 }, (_, i) => firmCode(100 + i));
  const { data, errors } = await ask(START, { input: { codes: [CLEAN, PENALIZED, ...unknown] } });
  expect(errors).toBeUndefined();
  const { id } = data.startBatchCheck.job;
  const streams = [distributed.url, distributed.city.running.url].map(async (url) =>
    allEventsOf(await openStream(url, id, token)),
  );
  for (const stream of streams) {
    const last = (await stream).at(-1);
    expect(last).toMatchObject({
      event: 'end',
      data: { state: 'DONE', passed: 1, failed: 1, unknown: 3_000 },
    });
  }
  const { nodes } = (await ask(RESULTS, { id, first: 3 })).data.job.results;
  expect(nodes).toMatchObject([
    { outcome: 'PASS' },
    { outcome: 'FAIL', hits: [{ documentNumber: '金应急罚9' }] },
    { outcome: 'UNKNOWN' },
  ]);
});

test('[SH-20b] a batch is carried out by a gateway of which all parts are apart', async () => {
  await distributed.city.running.service.close();
  const { data } = await ask(START, { input: { codes: [PENALIZED, CLEAN] } });
  const { id } = data.startBatchCheck.job;
  const events = await allEventsOf(await openStream(distributed.url, id, token));
  expect(events.at(-1)).toMatchObject({ event: 'end', data: { state: 'DONE', passed: 1, failed: 1 } });
  const { rows } = await distributed.city
    .database('access')
    .query(
      `select cardinality(subjects) as n from journal_entry where operation like 'batchCheck job ' || $1 || '%'`,
      [id],
    );
  expect(rows).toEqual([{ n: 2 }]);
});
