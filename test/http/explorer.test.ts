import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ExampleValues, examples } from '../../gateway/explorer/examples.ts';
import { buildClientSchema, getIntrospectionQuery, parse, validate } from 'graphql';
import { City } from '../support/city.ts';
import { copyOfTemplate } from '../support/command.ts';

const values: ExampleValues = {
  organization: '91310000MA1FL0000X',
  person: { code: '11010519491231002X', name: '张三' },
  search: '示例',
  jurisdiction: '310116',
  submission: {
    layout: 'penalty-2018',
    jurisdiction: '310116',
    rows: [{ 行政处罚决定书文号: '沪金处〔2026〕1号' }],
  },
};

let city: City;
let url: string;
beforeAll(async () => {
  const tokens = { officer: 'officer.to.ken', subject: 'subject.to.ken' };
  const options = { explorer: async () => ({ purpose: '许可-1', tokens, examples: values }) };
  city = await City.open({}, copyOfTemplate(), options);
  ({ url } = city.running);
});
afterAll(() => city.close());

test('every example is valid for the schema as it is', async () => {
  const { data } = await city.ask(getIntrospectionQuery());
  const schema = buildClientSchema(data);
  for (const { title, query } of examples(values)) {
    expect([title, validate(schema, parse(query)).map(String)]).toEqual([title, []]);
  }
});

describe('the page', () => {
  const page = async (headers: Record<string, string> = {}): Promise<string> =>
    (await fetch(`${url}/`, { headers })).text();

  test('prefills purpose and tokens, each token in the tab of its bearer', async () => {
    const [common, ...tabs] = (await page()).split('initialName:');
    expect(common).not.toMatch(/Authorization|Query-Purpose/);
    expect(tabs).toHaveLength(7);
    expect(tabs.map((tab) => /Authorization: `Bearer ([^`]*)`/.exec(tab)?.[1])).toEqual([
      'officer.to.ken',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'subject.to.ken',
    ]);
    expect(tabs[0]).toContain(`'Query-Purpose': \`${encodeURIComponent('许可-1')}\``);
  });

  test('lets the browser load from this server alone, run no text as code, and be framed by nobody', async () => {
    const one = (await fetch(`${url}/`)).headers;
    const policy = one.get('content-security-policy') as string;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(one.get('cache-control')).toBe('no-store');
    const other = (await fetch(`${url}/`)).headers.get('content-security-policy');
    expect(other).not.toBe(policy);
  });

  test('names no foreign address to load from', async () => {
    expect(await page()).not.toMatch(/(src|href)="?(https?:)?\/\//);
  });

  test("speaks the reader's language", async () => {
    expect(await page({ 'accept-language': 'zh-CN,zh;q=0.9' })).toContain('`zh-CN`');
    expect(await page({ 'accept-language': 'de' })).toContain('`en-US`');
  });

  test('finds its files here', async () => {
    const files = [...(await page()).matchAll(/(?:src|href)="([^"]+\.(?:js|css|ico|svg))"/g)].map(
      (m) => m[1] as string,
    );
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const response = await fetch(`${url}/explorer/${file}`);
      await response.body?.cancel();
      expect([file, response.status]).toEqual([file, 200]);
    }
  });
});
