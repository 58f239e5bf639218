import { describe, expect, test } from '@jest/globals';
import { registrationNumberOf } from '../../policy/identifiers/code.ts';
import { Center, UNIT, firm, importInto, one, penalty, person } from './harness.ts';

async function accepted(layout: string, row: Readonly<Record<string, string>>) {
  const center = new Center();
  const summary = await importInto(center, layout, one(row));
  expect(summary.rejects).toEqual([]);
  const [record] = center.records;
  const [subject] = center.subjects.values();
  if (!record || !subject) throw new Error('nothing was delivered');
  return { record, subject };
}

describe('each layout is taken as it is', () => {
  test('[SH-2][SR-9] a person’s row goes under the item about persons, and comes back where there is none', async () => {
    const row = penalty({
      行政相对人类别: '自然人',
      '行政相对人代码_1（统一社会信用代码）': '',
      证件类型: '身份证',
      证件号码: person(1),
    });
    const { record, subject } = await accepted('penalty-2018', row);
    expect(subject.kind).toBe('NATURAL_PERSON');
    expect(record.itemId).toBe(8);
    const center = new Center();
    const summary = await importInto(center, 'penalty-2018', one(row), {
      items: { organizations: null, persons: null },
    });
    expect(summary.rejects).toMatchObject([{ line: 2, column: null, rule: 'ITEM_NOT_LISTED' }]);
  });

  test('[PD-13] penalty-2018: 万元 become 元, 2099/12/31 is long-term, the term is five years', async () => {
    const { record, subject } = await accepted('penalty-2018', penalty());
    expect(subject).toMatchObject({
      code: firm(1),
      codeKind: 'USCC',
      kind: 'LEGAL_PERSON',
      name: '上海示例贸易有限公司',
    });
    expect(record).toMatchObject({
      subjectId: `id:${firm(1)}`,
      itemId: 7,
      jurisdiction: '310116',
      provider: UNIT,
      documentNumber: '沪金市监罚〔2024〕第18号',
      title: '虚假宣传',
      formedOn: '2024-03-05',
      determinedOn: '2024-03-05',
      endedOn: '2024-03-05',
      grade: 'GENERAL',
      visibleUntil: '2029-03-05',
      selfDeclared: false,
      source: UNIT,
      own: { fineAmount: '2000.00', confiscatedAmount: null, validUntil: null, legalRepresentative: '张三' },
    });
  });

  test('[PD-13] penalty-2015: amounts are read from the words of 处罚结果', async () => {
    const { record } = await accepted('penalty-2015', {
      行政相对人名称: '上海示例贸易有限公司',
      CF_XDR_SHXYM: firm(1),
      行政处罚决定书文号: '沪金工商字【2018】第1583号',
      处罚类别1: '罚款',
      处罚类别2: '没收非法所得',
      处罚事由: '擅自发布广告',
      处罚结果: '1.没收广告费用142393.15元        2.罚款427179.45元',
      处罚决定日期: '2018-08-17',
      处罚机关: '金山区工商局',
    });
    expect(record).toMatchObject({
      title: '擅自发布广告',
      determinedOn: '2018-08-17',
      visibleUntil: '2023-08-17',
    });
    expect(record.own).toMatchObject({
      fineAmount: '427179.45',
      confiscatedAmount: '142393.15',
      penaltyType: '罚款；没收非法所得',
    });
  });

  test('[PD-13] permit-2018', async () => {
    const { record } = await accepted('permit-2018', {
      XK_XDR_MC: '上海示例食品有限公司',
      XK_XDR_LB: '法人及非法人组织',
      XK_XDR_SHXYM: firm(2),
      XK_XKWS: '准予行政许可决定书',
      XK_WSH: '沪金市监许〔2024〕1号',
      XK_XKLB: '普通',
      XK_XKZS: '食品经营许可证',
      XK_XKBH: 'JY13101160000001',
      XK_NR: '食品销售',
      XK_JDRQ: '2024/1/5',
      XK_YXQZ: '2024/1/5',
      XK_YXQZI: '2029/1/4',
      XK_XKJG: '金山区市场监督管理局',
      XK_ZT: '1',
    });
    expect(record).toMatchObject({ title: '准予行政许可决定书', documentNumber: '沪金市监许〔2024〕1号' });
    expect(record.own).toMatchObject({
      certificateNumber: 'JY13101160000001',
      validFrom: '2024-01-05',
      validUntil: '2029-01-04',
    });
  });

  test('[PD-13] permit-2015', async () => {
    const { record } = await accepted('permit-2015', {
      XK_XDR: '上海示例食品有限公司',
      XK_XDR_SHXYM: firm(2),
      XK_WSH: '沪金许2016-1',
      XK_XMMC: '食品经营许可',
      XK_NR: '食品销售',
      XK_JDRQ: '2016-02-01',
      XK_JZQ: '2099/12/31',
      XK_XZJG: '金山区食药监局',
    });
    expect(record).toMatchObject({
      title: '食品经营许可',
      own: { validUntil: null, authority: '金山区食药监局' },
    });
  });

  test('[JS-11] enterprise: capital in its currency, the registrar’s word on name and place', async () => {
    const { record, subject } = await accepted('enterprise', {
      企业名称: '上海示例贸易有限公司',
      代码原值: firm(3).toLowerCase(),
      注册日期: '2002-07-25',
      企业类型: 'N/A',
      注册资金: '2,200(万元人民币)',
      经营范围: '服装鞋帽',
      所在省份: '上海',
      地区: '金山',
      注册地址: '金山区朱泾镇',
    });
    expect(subject).toMatchObject({ code: firm(3), jurisdiction: '310116', authoritative: true });
    expect(record).toMatchObject({ formedOn: '2002-07-25', determinedOn: null, visibleUntil: null });
    expect(record.own).toMatchObject({
      registeredCapital: '22000000.00',
      capitalCurrency: 'CNY',
      enterpriseType: null,
      address: '金山区朱泾镇',
    });
  });

  test('[JS-11] enterprise: no capital is none; a branch is an unincorporated organization', async () => {
    const { record, subject } = await accepted('enterprise', {
      企业名称: '上海示例贸易有限公司金山分公司',
      统一社会信用代码: firm(4),
      注册日期: '2002-07-25',
      企业类型: '有限责任公司分公司',
      注册资金: 'N/A',
    });
    expect(record.own).toMatchObject({ registeredCapital: null, capitalCurrency: null });
    expect(subject.kind).toBe('UNINCORPORATED_ORGANIZATION');
  });

  test('[JS-11] commitment', async () => {
    const { record } = await accepted('commitment', {
      企业名称: '上海示例贸易有限公司',
      统一社会信用代码: firm(5),
      承诺类型: '审批替代型',
      承诺事由: '申请食品经营许可',
      做出承诺日期: '2024-05-06',
      承诺受理单位: '金山区市场监督管理局',
      承诺履约状态: '全部履行',
    });
    expect(record).toMatchObject({
      title: '审批替代型',
      formedOn: '2024-05-06',
      own: { fulfilment: '全部履行' },
    });
  });

  test('[JS-11] evaluation', async () => {
    const { record } = await accepted('evaluation', {
      主体名称: '上海示例贸易有限公司',
      统一社会信用代码: firm(5),
      评定内容: '企业环境信用评价',
      等级: '绿色',
      评定时间: '2024-05-06',
      评定单位: '金山区生态环境局',
    });
    expect(record.own).toEqual({
      subjectMatter: '企业环境信用评价',
      rating: '绿色',
      evaluator: '金山区生态环境局',
    });
  });

  test.each(['abnormal', 'severe'])('[JS-11] %s: lasts until it is removed', async (layout) => {
    const listed = {
      统一社会信用代码: firm(6),
      企业名称: '上海示例贸易有限公司',
      注册号: registrationNumberOf('31011600000001'),
      列入日期: '2020-07-08',
      列入原因: '未公示年度报告',
      '作出决定机关(列入)': '金山区市场监督管理局',
      移出日期: '',
      移出原因: '',
      '作出决定机关(移出)': '',
    };
    const { record } = await accepted(layout, listed);
    expect(record).toMatchObject({
      title: '未公示年度报告',
      determinedOn: '2020-07-08',
      endedOn: null,
      visibleUntil: null,
    });
    const removed = await accepted(layout, { ...listed, 移出日期: '2021-02-03', 移出原因: '已补报' });
    expect(removed.record).toMatchObject({ endedOn: '2021-02-03', visibleUntil: '2026-02-03' });
  });

  test('[JS-11] enforcement: open-ended, of persons and organizations alike', async () => {
    const row = {
      被执行人名称: '张三',
      '统一社会信用代码/组织机构代码': person(),
      执行法院: '上海市金山区人民法院',
      省份: '上海',
      立案时间: '2023年01月05日',
      案号: '(2023)沪0116执1号',
      失信被执行人行为具体情形: '违反财产报告制度',
      发布时间: '2023年03月05日',
    };
    const { record, subject } = await accepted('enforcement', row);
    expect(subject).toMatchObject({ kind: 'NATURAL_PERSON', jurisdiction: null, code: person() });
    expect(record).toMatchObject({
      documentNumber: '(2023)沪0116执1号',
      formedOn: '2023-01-05',
      determinedOn: '2023-03-05',
      endedOn: null,
      visibleUntil: null,
    });
    expect(record.own).toMatchObject({ caseNumber: '(2023)沪0116执1号', publishedOn: '2023-03-05' });
  });

  test('[NT-17] taxpayer-a: the taxpayer number stands in for the unified code', async () => {
    const { record, subject } = await accepted('taxpayer-a', {
      纳税人名称: '上海示例贸易有限公司',
      统一社会信用代码: '',
      纳税人识别号: firm(7),
      评价年度: '2023',
    });
    expect(subject.code).toBe(firm(7));
    expect(record).toMatchObject({ title: '2023 年度A级纳税人', own: { listName: 'A级纳税人', year: 2023 } });
  });

  test('[JS-11] honor', async () => {
    const { record } = await accepted('honor', {
      主体名称: '上海示例贸易有限公司',
      统一社会信用代码: firm(8),
      荣誉名称: '上海市文明单位',
      级别: '省级',
      授予单位: '上海市人民政府',
      授予日期: '2022-04-01',
      文号: '沪府〔2022〕1号',
    });
    expect(record).toMatchObject({
      title: '上海市文明单位',
      documentNumber: '沪府〔2022〕1号',
      own: { level: '省级' },
    });
  });
});

describe('[SH-5] the subject is found by code', () => {
  const CODE = '行政相对人代码_1（统一社会信用代码）';
  const number = registrationNumberOf('31011600000001');

  test.each(['', '00000000000000000X', '无'])(
    'an organization without a unified code (%j): by registration number',
    async (none) => {
      const { subject } = await accepted(
        'penalty-2018',
        penalty({ [CODE]: none, '行政相对人代码_2（工商注册号）': number }),
      );
      expect(subject).toMatchObject({ code: number, codeKind: 'REGISTRATION_NUMBER' });
    },
  );

  test('or by organization code, where the registration number is no good', async () => {
    const { subject } = await accepted(
      'penalty-2018',
      penalty({
        [CODE]: '',
        '行政相对人代码_2（工商注册号）': '123',
        '行政相对人代码_3（组织机构代码）': '13830295-X',
      }),
    );
    expect(subject).toMatchObject({ code: '13830295X', codeKind: 'ORGANIZATION_CODE' });
  });

  test('a natural person by 证件号码', async () => {
    const { subject } = await accepted(
      'penalty-2018',
      penalty({
        行政相对人名称: '张三',
        行政相对人类别: '自然人',
        [CODE]: '',
        证件类型: '身份证',
        证件号码: person(),
      }),
    );
    expect(subject).toMatchObject({
      code: person(),
      kind: 'NATURAL_PERSON',
      name: '张三',
      jurisdiction: null,
    });
  });

  test('an individual business is no legal person', async () => {
    const { subject } = await accepted('penalty-2018', penalty({ 行政相对人类别: '个体工商户' }));
    expect(subject.kind).toBe('UNINCORPORATED_ORGANIZATION');
  });
});

test('[NT-15] the degree is the row’s where it has one, else the item’s', async () => {
  expect((await accepted('penalty-2018', penalty({ 失信程度: '严重' }))).record.grade).toBe('SEVERE');
  expect((await accepted('penalty-2018', penalty({ 失信程度: '' }))).record.grade).toBe('GENERAL');
});
