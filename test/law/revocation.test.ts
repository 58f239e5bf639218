import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localTransport } from '../../gateway/federation/transport.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { Desk, callers, moveTo, penalty, penaltyItem } from './onFile.ts';

const ITEM = penaltyItem('310116');
const LIST = `{ totalCount nodes { id documentNumber } edges { node { id } } }`;

let city: City;
let desk: Desk;
let next = 0;

beforeAll(async () => {
  city = await City.open();
  desk = new Desk(city);
});
afterAll(() => city.close());

/** A penalty on file, of a firm of its own. */
async function onFile() {
  next += 1;
  const subject = { code: firmCode(next), name: `上海撤销${next}号有限公司` };
  const row = penalty(subject, `沪金市监罚〔2025〕第${next}号`, '2025-06-18');
  await desk.submit(ITEM, 'penalty-2018', [row]);
  const [record] = await desk.penalties(subject.code);
  return { ...subject, row, id: record.id as string };
}

const stored = async (id: string) => {
  const pool = city.database('penalties');
  const table = await pool.query('select to_jsonb(r) as row from administrative_penalty r where id = $1', [
    id,
  ]);
  const versions = await pool.query(
    'select revision, content, reason, by_unit from record_version where id = $1 order by revision',
    [id],
  );
  return { row: table.rows[0]?.row, versions: versions.rows };
};

test('[SR-32b] a revoked record is gone from every answer of every caller at once', async () => {
  const { code, name, id } = await onFile();
  const { data } = await desk.revoke({ record: id, code });
  expect(data.revokeRecord).toMatchObject({ record: id, changed: true });
  for (const [who, options] of Object.entries(await callers(city, code))) {
    const queries =
      who === 'subject'
        ? [`{ me { penalties ${LIST} } }`]
        : [
            `{ subject(code: "${code}") { penalties ${LIST} } }`,
            `{ subjects(codes: ["${code}"]) { penalties ${LIST} } }`,
            `{ searchSubjects(name: "${name}") { nodes { penalties ${LIST} } } }`,
          ];
    for (const query of queries) {
      const answer = await city.ask(query, options);
      expect([who, answer.errors]).toEqual([who, undefined]);
      const text = JSON.stringify(answer.data);
      expect(text).toContain('"totalCount":0');
      expect(text).not.toContain(id);
    }
  }
  const subject = await city.subject(code, name);
  const penalties = localTransport(city.running.house.subgraphs.penalties);
  const grant = {
    scope: { kind: 'SELF' as const, subject },
    today: '2026-03-02',
    caller: { role: 'subject' as const, unit: null, subject: null },
  };
  const entities = await penalties.ask(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { penalties ${LIST} } } }`,
    { r: [{ __typename: 'Subject', id: subject }] },
    undefined,
    grant,
  );
  expect(entities.data).toEqual({ _entities: [{ penalties: { totalCount: 0, nodes: [], edges: [] } }] });
  const disclosed = await penalties.ask(
    'query ($s: [ID!]!) { _disclosed(subjects: $s) }',
    { s: [subject] },
    undefined,
    grant,
  );
  expect(disclosed.data).toEqual({ _disclosed: [false] });
});

test('[SR-32b] all that it said is deleted from the database; a tombstone and the journal remain', async () => {
  const { code, id } = await onFile();
  await desk.correct({ record: id, code, values: { 违法事实: '更正后的事实' } });
  const { data, extensions } = await desk.revoke({ record: id, code, reason: '法院判决撤销处罚' });
  const { row, versions } = await stored(id);
  expect(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))).toEqual({
    subject_id: await city.subject(code, ''),
    id,
    item_id: city.running.house.follower.current()?.itemsByCode.get(ITEM)?.id,
    jurisdiction: '310116',
    provider: UNIT.market,
    effective_on: expect.any(String),
    revoked_at: expect.any(String),
    late: false,
    self_declared: false,
    sources: [],
    revision: 3,
    digest: '00000000-0000-0000-0000-000000000000',
    collected_at: expect.any(String),
  });
  expect(versions).toEqual([
    { revision: 1, content: null, reason: '录入有误', by_unit: UNIT.market },
    { revision: 2, content: null, reason: '法院判决撤销处罚', by_unit: UNIT.market },
  ]);
  expect(new Date(data.revokeRecord.revokedAt).getTime()).toBe(new Date(row.revoked_at).getTime());
  const journal = await city
    .database('access')
    .query('select subjects::text[], items, outcome from journal_entry where id = $1', [extensions?.receipt]);
  expect(journal.rows).toEqual([
    { subjects: [await city.subject(code, '')], items: [ITEM], outcome: 'ANSWERED' },
  ]);
});

test('[SR-32b] the same fact submitted again is sent back, with the rule', async () => {
  const { code, id, row } = await onFile();
  await desk.revoke({ record: id, code });
  for (const again of [row, { ...row, 违法事实: '换一种说法' }]) {
    const receipt = await desk.submit(ITEM, 'penalty-2018', [again]);
    expect(receipt).toMatchObject({ accepted: 0, duplicates: 0, rejected: 1 });
    expect(receipt.rejects.nodes).toEqual([
      { column: null, rule: 'REVOKED', reason: expect.stringContaining('SR-32b') },
    ]);
  }
  expect(await desk.penalties(code)).toEqual([]);
});

test('[SR-32b] what is renewed by its unit is not renewed once it was revoked', async () => {
  const item = '310116-abnormal-amr';
  const code = firmCode(800);
  const row = {
    企业名称: '上海列入有限公司',
    统一社会信用代码: code,
    列入日期: '2025-03-04',
    列入原因: '通过登记的住所无法联系',
    '作出决定机关（列入）': '市场监督管理局',
    失信程度: '一般',
  };
  await desk.submit(item, 'abnormal', [row]);
  const token = await city.token({ role: 'subject', code });
  const ask = async () =>
    (await city.ask('{ me { abnormalListings { nodes { id } } } }', { token })).data.me.abnormalListings
      .nodes;
  const [{ id }] = await ask();
  await desk.revoke({ record: id, code, recordType: 'AbnormalListing' });
  const receipt = await desk.submit(item, 'abnormal', [{ ...row, 移出日期: '2025-09-01' }]);
  expect(receipt).toMatchObject({ accepted: 0, rejected: 1, rejects: { nodes: [{ rule: 'REVOKED' }] } });
  expect(await ask()).toEqual([]);
});

test('[SR-32b] a second revocation changes nothing, and nothing can be corrected any more', async () => {
  const { code, id } = await onFile();
  const first = await desk.revoke({ record: id, code });
  const second = await desk.revoke({ record: id, code, reason: '再次撤销' });
  expect(second.data.revokeRecord).toEqual({ ...first.data.revokeRecord, changed: false });
  expect((await stored(id)).versions).toHaveLength(1);
  const { errors } = await desk.correct({ record: id, code, values: { 违法事实: '撤销后' } });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'record' } }]);
});

test('[SR-32b] another unit revokes nothing, and learns nothing; the center needs a purpose [SH-26]', async () => {
  const { code, id } = await onFile();
  const foreign = await desk.revoke({ record: id, code }, await desk.provider(UNIT.construction));
  const unknown = await desk.revoke({ record: id, code: firmCode(999) });
  expect(foreign.errors?.map(({ message }) => message)).toEqual(
    unknown.errors?.map(({ message }) => message),
  );
  const center = await desk.center();
  expect((await desk.revoke({ record: id, code }, center)).errors).toMatchObject([
    { extensions: { code: 'PURPOSE_REQUIRED' } },
  ]);
  expect(await desk.penalties(code)).toHaveLength(1);
  expect((await desk.revoke({ record: id, code }, center, MATTER.quality)).data.revokeRecord.changed).toBe(
    true,
  );
  expect(await desk.penalties(code)).toEqual([]);
});

test('[SR-32b] a record can be revoked in the archive too, and comes back from there never', async () => {
  const { code, id, row } = await onFile();
  moveTo(city, '2030-06-19');
  expect(await city.running.house.subgraphs.penalties.tidy?.()).toMatchObject({ AdministrativePenalty: 1 });
  expect((await desk.revoke({ record: id, code })).data.revokeRecord.changed).toBe(true);
  expect((await stored(id)).row).toMatchObject({ facts: null, revoked_at: expect.any(String) });
  const { rows } = await city
    .database('penalties')
    .query('select from administrative_penalty_archive where id = $1', [id]);
  expect(rows).toEqual([]);
  expect((await desk.submit(ITEM, 'penalty-2018', [row])).rejects.nodes).toMatchObject([{ rule: 'REVOKED' }]);
});
