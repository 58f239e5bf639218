import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';

const SEARCH = `query ($name: String!, $jurisdiction: String, $first: Int, $after: String) {
  searchSubjects(name: $name, jurisdiction: $jurisdiction, first: $first, after: $after) {
    totalCount nodes { name } edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage endCursor }
  } }`;

let city: City;

beforeAll(async () => {
  city = await City.open();
});
afterAll(() => city.close());

const names = async (variables: Record<string, unknown>, options = {}): Promise<string[]> => {
  const { data } = await city.ask(SEARCH, { variables, ...options });
  return data.searchSubjects.nodes.map((n: { name: string }) => n.name);
};

test('[SH-5] brackets and letters of any width are one', async () => {
  await city.subject(firmCode(1), '朱泾（上海）ＡＢＣ科技有限公司');
  for (const name of ['朱泾(上海)', '朱泾（上海）', '〔上海〕ABC', 'abc科技', ' ａｂｃ 科技']) {
    expect(await names({ name })).toEqual(['朱泾（上海）ＡＢＣ科技有限公司']);
  }
});

test('[JS-4] natural persons are never found, by the public or by an officer', async () => {
  await city.subject(personCode(1), '廊下张三丰', 'NATURAL_PERSON');
  await city.subject(firmCode(2), '廊下张三丰食品厂');
  expect(await names({ name: '张三丰' })).toEqual(['廊下张三丰食品厂']);
  const officer = { token: await city.officer(UNIT.personnel), purpose: MATTER.recruitment };
  expect(await names({ name: '张三丰' }, officer)).toEqual(['廊下张三丰食品厂']);
  const counted = await city.ask(SEARCH, { variables: { name: '廊下张三丰', first: 0 } });
  expect(counted.data.searchSubjects.totalCount).toBe(1);
});

test('a jurisdiction narrows the search', async () => {
  await city.subject(firmCode(3), '亭林一厂', 'LEGAL_PERSON', '310116');
  await city.subject(firmCode(4), '亭林二厂', 'LEGAL_PERSON', '320600');
  expect(await names({ name: '亭林', jurisdiction: '320600' })).toEqual(['亭林二厂']);
});

test.each(['一', '', ' （ '])('[JS-4] fewer than two characters (%j) are refused', async (name) => {
  const { errors } = await city.ask(SEARCH, { variables: { name } });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'name' } }]);
});

test.each(['%%', '__', "'; drop table subject; --", '\\\\'])(
  '%j is text to search for and nothing else',
  async (name) => {
    expect(await names({ name })).toEqual([]);
  },
);

test('pages are stable while organizations are added before and after the cursor', async () => {
  const name = (n: number) => `枫泾第${String(n).padStart(3, '0')}号商行`;
  for (let n = 0; n < 30; n += 2) await city.subject(firmCode(100 + n), name(n));
  const seen: string[] = [];
  let after: string | null = null;
  for (let page = 0; ; page += 1) {
    const { data } = await city.ask(SEARCH, { variables: { name: '枫泾', first: 4, after } });
    seen.push(...data.searchSubjects.nodes.map((n: { name: string }) => n.name));
    const { hasNextPage, endCursor, hasPreviousPage } = data.searchSubjects.pageInfo;
    expect(hasPreviousPage).toBe(page > 0);
    if (!hasNextPage) break;
    after = endCursor;
    await city.subject(firmCode(101 + 2 * page), name(2 * page + 1));
  }
  const even = seen.filter((n) => Number(/\d+/.exec(n)?.[0]) % 2 === 0);
  expect(even).toEqual(Array.from({ length: 15 }, (_, i) => name(2 * i)));
  expect(new Set(seen).size).toBe(seen.length);
});

test('a cursor that was altered is refused', async () => {
  const { data } = await city.ask(SEARCH, { variables: { name: '枫泾', first: 1 } });
  const cursor = data.searchSubjects.edges[0].cursor as string;
  for (const after of [`A${cursor.slice(1)}`, cursor.slice(0, -8), 'x', `${cursor}${cursor}`]) {
    const { errors } = await city.ask(SEARCH, { variables: { name: '枫泾', after } });
    expect(errors).toMatchObject([
      { path: ['searchSubjects'], extensions: { code: 'BAD_USER_INPUT', argument: 'after' } },
    ]);
  }
});
