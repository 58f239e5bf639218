import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { citizenIdOf, usccOf } from '../../policy/identifiers/code.ts';
import { City } from '../support/city.ts';

const AMR = '11310116MBY011166U';
const EMERGENCY = '11310116MBY0211614';
const SUBMIT = `mutation ($input: SubmitRecordsInput!) {
  submitRecords(input: $input) {
    receipt {
      id layout jurisdiction provider items source state received accepted duplicates rejected unknownColumns
      rejects { totalCount nodes { line column rule reason } }
      correctionFile
    }
  }
}`;
const RECEIPT = 'query ($id: ID!) { receipt(id: $id) { id received state } }';

const firm = (n: number): string => usccOf(`91310116MA3${String(n).padStart(6, '0')}`);
const enterprise = (n: number, more: Record<string, unknown> = {}) => ({
  企业名称: `上海报送${n}号有限公司`,
  统一社会信用代码: firm(n),
  注册日期: '2019-05-06',
  企业类型: '有限责任公司',
  注册资金: '49.7万人民币',
  经营范围: '贸易',
  所在省份: '上海',
  地区: '金山',
  注册地址: '学府路1号',
  ...more,
});

let city: City;
let provider: string;
let center: string;
beforeAll(async () => {
  city = await City.open();
  provider = await city.token({ role: 'provider', unit: AMR, name: '赵六' });
  center = await city.token({ role: 'center', unit: '12310116MBY17116X1', name: '钱七' });
});
afterAll(() => city.close());

const submit = (rows: unknown[], token = provider, input: Record<string, unknown> = {}) =>
  city.ask(SUBMIT, {
    token,
    variables: { input: { layout: 'enterprise', jurisdiction: '310116', rows, ...input } },
  });

describe('submitRecords', () => {
  test('[ZD-19][SH-26] gives a receipt, answers the subject from then on, and stands in the journal', async () => {
    const answer = await submit([enterprise(1)]);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.submitRecords.receipt).toMatchObject({
      layout: 'enterprise',
      jurisdiction: '310116',
      provider: AMR,
      items: ['310116-registration-amr'],
      source: 'submitRecords',
      state: 'COMPLETE',
      received: 1,
      accepted: 1,
      duplicates: 0,
      rejected: 0,
    });
    const { data } = await city.ask(
      `{ subject(code: "${firm(1)}") { name registration { registeredCapital capitalCurrency } } }`,
    );
    expect(data.subject).toEqual({
      name: '上海报送1号有限公司',
      registration: { registeredCapital: '497000.00', capitalCurrency: 'CNY' },
    });
    const journal = await city
      .database('access')
      .query('select role, unit, outcome from journal_entry where id = $1', [answer.extensions?.receipt]);
    expect(journal.rows).toEqual([{ role: 'provider', unit: AMR, outcome: 'ANSWERED' }]);
  });

  test('[ZD-19] the same row twice changes nothing; a renewed registration takes the place of the old one', async () => {
    await submit([enterprise(2)]);
    expect((await submit([enterprise(2)])).data.submitRecords.receipt).toMatchObject({
      accepted: 0,
      duplicates: 1,
    });
    const renamed = enterprise(2, { 企业名称: '上海报送新名有限公司', 注册地址: '卫零路2号' });
    expect((await submit([renamed])).data.submitRecords.receipt).toMatchObject({ accepted: 1, rejected: 0 });
    const { data } = await city.ask(
      `{ subject(code: "${firm(2)}") { name registration { address revision } } }`,
    );
    expect(data.subject).toEqual({
      name: '上海报送新名有限公司',
      registration: { address: '卫零路2号', revision: 2 },
    });
  });

  test('[ZD-19] says row by row what is wrong, and gives the rows back to correct', async () => {
    const wrong = `${firm(3).slice(0, 17)}${firm(3).endsWith('0') ? '1' : '0'}`;
    const { data } = await submit([
      enterprise(3, { 统一社会信用代码: wrong, 注册日期: '2019-02-30', 颜色: '红' }),
      enterprise(4),
    ]);
    const { receipt } = data.submitRecords;
    expect(receipt).toMatchObject({ received: 2, accepted: 1, rejected: 1, unknownColumns: ['颜色'] });
    expect(receipt.rejects).toEqual({
      totalCount: 1,
      nodes: [
        {
          line: 1,
          column: '统一社会信用代码',
          rule: 'SUBJECT_CODE_INVALID',
          reason: expect.stringContaining('2019-02-30'),
        },
      ],
    });
    expect(receipt.correctionFile.split('\r\n')[1]).toContain(wrong);
  });

  test('[SH-5] an identity number under a second name is sent back, and the first stays', async () => {
    const code = citizenIdOf('31019919900101001');
    const row = (name: string, number: string) => ({
      行政相对人名称: name,
      行政相对人类别: '自然人',
      证件类型: '身份证',
      证件号码: code,
      行政处罚决定书文号: number,
      违法行为类型: '无证经营',
      违法事实: '事实',
      处罚依据: '依据',
      处罚类别: '罚款',
      处罚内容: '罚款二百元',
      处罚决定日期: '2025/06/18',
      处罚有效期: '2099/12/31',
      处罚机关: '上海市金山区市场监督管理局',
      处罚机关统一社会信用代码: AMR,
      数据来源单位: '上海市金山区市场监督管理局',
      数据来源单位统一社会信用代码: AMR,
    });
    const input = { layout: 'penalty-2018' };
    expect((await submit([row('张三', 'A1')], provider, input)).data.submitRecords.receipt).toMatchObject({
      accepted: 1,
    });
    const { receipt } = (await submit([row('李四', 'A2'), row('张三', 'A3')], provider, input)).data
      .submitRecords;
    expect(receipt).toMatchObject({
      accepted: 1,
      rejected: 1,
      items: ['310116-penalty-amr', '310116-penalty-amr-p'],
    });
    expect(receipt.rejects.nodes).toMatchObject([{ line: 1, rule: 'SUBJECT_NAME_DIFFERS' }]);
    expect(JSON.stringify(receipt.rejects)).not.toContain(code);
    const stored = await city
      .database('registration')
      .query(`select code, sealed_code, name from subject where name in ('张三', '李四')`);
    expect(stored.rows).toMatchObject([{ code: null, name: '张三' }]);
    expect(stored.rows[0].sealed_code.toString('latin1')).not.toContain(code);
  });

  test('[SR-9] a unit submits its own items only; only providers and the center submit', async () => {
    const foreign = await submit([enterprise(5)], provider, { provider: EMERGENCY });
    expect(foreign.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const other = await city.token({ role: 'provider', unit: EMERGENCY, name: '孙八' });
    expect((await submit([enterprise(5)], other)).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'provider' } },
    ]);
    const officer = await city.officer(AMR);
    expect((await submit([enterprise(5)], officer)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    expect((await submit([enterprise(5)], '')).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(
      (await submit([enterprise(5)], center, { provider: AMR })).data.submitRecords.receipt,
    ).toMatchObject({ accepted: 1 });
  });

  test.each([
    [[1], /rows\[0\]/],
    [Array.from({ length: 5001 }, () => ({})), /5000/],
  ])('refuses rows that are none', async (rows, message) => {
    const { errors } = await submit(rows);
    expect(errors).toMatchObject([
      { message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

test('[JS-4] a receipt is read by its unit and the center; to others it does not exist', async () => {
  const { id } = (await submit([enterprise(9)])).data.submitRecords.receipt;
  const read = (token?: string) => city.ask(RECEIPT, { variables: { id }, token });
  expect((await read(provider)).data.receipt).toEqual({ id, received: 1, state: 'COMPLETE' });
  expect((await read(center)).data.receipt).toEqual({ id, received: 1, state: 'COMPLETE' });
  expect(
    (await read(await city.token({ role: 'provider', unit: EMERGENCY, name: '孙八' }))).data.receipt,
  ).toBeNull();
  expect(await read()).toEqual({ data: { receipt: null } });
});
