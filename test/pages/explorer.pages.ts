import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Browser, type Page, chromium } from 'playwright-core';
import { type Started, copyOfTemplate, environment, start } from '../support/command.ts';
import { randomPort } from '../support/ports.ts';

// CHROMIUM: the browser. SCREENSHOTS: a folder.
const { CHROMIUM = '/usr/bin/chromium', SCREENSHOTS = tmpdir() } = process.env;

let folder: string;
let gateway: Started;
let url: string;
let browser: Browser;
beforeAll(async () => {
  folder = copyOfTemplate();
  const port = String(randomPort());
  gateway = await start('cli/start.ts', environment(folder, { PORT: port }), /credit units/);
  url = `http://127.0.0.1:${port}`;
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    // No internet: no name resolves but this machine's own.
    args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost'],
  });
});
afterAll(async () => {
  await browser?.close();
  await gateway?.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const TAB = '.window-switcher__item';

interface Answer {
  data: { subject: { name: string } };
  errors?: unknown;
}

interface Visit {
  page: Page;
  /** Requests to any other address than the gateway's. */
  foreign: string[];
  /** What the browser's console calls an error, refusals by the page's policy among them. */
  complaints: string[];
}

async function visit(locale: string): Promise<Visit> {
  const page = await (await browser.newContext({ locale, viewport: { width: 1500, height: 900 } })).newPage();
  const foreign: string[] = [];
  const complaints: string[] = [];
  const { origin } = new URL(url);
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:'))
      foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${url}/`);
  await page
    .locator(`${TAB} >> nth=0`)
    .and(page.locator(`${TAB}--active`))
    .waitFor();
  return { page, foreign, complaints };
}

test.each(['zh-CN', 'en-US'])(
  'with no internet the explorer answers the public example (%s)',
  async (locale) => {
    const { page, foreign, complaints } = await visit(locale);
    expect(await page.locator(TAB).count()).toBe(8);

    await page.locator(TAB).nth(1).click();
    const answered = Promise.withResolvers<{ authorization: string | undefined; answer: Answer }>();
    // Read on its way: the browser lets go of a body as soon as the page has it.
    await page.route('**/graphql', async (route) => {
      const request = route.request();
      const response = await route.fetch();
      if ((request.postData() ?? '').includes('PublicOrganization')) {
        answered.resolve({
          authorization: request.headers()['authorization'],
          answer: (await response.json()) as Answer,
        });
      }
      await route.fulfill({ response });
    });
    await page.locator('[track-id=set_request] >> visible=true').click();
    const { authorization, answer } = await answered.promise;
    expect(authorization).toBeUndefined();
    expect(answer.errors).toBeUndefined();
    await page.getByText(answer.data.subject.name).first().waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, `explorer-${locale}.png`) });

    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

test('the schema can be read in the page, with its words', async () => {
  const { page, foreign, complaints } = await visit('en-US');
  await page.locator('[track-id=show_docs] >> visible=true').click();
  // The editor has a tab of that name, which is there before the schema has come.
  await page.locator('.doc-viewer-item').getByText('Query', { exact: true }).first().click();
  await page.getByText('Organizations whose name contains the text').first().waitFor();
  await page.screenshot({ path: join(SCREENSHOTS, 'explorer-docs.png') });
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});
