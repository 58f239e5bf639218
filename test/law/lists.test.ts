import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { usccOf } from '../../policy/identifiers/code.ts';
import { City } from '../support/city.ts';
import { UNIT, personCode } from '../support/known.ts';

const TODAY = '2026-03-02';
/** The draft Regulation comes into force a week later. */
const DRAFT_FROM = '2026-03-09';

const PUBLISH = `mutation ($input: PublishListInput!) {
  publishList(input: $input) { list { code version validFrom validTo item { code } unit { name } } }
}`;
const LISTS = `query ($jurisdiction: String, $kind: CreditListKind, $asOf: Date, $first: Int, $after: String) {
  creditLists(jurisdiction: $jurisdiction, kind: $kind, asOf: $asOf, first: $first, after: $after) {
    totalCount
    pageInfo { endCursor hasNextPage }
    nodes { code name kind version criteria remedy exit validFrom validTo item { code recordType } }
  }
}`;
const SUBMIT = `mutation ($input: SubmitRecordsInput!) {
  submitRecords(input: $input) {
    receipt { accepted duplicates rejected rejects { nodes { column rule reason } } }
  }
}`;

const LIST = {
  code: 'shanghai-severe',
  name: '严重违法失信名单',
  kind: 'SEVERE',
  jurisdiction: '310000',
  unit: '11310000MBY010008K',
  item: '310000-severe-amr',
  criteria: '因严重违法行为受到较重行政处罚',
  remedy: '可自收到决定之日起六十日内申请行政复议',
  exit: '列入满三年且未再发生严重违法行为',
};

const firm = (n: number): string => usccOf(`91310115MA5${String(n).padStart(6, '0')}`);

let city: City;
let center: string;
beforeAll(async () => {
  city = await City.open({ JURISDICTIONS_IN_FORCE: `310000-draft=${DRAFT_FROM}` });
  center = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
});
afterAll(() => city.close());

const publish = (input: Record<string, unknown>, token: string | undefined = center) =>
  city.ask(PUBLISH, { token, variables: { input: { ...LIST, ...input } } });

/** As anyone reads them. */
const lists = async (variables: Record<string, unknown>) => {
  const { data, errors } = await city.ask(LISTS, { variables });
  expect(errors).toBeUndefined();
  return data.creditLists;
};

describe('a list', () => {
  test('[SH-24] is published with its criteria, remedy and exit, and anyone can read them', async () => {
    const { data, errors } = await publish({});
    expect(errors).toBeUndefined();
    expect(data.publishList.list).toMatchObject({
      version: 1,
      validFrom: TODAY,
      validTo: null,
      item: { code: '310000-severe-amr' },
    });
    const { criteria, remedy, exit } = LIST;
    expect((await lists({ jurisdiction: '310000', kind: 'SEVERE' })).nodes).toEqual([
      expect.objectContaining({ code: LIST.code, kind: 'SEVERE', criteria, remedy, exit }),
    ]);
    expect((await lists({ jurisdiction: '310000', kind: 'RED' })).nodes).toEqual([]);
  });

  test('[SH-24][SR-20] has versions by day; a past one can be read as it was', async () => {
    const input = { code: 'dated', exit: '列入满三年' };
    await publish(input);
    await publish({ ...input, exit: '列入满五年', validFrom: '2026-03-05' });
    const exitOn = async (asOf: string) =>
      (await lists({ jurisdiction: '310000', asOf })).nodes
        .filter(({ code }: { code: string }) => code === 'dated')
        .map(({ version, exit }: { version: number; exit: string }) => [version, exit]);
    expect(await exitOn('2026-03-01')).toEqual([]);
    expect(await exitOn('2026-03-02')).toEqual([[1, '列入满三年']]);
    expect(await exitOn('2026-03-04')).toEqual([[1, '列入满三年']]);
    expect(await exitOn('2026-03-05')).toEqual([[2, '列入满五年']]);
    const past = await publish({ ...input, exit: '列入满一年', validFrom: '2026-03-01' });
    expect(past.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'validFrom' });
  });

  test('[SH-24] published again with the same content stays as it is', async () => {
    await publish({ code: 'same' });
    expect((await publish({ code: 'same' })).data.publishList.list.version).toBe(1);
  });

  test.each([
    ['310000', '310000-severe-amr', 'SH-24，第二十四条第二款'],
    ['310115', '310115-severe-amr', 'SH-24，第二十四条第二款'],
    ['310112', '310112-severe-amr', 'SH-24，第二十四条第二款'],
    ['310116', '310116-severe-amr', 'SH-24，第二十四条第二款'],
    ['320600', '320600-severe-amr', '认定标准'],
    ['370303', '370303-severe-amr', '认定标准'],
  ])('[SH-24] without criteria it is refused in %s', async (jurisdiction, item, said) => {
    for (const criteria of [null, '', ' \n']) {
      const { errors } = await publish({ code: 'without', jurisdiction, item, criteria });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'criteria' });
      expect(errors?.[0]?.message).toContain(said);
    }
    const { errors } = await publish({
      code: `criteria-${jurisdiction}`,
      jurisdiction,
      item,
      remedy: null,
      exit: null,
    });
    expect(errors).toBeUndefined();
  });

  test.each([
    ['2026-03-08', null],
    ['2026-03-09', 'remedy'],
    ['2026-03-10', 'remedy'],
  ])(
    '[SR-20] from the first day of the draft Regulation all three are asked for: on %s',
    async (validFrom, argument) => {
      for (const [jurisdiction, item] of [
        ['310000', '310000-severe-amr'],
        ['310115', '310115-severe-amr'],
      ]) {
        const { errors } = await publish({
          code: `draft-${jurisdiction}-${validFrom}`,
          jurisdiction,
          item,
          remedy: null,
          exit: '',
          validFrom,
        });
        expect(errors?.[0]?.extensions['argument'] ?? null).toBe(argument);
        if (argument) expect(errors?.[0]?.message).toContain('救济途径、退出条件（SR-20，第二十条第二款）');
      }
      const complete = await publish({ code: `complete-${validFrom}`, validFrom });
      expect(complete.errors).toBeUndefined();
    },
  );

  test.each(['agency', 'provider', 'authority', 'service', 'subject'] as const)(
    '[SH-24] is not for a caller of role %s to publish',
    async (role) => {
      const self = role === 'subject' ? { code: firm(1) } : { unit: UNIT.market };
      const token = await city.token({ role, name: '王五', ...self });
      const { errors } = await publish({ code: 'role' }, token);
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    },
  );

  test.each([
    ['item', { item: '310000-penalty-amr' }],
    ['item', { item: '310115-severe-amr' }],
    ['item', { item: 'none' }],
    ['item', { kind: 'RED' }],
    ['unit', { unit: '11310116MBY999999X' }],
    ['jurisdiction', { jurisdiction: '310000-draft' }],
    ['criteria', { criteria: '标\u0007准' }],
    ['code', { code: 'has blanks' }],
  ])('[SH-24] with a wrong %s is refused by name', async (argument, input) => {
    const { errors } = await publish({ code: 'wrong', ...input });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    expect(errors?.[0]?.message).toMatch(/\p{Script=Han}.* \/ .*[a-z]/u);
  });

  test('[SH-24] keeps its kind, jurisdiction and item', async () => {
    await publish({ code: 'fixed' });
    const { errors } = await publish({ code: 'fixed', kind: 'RED', item: '310000-red-tax' });
    expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
  });

  test('[SH-24] stands on a page of a list of lists', async () => {
    const all = await lists({ jurisdiction: '310000' });
    const first = await lists({ jurisdiction: '310000', first: 2 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await lists({ jurisdiction: '310000', first: 2, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes]).toEqual(all.nodes.slice(0, 4));
    expect(first.totalCount).toBe(all.nodes.length);
  });
});

const submit = async (layout: string, jurisdiction: string, rows: unknown[], item: string | null = null) => {
  const secrecyReview =
    jurisdiction === '370303' ? { secrecyReview: { reviewedBy: '孙八', reviewedOn: TODAY } } : {};
  const { data, errors } = await city.ask(SUBMIT, {
    token: center,
    variables: { input: { layout, jurisdiction, rows, item, ...secrecyReview } },
  });
  expect(errors).toBeUndefined();
  return data.submitRecords.receipt;
};

const severe = (n: number, more: Record<string, unknown> = {}) => ({
  企业名称: `上海名单${n}号有限公司`,
  统一社会信用代码: firm(n),
  列入日期: '2025-06-10',
  列入原因: '提交虚假材料取得登记',
  '作出决定机关（列入）': '上海市市场监督管理局',
  失信程度: '严重',
  ...more,
});
const red = (n: number, more: Record<string, unknown> = {}) => ({
  纳税人名称: `上海名单${n}号有限公司`,
  纳税人识别号: firm(n),
  评价年度: '2024',
  ...more,
});

describe('an entry without a ground', () => {
  test.each(['310000', '310115', '310112', '310116', '320600', '370303'])(
    '[SH-24] is no entry of a list of the severely dishonest: %s',
    async (jurisdiction) => {
      for (const 列入原因 of ['', '—']) {
        const receipt = await submit('severe', jurisdiction, [severe(1, { 列入原因 })]);
        expect(receipt).toMatchObject({
          accepted: 0,
          rejected: 1,
          rejects: { nodes: [{ column: '列入原因', rule: 'NO_GROUND' }] },
        });
        if (jurisdiction.startsWith('31')) expect(receipt.rejects.nodes[0].reason).toContain('SH-24');
      }
    },
  );

  test.each(['310000', '310116', '320600', '370303'])(
    '[SH-24][NT-17] is no entry of a red list: %s',
    async (jurisdiction) => {
      const row = {
        主体名称: '周全',
        主体类别: '自然人',
        身份证号: personCode(7),
        名单名称: '守信红名单',
        评价年度: '2024',
        形成日期: '2025-05-01',
      };
      const item = `${jurisdiction}-red-un-p`;
      expect(await submit('red-listing', jurisdiction, [row], item)).toMatchObject({
        accepted: 0,
        rejects: { nodes: [{ column: '认定依据', rule: 'NO_GROUND' }] },
      });
      const grounded = { ...row, 认定依据: '获五一劳动奖章' };
      expect(await submit('red-listing', jurisdiction, [grounded], item)).toMatchObject({ accepted: 1 });
    },
  );

  test('[SH-24] an entry with its ground is taken, also from before the list was published', async () => {
    const item = '310000-severe-amr';
    await publish({ code: 'published-today', item });
    const before = severe(3, { 列入日期: '2026-03-01' });
    expect(await submit('severe', '310000', [before, severe(4, { 列入日期: TODAY })])).toMatchObject({
      accepted: 2,
      rejected: 0,
    });
  });

  test('[SH-24] the year’s evaluation is the ground of a taxpayer of grade A', async () => {
    await submit('taxpayer-a', '310000', [red(2)]);
    const { data } = await city.ask(`{ subject(code: "${firm(2)}") { redListings { nodes { basis } } } }`);
    expect(data.subject.redListings.nodes).toEqual([{ basis: expect.stringContaining('2024') }]);
  });
});

/** What anyone sees of a firm's entries: jurisdictions of the red ones. */
const redOf = async (n: number): Promise<string[]> => {
  const { data } = await city.ask(
    `{ subject(code: "${firm(n)}") { redListings { totalCount nodes { jurisdiction } } } }`,
  );
  const { totalCount, nodes } = data.subject.redListings;
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ jurisdiction }: { jurisdiction: string }) => jurisdiction).sort();
};

const REFUSED = {
  accepted: 0,
  rejected: 1,
  rejects: { nodes: [{ rule: 'BLACKLISTED', reason: expect.stringContaining('PD-10，第10项') }] },
};

describe('in Pudong', () => {
  test.each([
    ['its own', '310115', 11],
    ['the city’s', '310000', 12],
  ])('[PD-10] who is on %s black list is not taken onto a red one', async (_, jurisdiction, n) => {
    expect(await submit('severe', jurisdiction, [severe(n)])).toMatchObject({ accepted: 1 });
    expect(await submit('taxpayer-a', '310115', [red(n)])).toMatchObject(REFUSED);
    expect(await redOf(n)).toEqual([]);
  });

  test('[PD-10] one row is refused, the others of the batch are taken', async () => {
    await submit('severe', '310115', [severe(13)]);
    const receipt = await submit('taxpayer-a', '310115', [red(14), red(13), red(15)]);
    expect(receipt).toMatchObject({ accepted: 2, rejected: 1 });
    expect([await redOf(13), await redOf(14), await redOf(15)]).toEqual([[], ['310115'], ['310115']]);
  });

  test('[PD-10] another district’s black list does not count, and another’s red list is not bound', async () => {
    await submit('severe', '310112', [severe(16)]);
    expect(await submit('taxpayer-a', '310115', [red(16)])).toMatchObject({ accepted: 1 });
    await submit('severe', '310000', [severe(17)]);
    for (const jurisdiction of ['310000', '310112', '310116'])
      expect(await submit('taxpayer-a', jurisdiction, [red(17)])).toMatchObject({ accepted: 1 });
    expect(await redOf(17)).toEqual(['310000', '310112', '310116']);
  });

  test.each([
    ['2026-03-01', 18],
    ['2026-03-02', 19],
  ])('[PD-10] whoever was taken off the black list by %s may be on a red one', async (移出日期, n) => {
    await submit('severe', '310115', [severe(n)]);
    expect(await submit('taxpayer-a', '310115', [red(n)])).toMatchObject(REFUSED);
    await submit('severe', '310115', [severe(n, { 移出日期, 移出原因: '信用修复' })]);
    expect(await submit('taxpayer-a', '310115', [red(n)])).toMatchObject({ accepted: 1 });
    expect(await redOf(n)).toEqual(['310115']);
  });

  test.each([
    ['its own', '310115', 21],
    ['the city’s', '310000', 22],
  ])('[PD-10] who comes onto %s black list leaves the red one at once', async (_, jurisdiction, n) => {
    await submit('taxpayer-a', '310115', [red(n), red(n, { 评价年度: '2023' })]);
    await submit('taxpayer-a', '310112', [red(n)]);
    expect(await redOf(n)).toEqual(['310112', '310115', '310115']);
    await submit('severe', jurisdiction, [severe(n), severe(23)]);
    expect(await redOf(n)).toEqual(['310112']);
  });

  test('[PD-10] a black listing that is over when it arrives takes nobody off', async () => {
    await submit('taxpayer-a', '310115', [red(24)]);
    await submit('severe', '310115', [severe(24, { 移出日期: '2026-02-27' })]);
    expect(await redOf(24)).toEqual(['310115']);
  });

  test('[PD-10] what a crash left between the two is put right by sending either batch again', async () => {
    const asBefore = () => city.database('honors').query('update red_listing set archived_at = null');
    await submit('taxpayer-a', '310115', [red(25)]);
    await submit('severe', '310115', [severe(25)]);
    await asBefore();
    expect(await redOf(25)).toEqual(['310115']);
    expect(await submit('severe', '310115', [severe(25)])).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await redOf(25)).toEqual([]);
    await asBefore();
    expect(await submit('taxpayer-a', '310115', [red(25)])).toMatchObject(REFUSED);
    expect(await redOf(25)).toEqual([]);
  });
});
