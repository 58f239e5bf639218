import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { remoteDelivery } from '../../gateway/distributed/remote.ts';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import { GrantSigner, GrantVerifier } from '../../records/grantToken.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { Desk, penalty, penaltyItem, providerOf } from './onFile.ts';

const ITEM = penaltyItem('310116');

let city: City;
let desk: Desk;
let next = 0;

beforeAll(async () => {
  city = await City.open();
  desk = new Desk(city);
});
afterAll(() => city.close());

/** A penalty on file, of a firm of its own. */
async function onFile(more: Record<string, string> = {}) {
  next += 1;
  const subject = { code: firmCode(next), name: `上海更正${next}号有限公司` };
  const row = penalty(subject, `沪金市监罚〔2025〕第${next}号`, '2025-06-18', more);
  await desk.submit(ITEM, 'penalty-2018', [row]);
  const [record] = await desk.penalties(subject.code);
  return { ...subject, row, record, id: record.id as string };
}

const versions = async (id: string) =>
  (
    await city
      .database('penalties')
      .query(
        'select revision, content, reason, by_unit from record_version where id = $1 order by revision',
        [id],
      )
  ).rows;

describe('[ZD-33] a correction', () => {
  test('supersedes the record under its id, keeps the earlier version, and no answer shows that', async () => {
    const { code, id, record } = await onFile();
    const answer = await desk.correct({
      record: id,
      code,
      values: { 违法事实: '张贴广告', fineAmount: '1800' },
    });
    expect(answer).toMatchObject({ data: { correctRecord: { record: id, revision: 2, changed: true } } });
    const [now] = await desk.penalties(code);
    expect(now).toEqual({ ...record, facts: '张贴广告', fineAmount: '1800.00', revision: 2 });
    expect(await versions(id)).toEqual([
      {
        revision: 1,
        content: expect.objectContaining({ facts: '在店内张贴虚假广告', fine_amount: 2000 }),
        reason: '录入有误',
        by_unit: UNIT.market,
      },
    ]);
    const { data } = await city.ask(
      `{ subject(code: "${code}") { penalties { totalCount nodes { facts } } } }`,
    );
    expect(data.subject.penalties).toEqual({ totalCount: 1, nodes: [{ facts: '张贴广告' }] });
  });

  test('of the end of the conduct sets the term anew, by the rules of the record’s own jurisdiction [SH-27]', async () => {
    const { code, id, record } = await onFile();
    expect(record.visibleUntil).toBe('2030-06-18');
    const { data } = await desk.correct({ record: id, code, values: { 终止日期: '2025-03-01' } });
    expect(data.correctRecord.visibleUntil).toBe('2030-03-01');
    expect(await desk.penalties(code)).toMatchObject([{ endedOn: '2025-03-01', visibleUntil: '2030-03-01' }]);
    const opened = await desk.correct({ record: id, code, values: { endedOn: '' } });
    expect(opened.data.correctRecord).toMatchObject({ visibleUntil: null, revision: 3 });
  });

  test('of the degree sets the term anew where terms go by it [NT-30]', async () => {
    const item = penaltyItem('320600');
    const subject = { code: firmCode(900), name: '南通更正有限公司' };
    await desk.submit(item, 'penalty-2018', [penalty(subject, '通市监罚〔2025〕1号', '2025-06-18')]);
    const [{ id, visibleUntil }] = await desk.penalties(subject.code);
    expect(visibleUntil).toBe('2026-06-18');
    const unit = providerOf('320600-declaration-cr');
    const center = await city.token({ role: 'center', unit, name: '钱七' });
    const input = { record: id, code: subject.code, values: { 失信程度: '严重' } };
    const { data } = await desk.correct(input, center, '320600-supervision-quality');
    expect(data.correctRecord.visibleUntil).toBe('2028-06-18');
  });

  test('empties a field that it names blank, and leaves what it does not name', async () => {
    const { code, id } = await onFile({ 备注: '复议中' });
    await desk.correct({ record: id, code, values: { remarks: null, 处罚类别: '警告' } });
    const { rows } = await city
      .database('penalties')
      .query('select remarks, penalty_type, content from administrative_penalty where id = $1', [id]);
    expect(rows).toEqual([{ remarks: null, penalty_type: '警告', content: '罚款二千元' }]);
  });

  test('that is made twice, or says what stands already, changes nothing', async () => {
    const { code, id } = await onFile();
    const values = { 处罚内容: '罚款一千元', 罚款金额: '1000' };
    await desk.correct({ record: id, code, values });
    for (const again of [values, { 罚款金额: '1000.0' }]) {
      const { data } = await desk.correct({ record: id, code, values: again });
      expect(data.correctRecord).toMatchObject({ revision: 2, changed: false });
    }
    expect(await versions(id)).toHaveLength(1);
  });

  test('that is sent many times at once is made once', async () => {
    const { code, id } = await onFile();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => desk.correct({ record: id, code, values: { 违法事实: '同一更正' } })),
    );
    expect(answers.filter(({ data }) => data.correctRecord.changed)).toHaveLength(1);
    expect(await desk.penalties(code)).toMatchObject([{ revision: 2 }]);
  });

  test('makes no other fact of a record', async () => {
    const { code, id, record } = await onFile();
    for (const values of [{ 文号: '另一文号' }, { determinedOn: '2025-06-19' }]) {
      const { errors } = await desk.correct({ record: id, code, values });
      expect(errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
    }
    expect(await desk.penalties(code)).toEqual([record]);
    // The same number with other brackets is the same fact.
    const number = record.documentNumber.replace('〔', '[').replace('〕', ']');
    expect((await desk.correct({ record: id, code, values: { 文号: number } })).errors).toBeUndefined();
  });

  test('holds against the rows that it corrected', async () => {
    const { code, id, row } = await onFile();
    await desk.correct({ record: id, code, values: { 违法事实: '更正后的事实', 罚款金额: '1800' } });
    expect(await desk.submit(ITEM, 'penalty-2018', [row])).toMatchObject({
      rejected: 1,
      rejects: { nodes: [{ rule: 'RECORD_DIFFERS' }] },
    });
    await desk.correct({ record: id, code, values: { 违法行为类型: '商业诋毁' } });
    const corrected = {
      ...row,
      违法行为类型: '商业诋毁',
      违法事实: '更正后的事实',
      '罚款金额（万元）': '0.18',
    };
    expect(await desk.submit(ITEM, 'penalty-2018', [corrected])).toMatchObject({
      duplicates: 1,
      rejected: 0,
    });
  });

  test('stands in the journal with its subject and item [SH-26]', async () => {
    const { code, id } = await onFile();
    const { extensions } = await desk.correct({ record: id, code, values: { 违法事实: '记录在案' } });
    const { rows } = await city
      .database('access')
      .query('select role, unit, subjects::text[], items, counts, outcome from journal_entry where id = $1', [
        extensions?.receipt,
      ]);
    expect(rows).toEqual([
      {
        role: 'provider',
        unit: UNIT.market,
        subjects: [await city.subject(code, '')],
        items: [ITEM],
        counts: [1],
        outcome: 'ANSWERED',
      },
    ]);
  });

  test('brings no text that may hold what must not be collected [SH-14]', async () => {
    const subject = { code: personCode(77), name: '郑十' };
    await desk.submit(ITEM, 'penalty-2018', [
      {
        ...penalty(subject, '沪金市监罚〔2025〕第77号', '2025-06-18'),
        行政相对人类别: '自然人',
        '行政相对人代码_1（统一社会信用代码）': '',
        证件类型: '身份证',
        证件号码: subject.code,
      },
    ]);
    const [{ id }] = await desk.penalties(subject.code);
    const values = { 违法事实: '当事人的血型为O型' };
    const { errors } = await desk.correct({ record: id, code: subject.code, values });
    expect(errors).toMatchObject([
      { message: expect.stringContaining('SH-14'), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

describe('[ZD-33] who corrects what', () => {
  test('of an unknown id, another subject’s and another unit’s record nobody learns which it is', async () => {
    const mine = await onFile();
    const other = await onFile();
    const values = { 标题: '他人' };
    const refused = [
      await desk.correct({
        record: mine.id.replace(/^./, (c) => (c === '0' ? '1' : '0')),
        code: mine.code,
        values,
      }),
      await desk.correct({ record: 'x', code: mine.code, values }),
      await desk.correct({ record: other.id, code: mine.code, values }),
      await desk.correct({ record: mine.id, code: firmCode(999), values }),
      await desk.correct({ record: mine.id, code: mine.code, recordType: 'Inspection', values }),
      await desk.correct(
        { record: mine.id, code: mine.code, values },
        await desk.provider(UNIT.construction),
      ),
    ];
    for (const { errors } of refused) {
      expect(errors?.map(({ message, extensions }) => [message, extensions.code])).toEqual([
        [refused[0]?.errors?.[0]?.message, 'BAD_USER_INPUT'],
      ]);
    }
    expect(await desk.penalties(mine.code)).toEqual([mine.record]);
  });

  test('the center corrects any unit’s, for a purpose [SH-26]; other roles nothing', async () => {
    const { code, id } = await onFile();
    const input = { record: id, code, values: { 违法事实: '中心更正' } };
    const center = await desk.center();
    const codeOf = ({ errors }: { errors?: { extensions: { code: string } }[] }) =>
      errors?.[0]?.extensions.code;
    expect(codeOf(await desk.correct(input, center))).toBe('PURPOSE_REQUIRED');
    expect(codeOf(await desk.correct(input, ''))).toBe('UNAUTHENTICATED');
    for (const role of ['agency', 'authority', 'service'] as const) {
      const token = await city.token({ role, unit: UNIT.market, name: '孙八' });
      expect(codeOf(await desk.correct(input, token, MATTER.supervision))).toBe('FORBIDDEN');
      expect(codeOf(await desk.revoke({ record: id, code }, token, MATTER.supervision))).toBe('FORBIDDEN');
    }
    const self = await city.token({ role: 'subject', code });
    expect(codeOf(await desk.correct(input, self))).toBe('FORBIDDEN');
    expect((await desk.correct(input, center, MATTER.quality)).data.correctRecord.changed).toBe(true);
  });

  test.each([
    ['too long', { 违法事实: '字'.repeat(4001) }, '违法事实'],
    ['no amount', { 罚款金额: '两千' }, '罚款金额'],
    ['no day', { 终止日期: '2025-02-30' }, '终止日期'],
    ['no column', { 颜色: '红' }, '颜色'],
    ['of the subject', { 主体名称: '另一公司' }, '主体名称'],
    ['empty', {}, 'values'],
    ['a list', [], 'values'],
    ['a text', '文', 'values'],
  ])('values that cannot be taken are named: %s', async (_, values, named) => {
    const { code, id, record } = await onFile();
    const { errors } = await desk.correct({ record: id, code, values });
    expect(errors).toMatchObject([
      { message: expect.stringContaining(named), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(await desk.penalties(code)).toEqual([record]);
  });

  test('a reason is needed', async () => {
    const { code, id } = await onFile();
    for (const reason of [' ', '因'.repeat(1001)]) {
      const { errors } = await desk.correct({ record: id, code, reason, values: { 违法事实: '无理由' } });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'reason' } }]);
    }
  });
});

test('[ZD-33] a renewal keeps the earlier version as well', async () => {
  const code = firmCode(950);
  const row = {
    企业名称: '上海更新有限公司',
    统一社会信用代码: code,
    注册日期: '2019-05-06',
    注册地址: '学府路1号',
  };
  await desk.submit('310116-registration-amr', 'enterprise', [row]);
  await desk.submit('310116-registration-amr', 'enterprise', [{ ...row, 注册地址: '卫零路2号' }]);
  const { data } = await city.ask(`{ subject(code: "${code}") { registration { id address revision } } }`);
  expect(data.subject.registration).toMatchObject({ address: '卫零路2号', revision: 2 });
  const { rows } = await city
    .database('registration')
    .query(
      `select revision, record_type, content->>'address' as address, reason, by_unit from record_version where id = $1`,
      [data.subject.registration.id],
    );
  expect(rows).toEqual([
    { revision: 1, record_type: 'Registration', address: '学府路1号', reason: null, by_unit: UNIT.market },
  ]);
});

test('[ZD-33] an agency apart takes corrections and revocations from collection alone', async () => {
  const { code, id } = await onFile();
  const subjectId = await city.subject(code, '');
  const { subgraphs, secrets } = city.running.house;
  const service = await subgraphService({
    subgraph: subgraphs.penalties,
    grants: new GrantVerifier(secrets.grantPublicKeys),
    deliveries: new GrantVerifier(secrets.grantPublicKeys),
    standings: null,
    onUnexpected: () => {},
  });
  try {
    const url = await service.listen(0, '127.0.0.1');
    for (const path of ['/amendments', '/archive']) {
      const { status } = await fetch(`${url}${path}`, { method: 'POST' });
      expect(status).toBe(401);
    }
    const door = remoteDelivery({ url, signer: new GrantSigner(secrets.grantPrivateKey), timeout: 5_000 });
    const amendment = {
      recordType: 'AdministrativePenalty',
      subjectId,
      id,
      provider: UNIT.market,
      by: UNIT.market,
      reason: '录入有误',
      bornOn: null,
    };
    expect(await door.amend({ ...amendment, correction: { own: { facts: '经网络更正' } } })).toMatchObject({
      outcome: 'AMENDED',
      revision: 2,
    });
    expect(await desk.penalties(code)).toMatchObject([{ facts: '经网络更正' }]);
    expect(await door.amend({ ...amendment, correction: null })).toMatchObject({ outcome: 'AMENDED' });
    expect(await desk.penalties(code)).toEqual([]);
    const asked = { subjectId, recordType: null, jurisdictions: ['310116'], first: 10, after: null };
    expect(await door.archived(asked)).toEqual({ rows: [], total: 0 });
  } finally {
    service.http.closeAllConnections();
    await service.close();
  }
});
