import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { REPORT_SECTIONS } from '../../policy/reports/layout.ts';
import { recordKeepers } from '../../subgraphs/keepers.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import {
  type Asker,
  codeOf,
  TYPED,
  entriesOf,
  fetched,
  made,
  make,
  partOf,
  pdfOf,
  sha256,
  verify,
} from './reporting.ts';

const FIRM = firmCode(1);
/** More than a page. */
const LONG = Array.from({ length: 500 }, (_, i) => `第${i}项事实；`).join('');

let city: City;
let firm: string;
let own: Asker;
let officer: Asker;

beforeAll(async () => {
  city = await City.open({ PUBLIC_URL: 'https://credit.example/' });
  firm = await city.subject(FIRM, '上海余兰贸易有限公司', 'LEGAL_PERSON', '310116');
  own = { token: await city.token({ role: 'subject', code: FIRM }) };
  officer = { token: await city.officer(UNIT.market), purpose: MATTER.supervision };
  await city.record(firm, '310116-registration-amr', {
    documentNumber: 'R-1',
    own: {
      legalRepresentative: '张三',
      registeredCapital: '5000000.00',
      establishedOn: '2015-01-01',
      address: '亭林镇一号',
    },
  });
  await city.record(firm, '310116-penalty-amr', {
    documentNumber: '金市监罚〔2025〕1号',
    title: '虚假宣传',
    visibleUntil: '2026-03-10',
    own: { facts: '在店内张贴虚假广告', fineAmount: '2000.00', remarks: '内部备注' },
  });
  await city.record(firm, '310116-penalty-amr', { documentNumber: '已过期', visibleUntil: '2026-03-01' });
  await city.record(firm, '310116-contract-hc', {
    documentNumber: 'H-1',
    own: { contractName: '道路养护', amount: '5000.00', counterparty: '乙公司' },
  });
  await city.record(firm, '310116-severe-amr', {
    documentNumber: `严${'1'.repeat(150)}`,
    own: { reason: LONG },
  });
  await city
    .database('penalties')
    .query(
      `update severe_listing set dispute = '{"since":"2026-02-20","by":"SUBJECT","stage":"PROVIDER"}' where subject_id = $1`,
      [firm],
    );
});
afterAll(() => city.close());

test('every type of record stands in one of the eight sections', () => {
  const placed = REPORT_SECTIONS.flatMap(({ recordTypes }) => recordTypes);
  expect(placed.toSorted()).toEqual([...recordKeepers.keys()].toSorted());
  expect(REPORT_SECTIONS.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('[JS-20, SR-29b] a firm’s own report has the eight sections, all tiers, sources and disputes, and nothing past its term', async () => {
  const report = await made(city, own);
  expect(report.sections.map(({ title }) => title.zh)).toEqual(REPORT_SECTIONS.map(({ title }) => title.zh));
  expect(report).toMatchObject({
    kind: 'STANDARD',
    madeOn: '2026-03-02',
    subject: { name: '上海余兰贸易有限公司', code: FIRM, kind: 'LEGAL_PERSON' },
    certificate: null,
    looks: null,
  });
  expect(entriesOf(report).map(({ documentNumber }) => documentNumber)).toEqual([
    'R-1',
    '金市监罚〔2025〕1号',
    `严${'1'.repeat(150)}`,
    'H-1',
  ]);
  const contract = partOf(report, 'ContractRecord');
  expect(contract?.entries[0]?.values).toContainEqual({
    field: 'amount',
    label: '合同金额（元）',
    value: '5000.00',
  });
  expect(contract?.entries[0]?.provider.name).toMatch(/^上海市金山区/);
  expect(partOf(report, 'SevereListing')?.entries[0]?.dispute).toMatchObject({
    since: '2026-02-20',
    stage: 'PROVIDER',
  });
  for (const { parts } of report.sections)
    for (const { items, openItems, closedFields } of parts) {
      expect(openItems).toBe(items);
      expect(closedFields).toEqual([]);
    }
});

test('[JS-20] number and digest are verified by anyone, and tell nothing of the subject', async () => {
  const { number, digest, document } = await made(city, own);
  expect(number).toMatch(/^[0-9A-HJ-NP-RTUWXY]{4}(-[0-9A-HJ-NP-RTUWXY]{4}){3}$/);
  expect(sha256(document)).toBe(digest);
  expect(JSON.parse(document)).toMatchObject({ number, madeOn: '2026-03-02' });
  const valid = { status: 'VALID', kind: 'STANDARD', madeOn: '2026-03-02' };
  expect(await verify(city, number, digest)).toEqual(valid);
  expect(await verify(city, number.toLowerCase().replaceAll('-', ' '), digest.toUpperCase())).toEqual(valid);
  const unknown = { status: 'UNKNOWN', kind: null, madeOn: null };
  expect(await verify(city, number, sha256(document.replace('虚假宣传', '合法宣传')))).toEqual(unknown);
  const other = await made(city, own);
  expect(await verify(city, other.number, digest)).toEqual(unknown);
  expect(await verify(city, other.number, other.digest)).toEqual(valid);
  // The newer one of the same kind for the same asker has taken its place.
  expect(await verify(city, number, digest)).toEqual({ ...valid, status: 'SUPERSEDED' });
  const mistyped = `${number.slice(0, -1)}${number.endsWith('0') ? '1' : '0'}`;
  const answer = await city.ask(
    'query ($n: String!, $d: String!) { verifyReport(number: $n, digest: $d) { status } }',
    {
      variables: { n: mistyped, d: digest },
    },
  );
  expect(codeOf(answer)).toBe('BAD_USER_INPUT');
  const byAddress = await fetch(
    `${city.running.url}/reports/verify?number=${other.number}&digest=${other.digest}`,
  );
  expect(await byAddress.json()).toEqual(valid);
  expect(byAddress.headers.get('cache-control')).toContain('no-store');
});

test('[JS-20] the PDF has the report in Chinese, its number and digest, and where to verify them; the JSON is what was hashed', async () => {
  const report = await made(city, own);
  const { number, digest } = report;
  const { response, text, bytes, info, pages } = await pdfOf(city, report.pdf, own);
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(response.headers.get('receipt')).toMatch(/^[\da-f-]{36}$/);
  for (const shown of [
    '公共信用信息报告',
    '上海余兰贸易有限公司',
    FIRM,
    '金市监罚〔2025〕1号',
    '在店内张贴虚假广告',
    '罚款金额（元）2000.00',
    '五、经营（活动）异常名录（状态）信息',
    '八、司法判决及其他信息',
    '信息主体有异议（自2026-02-20起）',
    number,
    digest,
    'https://credit.example/reports/verify',
  ])
    expect(text).toContain(shown);
  expect(text).not.toContain('已过期');
  // Nothing is cut off, neither at the foot of a page nor at its side.
  const parted = Array.from({ length: 500 }, (_, i) => `第${i}项事实`).filter((one) => !text.includes(one));
  expect(parted.length).toBeLessThan(pages);
  expect(text).toContain(`严${'1'.repeat(150)}`);
  expect(pages).toBeGreaterThan(1);
  expect(info?.['Subject']).toBe(`SHA-256 ${digest}`);
  // Made again it is the same file.
  expect(sha256((await pdfOf(city, report.pdf, own)).bytes)).toBe(sha256(bytes));
  const json = await fetched(city, report.json, own);
  expect(sha256(await json.text())).toBe(digest);
  if (process.env['CREDIT_REPORT_OUT'])
    (await import('node:fs')).writeFileSync(process.env['CREDIT_REPORT_OUT'], bytes);
});

test('[JS-20] the typed answer says what the document says', async () => {
  const answer = await city.ask(TYPED, { ...own, variables: { input: { kind: 'STANDARD' } } });
  expect(answer.errors).toBeUndefined();
  const { document, digest, ...typed } = answer.data.makeCreditReport.report;
  expect(JSON.parse(document)).toEqual({ ...typed, format: 'public-credit-report/1', asker: null });
  expect(sha256(document)).toBe(digest);
});

test('[SH-18, NT-19] an officer’s report holds what the matter opens, and says what it does not hold', async () => {
  const report = await made(city, officer, { code: FIRM });
  const [contract, penalty] = [partOf(report, 'ContractRecord'), partOf(report, 'AdministrativePenalty')];
  expect(contract?.entries[0]?.values).toContainEqual(
    expect.objectContaining({ field: 'counterparty', value: '乙公司' }),
  );
  expect(contract?.entries[0]?.values.map(({ field }) => field)).not.toContain('amount');
  expect(contract?.closedFields).toEqual(['合同金额（元）']);
  expect(penalty?.entries).toHaveLength(1);
  const narrower = report.sections
    .flatMap(({ parts }) => parts)
    .filter((part) => part.openItems < part.items);
  expect(narrower.map(({ recordType }) => recordType)).toContain('Arrears');
  const { text } = await pdfOf(city, report.pdf, officer);
  expect(text).toContain('不含在本报告内');
  expect(text).toContain('以下内容未对查询人开放：合同金额（元）');
  expect(text).not.toContain('5000.00');
  const tender = { token: await city.officer(UNIT.construction), purpose: MATTER.tender };
  const narrow = await made(city, tender, { code: FIRM });
  expect(partOf(narrow, 'AbnormalListing')).toMatchObject({ openItems: 0, entries: [] });
});

test('[SH-19] a report is a look: its entry names subject and items before it leaves, and so does reading it again', async () => {
  const answer = await make(city, officer, { code: FIRM });
  const { number, pdf } = answer.data.makeCreditReport.report;
  const entry = async (id: unknown) =>
    (
      await city.ask(
        'query ($id: ID!) { journalEntry(id: $id) { operation subjects items { item count } matter outcome } }',
        {
          ...officer,
          variables: { id },
        },
      )
    ).data.journalEntry;
  const expected = {
    subjects: [firm],
    items: expect.arrayContaining([{ item: '310116-penalty-amr', count: 1 }]),
    matter: MATTER.supervision,
    outcome: 'ANSWERED',
  };
  expect(await entry(answer.extensions?.receipt)).toEqual({
    operation: `Make report ${number}`,
    ...expected,
  });
  const { response } = await pdfOf(city, pdf, officer);
  expect(await entry(response.headers.get('receipt'))).toEqual({
    operation: `readReport report ${number}`,
    ...expected,
  });
});

test('if an agency is down there is no report', async () => {
  const before = await city.database('access').query('select count(*)::int as n from credit_report');
  await city.reachable('judicial', false);
  const answer = await make(city, own, {});
  await city.reachable('judicial', true);
  expect(codeOf(answer)).toBe('SUBGRAPH_UNAVAILABLE');
  expect(answer.data?.makeCreditReport ?? null).toBeNull();
  expect((await city.database('access').query('select count(*)::int as n from credit_report')).rows).toEqual(
    before.rows,
  );
});
