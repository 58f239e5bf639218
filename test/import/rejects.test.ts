import { describe, expect, test } from '@jest/globals';
import { REJECT_RULES } from '../../records/import/rules.ts';
import { registrationNumberOf } from '../../policy/identifiers/code.ts';
import { Center, firm, importInto, one, penalty, person, table } from './harness.ts';

const CODE = '行政相对人代码_1（统一社会信用代码）';
const human = (more: Record<string, string> = {}) =>
  penalty({ 行政相对人名称: '张三', 行政相对人类别: '自然人', [CODE]: '', 证件号码: person(), ...more });

async function rejectOf(layout: string, row: Readonly<Record<string, string>>) {
  const center = new Center();
  const summary = await importInto(center, layout, one(row));
  expect(summary).toMatchObject({ received: 1, accepted: 0, rejected: 1 });
  expect(center.records).toEqual([]);
  return summary.rejects[0];
}

describe('[ZD-19] a row is sent back with line, column, rule and reason', () => {
  test.each<[keyof typeof REJECT_RULES, string, string, Record<string, string>]>([
    ['REQUIRED_MISSING', '处罚内容', '必填项为空', penalty({ 处罚内容: ' ' })],
    ['REQUIRED_MISSING', '行政相对人类别', '必填项为空', penalty({ 行政相对人类别: '' })],
    ['TEXT_TOO_LONG', '行政处罚决定书文号', '至多 128 字', penalty({ 行政处罚决定书文号: '长'.repeat(129) })],
    ['TEXT_TOO_LONG', '行政相对人名称', '至多 200 字', penalty({ 行政相对人名称: '长'.repeat(201) })],
    ['DATE_INVALID', '处罚决定日期', '2024/02/30', penalty({ 处罚决定日期: '2024/02/30' })],
    ['DATE_INVALID', '处罚决定日期', '2099/12/31', penalty({ 处罚决定日期: '2099/12/31' })],
    ['DATE_INVALID', '处罚有效期', '明年', penalty({ 处罚有效期: '明年' })],
    ['DATE_IN_FUTURE', '处罚决定日期', '2026-03-02', penalty({ 处罚决定日期: '2026/03/02' })],
    ['DATE_BEFORE_BIRTH', '处罚决定日期', '1979-12-31', human({ 处罚决定日期: '1979-12-31' })],
    ['AMOUNT_INVALID', '罚款金额（万元）', '两千', penalty({ '罚款金额（万元）': '两千' })],
    ['AMOUNT_INVALID', '罚款金额（万元）', '-1', penalty({ '罚款金额（万元）': '-1' })],
    ['VALUE_NOT_LISTED', '行政相对人类别', '宗教', penalty({ 行政相对人类别: '宗教' })],
    ['VALUE_NOT_LISTED', '失信程度', '恶劣', penalty({ 失信程度: '恶劣' })],
    ['SUBJECT_NAME_MISSING', '行政相对人名称', '主体名称为空', penalty({ 行政相对人名称: '' })],
    ['SUBJECT_CODE_MISSING', CODE, '仅凭名称不予归集', penalty({ [CODE]: '00000000000000000X' })],
    ['SUBJECT_CODE_MISSING', '证件号码', '仅凭名称不予归集', human({ 证件号码: '' })],
    ['SUBJECT_CODE_INVALID', CODE, '91310116MA0000001X', penalty({ [CODE]: '91310116MA0000001X' })],
    [
      'SUBJECT_CODE_INVALID',
      '行政相对人代码_2（工商注册号）',
      '123',
      penalty({ [CODE]: '', '行政相对人代码_2（工商注册号）': '123' }),
    ],
    ['SUBJECT_CODE_INVALID', '证件号码', '310116**********11', human({ 证件号码: '310116198001010011' })],
    ['SUBJECT_CLASS_DIFFERS', CODE, '310116**********', penalty({ [CODE]: person() })],
    ['SUBJECT_CLASS_DIFFERS', '证件号码', '913101', human({ 证件号码: firm(1) })],
  ])('[SH-5] %s in %s', async (rule, column, word, row) => {
    const reject = await rejectOf('penalty-2018', row);
    expect(reject).toMatchObject({ line: 2, column, rule });
    expect(reject?.reason).toContain(word);
    expect(reject?.reason).toMatch(/.+ \/ .+/);
  });

  test('DATE_ORDER: a listing removed before it was made, a permit that ends before it begins', async () => {
    const listing = {
      企业名称: '甲',
      统一社会信用代码: firm(1),
      列入日期: '2020-02-02',
      列入原因: '失联',
      '作出决定机关（列入）': '局',
    };
    expect(await rejectOf('abnormal', { ...listing, 移出日期: '2020-02-01' })).toMatchObject({
      column: '移出日期',
      rule: 'DATE_ORDER',
    });
    const permit = {
      XK_XDR_MC: '甲',
      XK_XDR_LB: '法人',
      XK_XDR_SHXYM: firm(1),
      XK_XKWS: 'a',
      XK_WSH: 'b',
      XK_XKLB: '普通',
    };
    const dates = {
      XK_NR: 'c',
      XK_JDRQ: '2020-01-01',
      XK_XKJG: '局',
      XK_YXQZ: '2020-01-01',
      XK_YXQZI: '2019-01-01',
    };
    expect(await rejectOf('permit-2018', { ...permit, ...dates })).toMatchObject({
      column: '有效期至',
      rule: 'DATE_ORDER',
    });
  });

  test('AMOUNT_INVALID: capital that cannot be read', async () => {
    const row = { 企业名称: '甲', 统一社会信用代码: firm(1), 注册日期: '2001-01-01', 注册资金: '若干' };
    expect(await rejectOf('enterprise', row)).toMatchObject({ column: '注册资金', rule: 'AMOUNT_INVALID' });
  });

  test('VALUE_NOT_LISTED and DATE_IN_FUTURE: a year that is none, or has not begun', async () => {
    const row = { 纳税人名称: '甲', 统一社会信用代码: firm(1) };
    expect(await rejectOf('taxpayer-a', { ...row, 评价年度: '去年' })).toMatchObject({
      rule: 'VALUE_NOT_LISTED',
    });
    expect(await rejectOf('taxpayer-a', { ...row, 评价年度: '2027' })).toMatchObject({
      column: '评价年度',
      rule: 'DATE_IN_FUTURE',
    });
  });

  test('CELL_COUNT: a cell too many or too few; blank ones at the end do no harm', async () => {
    const names = Object.keys(penalty());
    const cells = Object.values(penalty());
    const rows = table(names, [...cells, 'x'], cells.slice(1), [...cells, '', ' ']);
    const { rejects, accepted } = await importInto(new Center(), 'penalty-2018', rows);
    expect(rejects.map((r) => [r.line, r.column, r.rule])).toEqual([
      [2, null, 'CELL_COUNT'],
      [3, null, 'CELL_COUNT'],
    ]);
    expect(accepted).toBe(1);
  });

  test.each(['BROKEN_QUOTE', 'CHARACTERS_LOST', 'CELL_ERROR'] as const)(
    '%s, as the reader found it',
    async (kind) => {
      async function* rows() {
        yield { line: 1, cells: Object.keys(penalty()) };
        yield { line: 2, cells: Object.values(penalty()), fault: { kind, cell: 0 } };
      }
      const { rejects } = await importInto(new Center(), 'penalty-2018', rows());
      expect(rejects[0]).toMatchObject({
        line: 2,
        rule: kind,
        column: kind === 'BROKEN_QUOTE' ? null : '行政相对人名称',
      });
    },
  );

  test('RECORD_DIFFERS: the same document with other content', async () => {
    const center = new Center();
    await importInto(center, 'penalty-2018', one(penalty()));
    const summary = await importInto(center, 'penalty-2018', one(penalty({ 处罚内容: '罚款人民币3000元' })));
    expect(summary).toMatchObject({ accepted: 0, duplicates: 0, rejected: 1 });
    expect(summary.rejects[0]).toMatchObject({ line: 2, rule: 'RECORD_DIFFERS' });
    expect(summary.rejects[0]?.reason).toContain('correctRecord');
  });

  test('SUBJECT_NAME_DIFFERS: what registration refuses, for every row of that subject', async () => {
    const center = new Center();
    center.refuse = ({ code }) =>
      code === person()
        ? { rule: 'SUBJECT_NAME_DIFFERS', reason: { zh: '姓名不符', en: 'another name' } }
        : null;
    const names = Object.keys(penalty());
    const rows = table(
      names,
      Object.values(human()),
      Object.values(penalty()),
      Object.values(human({ 行政处罚决定书文号: '2' })),
    );
    const summary = await importInto(center, 'penalty-2018', rows);
    expect(summary).toMatchObject({ received: 3, accepted: 1, rejected: 2 });
    expect(summary.rejects).toEqual(
      [2, 4].map((line) => ({
        line,
        column: '行政相对人名称',
        rule: 'SUBJECT_NAME_DIFFERS',
        reason: '姓名不符 / another name',
      })),
    );
  });
});

test('all that is wrong with a row is said at once', async () => {
  const reject = await rejectOf(
    'penalty-2018',
    penalty({ 处罚内容: '', 处罚决定日期: '2024-13-01', [CODE]: '' }),
  );
  expect(reject).toMatchObject({ column: CODE, rule: 'SUBJECT_CODE_MISSING' });
  expect(reject?.reason).toMatch(/处罚内容.*2024-13-01/);
});

describe('[JS-4] reasons never show a whole identity number', () => {
  test.each([
    ['a wrong one', human({ 证件号码: '310116198001010011' })],
    ['one cut short', human({ 证件号码: '31011619800101001' })],
    ['one with blanks and full-width digits', human({ 证件号码: '３１０１１６ 19800101 001O' })],
    ['one in the column of an organization', penalty({ [CODE]: '310116198001010011' })],
    ['one in the column of an organization, mistyped', penalty({ [CODE]: '31011619800101001O' })],
    ['a valid one in the column of an organization', penalty({ [CODE]: person() })],
    ['one that slipped into a date', penalty({ 处罚决定日期: person() })],
    ['one that slipped into an amount', penalty({ '罚款金额（万元）': `${person()} ` })],
    ['one in a text that is too long', penalty({ 备注: `${person()}${'长'.repeat(600)}` })],
  ])('%s', async (_, row) => {
    const reject = await rejectOf('penalty-2018', row);
    expect(reject?.reason.normalize('NFKC').replaceAll(' ', '')).not.toContain('19800101');
  });

  test('an old number of 15 digits is not taken for an organization', async () => {
    const old = registrationNumberOf('31011680010112');
    const row = {
      被执行人名称: '张三',
      统一社会信用代码: old,
      执行法院: '法院',
      立案时间: '2020-01-01',
      案号: '1',
      发布时间: '2020-01-02',
    };
    const reject = await rejectOf('enforcement', row);
    expect(reject).toMatchObject({ rule: 'SUBJECT_CODE_INVALID' });
    expect(reject?.reason).not.toContain('800101');
  });
});

test('every rule is told in Chinese and English', () => {
  for (const { zh, en } of Object.values(REJECT_RULES)) {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/[a-z]/);
  }
});
