import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AskOptions } from '../support/city.ts';
import { UNIT } from '../support/known.ts';
import { OFFICE, Office, refused } from './office.ts';

const FINANCE = OFFICE.nantongFinance.unit;
const NANTONG = OFFICE.nantong.unit;
const CASES = `query ($month: String!, $unit: String, $first: Int, $after: String) {
  measureCases(month: $month, unit: $unit, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { event on task { id state measure { code } subject { name } } }
  }
}`;
const COUNTS = `query ($from: Date, $to: Date, $jurisdiction: String) {
  measureCounts(from: $from, to: $to, jurisdiction: $jurisdiction) {
    initiating { unit { code } measures tasks executed declined notApplicable ended overdue }
    implementing { unit { code } measures tasks executed declined notApplicable ended overdue }
  }
}`;

let office: Office;
let nantong: AskOptions;
let finance: AskOptions;
let center: AskOptions;
beforeAll(async () => {
  office = await Office.open({ CREDIT_TODAY: '2026-03-31' });
  [nantong, finance, center] = await Promise.all([
    office.as('nantong'),
    office.as('nantongFinance'),
    office.as('center'),
  ]);
  // Determined on the last day of March; answered, declined and withdrawn in April.
  const file = await office.penalty('320600', '2026-01-12', '严重');
  const raise = (measure: string) =>
    office.raise(file, { measure, unit: FINANCE, dueOn: '2026-04-10' }, nantong);
  const executed = await raise('NT-26-3');
  const declined = await raise('NT-26-4');
  await raise('NT-26-5');
  office.moveTo('2026-04-01');
  await office.report(executed, 'EXECUTED', finance);
  await office.report(declined, 'DECLINED', finance, { note: '无此业务' });
  const other = await office.penalty('320600', '2026-01-13');
  await office.raise(other, { measure: 'NT-26-3', unit: FINANCE }, nantong);
  office.moveTo('2026-04-30');
  await office.tell(other, 'REVOKED', { revoked: true });
  office.moveTo('2026-05-01');
});
afterAll(() => office.close());

// oxlint-disable-next-line typescript/no-explicit-any -- a page has the shape that its query asks for
async function casesOf(as: AskOptions, variables: Record<string, unknown>): Promise<any> {
  const { data, errors } = await office.city.ask(CASES, { ...as, variables });
  expect(errors).toBeUndefined();
  return data.measureCases;
}
const told = (nodes: { event: string; on: string; task: { measure: { code: string } } }[]) =>
  nodes.map(({ event, on, task }) => `${on} ${event} ${task.measure.code}`);

describe('[NT-28] the cases of a month', () => {
  test.each<[string, string[]]>([
    ['2026-02', []],
    [
      '2026-03',
      ['2026-03-31 DETERMINED NT-26-3', '2026-03-31 DETERMINED NT-26-4', '2026-03-31 DETERMINED NT-26-5'],
    ],
    [
      '2026-04',
      [
        '2026-04-01 REPORTED NT-26-3',
        '2026-04-01 REPORTED NT-26-4',
        '2026-04-01 DETERMINED NT-26-3',
        '2026-04-30 WITHDRAWN NT-26-3',
      ],
    ],
    ['2026-05', []],
  ])('%s: determinations, feedback and withdrawals', async (month, expected) => {
    const { totalCount, nodes } = await casesOf(finance, { month });
    expect(told(nodes)).toEqual(expected);
    expect(totalCount).toBe(expected.length);
    expect(told((await casesOf(center, { month, unit: NANTONG })).nodes)).toEqual(expected);
  });

  test('come in pages', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await casesOf(nantong, { month: '2026-04', first: 1, after });
      seen.push(...told(page.nodes));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(4);
  });

  test('are a unit’s own; the center and the authority read anyone’s', async () => {
    const ask = (as: AskOptions, variables: object) =>
      office.city.ask(CASES, { ...as, variables: variables as Record<string, unknown> });
    expect(refused(await ask(finance, { month: '2026-04', unit: NANTONG }))).toMatch(/^FORBIDDEN/);
    const { unit, purpose } = OFFICE.center;
    const authority = { token: await office.city.token({ role: 'authority', unit, name: '吴九' }), purpose };
    expect((await casesOf(authority, { month: '2026-04', unit: FINANCE })).totalCount).toBe(4);
    expect(refused(await ask({ token: finance.token }, { month: '2026-04' }))).toMatch(/^PURPOSE_REQUIRED/);
    for (const month of ['2026-13', '2026-4', 'April'])
      expect(refused(await ask(finance, { month }))).toMatch(/^BAD_USER_INPUT month/);
  });
});

describe('[SP-measures] counts by initiating and by implementing unit', () => {
  const counts = async (as: AskOptions, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await office.city.ask(COUNTS, { ...as, variables });
    expect(errors).toBeUndefined();
    return data.measureCounts;
  };
  const all = { measures: 3, tasks: 4, executed: 1, declined: 1, notApplicable: 0, ended: 1, overdue: 1 };

  test('a unit sees its own, and needs no purpose: figures tell of no subject', async () => {
    const token = finance.token;
    expect(await counts({ token })).toEqual({
      initiating: [],
      implementing: [{ unit: { code: FINANCE }, ...all }],
    });
    const by = await counts({ token: nantong.token });
    expect(by).toEqual({ initiating: [{ unit: { code: NANTONG }, ...all }], implementing: [] });
  });

  test('the center and the authority see all', async () => {
    const token = await office.city.token({ role: 'authority', unit: UNIT.center, name: '吴九' });
    for (const as of [{ token: center.token }, { token }])
      expect(await counts(as)).toEqual({
        initiating: [{ unit: { code: NANTONG }, ...all }],
        implementing: [{ unit: { code: FINANCE }, ...all }],
      });
  });

  test.each([
    [{ from: '2026-04-01' }, 1],
    [{ to: '2026-03-31' }, 3],
    [{ from: '2026-03-31', to: '2026-03-31', jurisdiction: '320600' }, 3],
  ])('of %j: %s', async (period, tasks) => {
    expect((await counts(center, period)).implementing).toMatchObject([{ tasks }]);
    expect(await counts(center, { ...period, jurisdiction: '310000' })).toEqual({
      initiating: [],
      implementing: [],
    });
  });

  test('of days that do not exist are bad input, and nobody else sees any', async () => {
    expect(refused(await office.city.ask(COUNTS, { ...center, variables: { from: '2026-02-30' } }))).toMatch(
      /from/,
    );
    expect((await office.city.ask(COUNTS)).data).toEqual({ measureCounts: null });
    const { unit } = OFFICE.center;
    const service = {
      token: await office.city.token({ role: 'service', unit, name: '周九' }),
      purpose: OFFICE.center.purpose,
    };
    expect(refused(await office.city.ask(COUNTS, service))).toMatch(/^FORBIDDEN/);
  });
});
