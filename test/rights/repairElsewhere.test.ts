import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { DIGEST, type OnFile, Repairing, errorOf } from './repairing.ts';

const DRAFT_FROM = '2026-03-02';
const GENERAL = { determinedOn: '2025-06-01', grade: 'GENERAL' } as const;

let city: City;
let repairs: Repairing;

beforeAll(async () => {
  city = await City.open({ JURISDICTIONS_IN_FORCE: `310000-draft=${DRAFT_FROM}` });
  repairs = new Repairing(city);
});
afterAll(() => city.close());

/** Without the promise that Nantong alone asks for. */
const plain = { rectifiedOn: '2026-02-20', commitment: null };

/** From the application to the effect, on one day: there is no notice to wait for. */
async function repairedAtOnce(of: OnFile): Promise<string> {
  const id = await repairs.applied(of, plain);
  const supported = await repairs.support(of, id);
  expect(supported.data.decideRepair.application).toMatchObject({
    stage: 'CONFIRMING',
    turn: 'CENTER',
    noticeUntil: null,
  });
  const adopted = await repairs.adopt(of, id);
  expect(adopted.data.decideRepair.application).toMatchObject({ stage: 'REPAIRED', turn: null });
  return id;
}

describe('[ZD-34] Zhangdian', () => {
  test.each(['MINOR', 'GENERAL', 'SEVERE'] as const)(
    'on the written confirmation of the provider the original of a %s record is archived',
    async (grade) => {
      repairs.on('2026-03-02');
      const record = await repairs.onFile('370303-penalty-amr', { ...GENERAL, grade });
      const id = await repairedAtOnce(record);
      expect((await repairs.application(record, id)).effect).toBe('ORIGINAL_ARCHIVED');
      expect(await repairs.shown(record, 'penalties')).toEqual([]);
      expect(await repairs.archived(record)).toEqual([record.record]);
      expect(await repairs.shown(record, 'repairs')).toHaveLength(1);
    },
  );

  test('without the written confirmation, or before it, nothing is adopted', async () => {
    const record = await repairs.onFile('370303-penalty-amr', GENERAL);
    const id = await repairs.applied(record, plain);
    expect(errorOf(await repairs.adopt(record, id))).toMatchObject({ stage: 'APPLIED', turn: 'PROVIDER' });
    const provider = await repairs.provider(record);
    const input = { id, decision: 'REPAIR', opinion: '同意' };
    expect(errorOf(await repairs.decide(provider, input)).message).toContain('ZD-34，第三十四条');
    const faulty = await repairs.decide(provider, { ...input, documentDigest: 'ab' });
    expect(errorOf(faulty).argument).toBe('documentDigest');
    const taken = await repairs.decide(provider, { ...input, documentDigest: DIGEST });
    expect(taken.errors).toBeUndefined();
    expect(errorOf(await repairs.support(record, id))).toMatchObject({ stage: 'CONFIRMING', turn: 'CENTER' });
  });

  test('what was revoked meanwhile is not repaired; the center can only refuse', async () => {
    const record = await repairs.onFile('370303-penalty-amr', GENERAL);
    const id = await repairs.applied(record, plain);
    await repairs.support(record, id);
    await city
      .database('penalties')
      .query('update administrative_penalty set revoked_at = now() where id = $1', [record.record]);
    expect(errorOf(await repairs.adopt(record, id)).code).toBe('CONFLICT');
    const center = await repairs.center('370303');
    const { data } = await repairs.decide(center, { id, decision: 'REFUSE', opinion: '原处罚已撤销' });
    expect(data.decideRepair.application.stage).toBe('REFUSED');
  });
});

describe('[SR-32] Shanghai under the draft Regulation', () => {
  test.each(['310000', '310115', '310112'])(
    '%s: from the day on which it is in force',
    async (jurisdiction) => {
      const record = await repairs.onFile(`${jurisdiction}-penalty-amr`, GENERAL);
      repairs.on('2026-03-01');
      const { message, code } = errorOf(await repairs.apply(record, plain));
      expect(code).toBe('BAD_USER_INPUT');
      expect(message).toContain('没有信用修复的条款');
      repairs.on(DRAFT_FROM);
      const id = await repairedAtOnce(record);
      expect((await repairs.application(record, id)).effect).toBe('REMOVED_FROM_QUERY');
      expect(await repairs.shown(record, 'penalties')).toEqual([]);
      expect(await repairs.archived(record)).toEqual([record.record]);
    },
  );

  test('severe conduct is never repaired', async () => {
    repairs.on(DRAFT_FROM);
    const record = await repairs.onFile('310000-penalty-amr', { ...GENERAL, grade: 'SEVERE' });
    const refused = errorOf(await repairs.apply(record, plain));
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', lacking: ['NOT_SEVERE'], argument: 'record' });
    expect(refused.message).toContain('SR-32，第三十二条');
  });

  test('[JS-13] a record is repaired by its own jurisdiction: what Nantong asks for is not asked for here', async () => {
    repairs.on(DRAFT_FROM);
    const firm = await repairs.onFile('310000-penalty-amr', GENERAL);
    const other = await repairs.onFile('320600-penalty-amr', GENERAL, firm);
    expect((await repairs.apply(firm, plain)).errors).toBeUndefined();
    expect(errorOf(await repairs.apply(other, plain))).toMatchObject({
      lacking: ['CLEAN_PERIOD', 'COMMITMENT'],
    });
  });
});

test('queues show what has to be done: the provider its own, the center all that its matter concerns, by due date', async () => {
  repairs.on('2026-03-03');
  const first = await repairs.onFile('370303-penalty-em', GENERAL);
  const person = await repairs.onFile('370303-penalty-amr-p', GENERAL);
  const ids = [await repairs.applied(first, plain), await repairs.applied(person, plain)];
  const ofProvider = await repairs.queue(await repairs.provider(first));
  expect(ofProvider.data.repairApplications).toMatchObject({
    totalCount: 1,
    nodes: [{ id: ids[0], turn: 'PROVIDER', record: first.record }],
  });
  const { token } = await repairs.center('370303');
  const asCenter = (purpose: string) => repairs.queue({ token, purpose }, { stage: 'APPLIED', first: 100 });
  const all = (await asCenter('370303-supervision-quality')).data.repairApplications.nodes;
  const found = all.map(({ id }: { id: string }) => id);
  expect(found).toEqual(expect.arrayContaining(ids));
  const self = await repairs.queue({ token: await repairs.subject(first.code) });
  expect(self.data.repairApplications.nodes).toMatchObject([{ id: ids[0] }]);
  expect(errorOf(await repairs.queue({ token })).code).toBe('PURPOSE_REQUIRED');
  expect((await repairs.queue({})).data.repairApplications).toBeNull();
  const other = { token: await repairs.subject(person.code), variables: { id: ids[0] } };
  const query = 'query ($id: ID!) { repairApplication(id: $id) { id } }';
  expect((await city.ask(query, other)).data).toEqual({ repairApplication: null });
  const statement = await city.ask('{ notices { nodes { about kind zh } } }', {
    token: await repairs.subject(first.code),
  });
  expect(statement.data.notices.nodes).toMatchObject([{ about: 'REPAIR', kind: 'APPLIED' }]);
});
