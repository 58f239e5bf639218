import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { credit, environment } from '../support/command.ts';
import { UNIT } from '../support/known.ts';
import { Office } from './reports.ts';

const EVIL = '<script>alert(1)</script>"&\'局';

let office: Office;
let out: string;
beforeAll(async () => {
  office = await Office.open();
  out = mkdtempSync(join(tmpdir(), 'report-'));
  await office.sql('catalogue', 'update unit set name = $2 where code = $1', [UNIT.court, EVIL]);
  await office.sql('catalogue', `update catalogue_revision set revision = revision + 1`);
  const { subgraphs } = office.city.running.house;
  for (const subgraph of Object.values(subgraphs)) await subgraph.refresh();
  await office.look({ day: '2020-05-05', unit: UNIT.court, organizations: 1_234, persons: 60 });
  await office.look({ day: '2020-06-05', unit: UNIT.market, organizations: 50, persons: 3 });
  await office.look({ day: '2020-06-05', unit: UNIT.construction, organizations: 50, persons: 7_000 });
});
afterAll(async () => {
  await office?.close();
  rmSync(out, { recursive: true, force: true });
});

const PERIOD = ['--from', '2020-01-01', '--to', '2020-12-31'];

test('[SP-stat] `credit report` writes data and a page with charts that needs nothing from elsewhere', async () => {
  const ran = await credit(['report', ...PERIOD, '--out', out, '--url', office.city.running.url, '--json'], {
    ...process.env,
    CREDIT_TOKEN: office.center,
  });
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
  const files = JSON.parse(ran.stdout.trim().split('\n').at(-1) as string);
  expect(files).toEqual({
    data: join(out, 'report.json'),
    page: join(out, 'report.html'),
    incomplete: false,
  });

  const report = JSON.parse(readFileSync(files.data, 'utf8'));
  expect(report.queries.total).toMatchObject({ organizations: 1_334, persons: 7_063 });
  const page = readFileSync(files.page, 'utf8');
  for (const heading of ['归集情况', '应用情况', '异议处理情况', '月度查询量', 'by month'])
    expect(page).toContain(heading);
  expect(page).toContain('1,234');
  expect(page.match(/<svg /g)?.length).toBeGreaterThan(5);
  expect(page).not.toMatch(/<script|<link|<img|@import|url\(|javascript:|\son\w+=/i);
  const elsewhere = [...page.matchAll(/https?:\/\/[^"'\s<]+/g)].map(([url]) => url);
  expect(elsewhere.filter((url) => !url.startsWith('http://www.w3.org/'))).toEqual([]);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;');
});

test('what is withheld is in neither', async () => {
  const page = readFileSync(join(out, 'report.html'), 'utf8');
  const market = page
    .split('<tr>')
    .find((row) => row.includes('金山区市场监督管理局') && row.includes('<td class="n">50<'));
  expect(market).toContain('不予公布');
  expect(market).not.toContain('<td class="n">3<');
});

test('a report that cannot be had is said so, and nothing is written', async () => {
  const token = await office.city.token({ role: 'subject', code: '91310116M000000019' });
  const ran = await credit(
    ['report', ...PERIOD, '--out', join(out, 'none'), '--url', office.city.running.url],
    {
      ...process.env,
      CREDIT_TOKEN: token,
    },
  );
  expect(ran.status).toBe(1);
  expect(ran.stderr).toContain('没有得到报告');
  expect(() => readFileSync(join(out, 'none', 'report.json'))).toThrow();
});

test('over the data folder, beside the gateway', async () => {
  const { settings } = office.city.running.house;
  const ran = await credit(
    ['report', ...PERIOD, '--jurisdiction', '310116', '--out', out],
    environment('', {
      CREDIT_DATA: settings.creditData as string,
      CREDIT_PG_PORT: String(settings.creditPgPort),
    }),
  );
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
  expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))).toMatchObject({
    jurisdiction: '310116',
    queries: { total: { organizations: 1_334 } },
  });
});
