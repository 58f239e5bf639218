import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UNIT } from '../support/known.ts';
import { Submitter } from './submitter.ts';

const PROVIDER = `query ($code: String!, $from: Date, $to: Date, $after: String) {
  provider(code: $code, from: $from, to: $to) {
    unit { code name }
    batches(first: 2, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id state received rejected late correctionFile }
    }
    received accepted duplicates rejected quarantined late openRejects linkRate
    rejectsByRule { rule count }
    timeliness { source onTime late }
    reminders { item { code name updateCycle } rule source lastOn dueOn provisional daysLeft }
    light { colour reasons { colour zh en source } }
  }
}`;
const PROVIDERS = `query ($first: Int, $after: String) {
  providers(first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { unit { code } linkRate light { colour } }
  }
}`;

// A Monday; the working days after it are the 3rd, 4th and 5th.
const TODAY = '2026-03-02';

let city: Submitter;
beforeAll(async () => {
  city = await Submitter.open(TODAY);
});
afterAll(() => city.close());

const ask = async (
  code: string,
  variables: Record<string, unknown> = {},
  token: string | undefined = city.center,
) => city.city.ask(PROVIDER, { token, variables: { code, ...variables } });

async function providerOf(code: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await ask(code, variables);
  expect(errors).toBeUndefined();
  return data.provider;
}

/** As if the last submission under an item had come on that day. */
const lastOn = (item: string, day: string) =>
  city.city
    .database('collection')
    .query('update submitted_item set last_on = $2 where item = $1', [item, day]);

/** As if all batches of a unit had come so many days before. */
const earlier = (unit: string, days: number) =>
  city.city
    .database('collection')
    .query(
      'update batch set received_on = received_on - $2::int, due_on = due_on - $2::int where provider = $1',
      [unit, days],
    );

const wrongCode = () => ({ 主体代码: '91310116M00000000X' });

describe('[JS-21][SP-link] what a unit submitted', () => {
  test('is summed up, with its rejects by rule and its link rate', async () => {
    const unit = await city.unit();
    const item = await city.publish('370303', 'Inspection', unit);
    expect(await providerOf(unit)).toMatchObject({ received: 0, linkRate: null, rejectsByRule: [] });
    const fresh = () => city.row({ formedOn: '2026-02-27' });
    await city.send(item, [fresh(), fresh(), city.row({ formedOn: '2026-01-05' })]);
    const faulty = [
      { ...fresh(), ...wrongCode() },
      { ...fresh(), 主体代码: '' },
      { ...fresh(), 形成日期: '2026-02-30' },
      { ...fresh(), 形成日期: '2026-02-31' },
      fresh(),
    ];
    await city.send(item, faulty);
    expect(await providerOf(unit)).toMatchObject({
      unit: { code: unit },
      received: 8,
      accepted: 4,
      duplicates: 0,
      rejected: 4,
      quarantined: 0,
      late: 1,
      openRejects: 4,
      linkRate: 0.75,
      rejectsByRule: [
        { rule: 'DATE_INVALID', count: 2 },
        { rule: 'SUBJECT_CODE_INVALID', count: 1 },
        { rule: 'SUBJECT_CODE_MISSING', count: 1 },
      ],
      timeliness: [{ source: 'ZD-11', onTime: 3, late: 1 }],
      batches: {
        totalCount: 2,
        nodes: [
          { received: 5, rejected: 4 },
          { received: 3, late: 1 },
        ],
      },
    });
  });

  test('is told by period and by page', async () => {
    const unit = await city.unit();
    const item = await city.publish('370303', 'Inspection', unit);
    for (let n = 0; n < 3; n++) await city.send(item, [city.row({ formedOn: '2026-02-27' })]);
    const first = await providerOf(unit);
    expect(first.batches).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const rest = await providerOf(unit, { after: first.batches.pageInfo.endCursor });
    const ids = [...first.batches.nodes, ...rest.batches.nodes].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(rest.batches.pageInfo.hasNextPage).toBe(false);

    for (const [period, received] of [
      [{ from: TODAY, to: TODAY }, 3],
      [{ from: '2026-03-03' }, 0],
      [{ to: '2026-03-01' }, 0],
      [{ from: '2026-03-01' }, 3],
    ] as const) {
      const told = await providerOf(unit, period);
      expect([period, told.received, told.batches.totalCount]).toEqual([period, received, received]);
    }
    const wrong = await ask(unit, { from: '2026-02-30' });
    expect(wrong.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'from' });
    const turned = await ask(unit, { from: '2026-03-02', to: '2026-03-01' });
    expect(turned.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'to' });
  });

  test('[SH-9][PD-13][NT-17] timeliness is told by the provision that sets the due date', async () => {
    const unit = await city.unit();
    const inspection = await city.publish('310115', 'Inspection', unit);
    const penalty = await city.publish('310115', 'AdministrativePenalty', unit);
    const list = await city.publish('320600', 'SevereListing', unit);
    await city.send(inspection, [city.row({ formedOn: '2026-02-02' }), city.row({ formedOn: '2026-01-31' })]);
    await city.send(penalty, [city.row({ determinedOn: '2026-02-02' })]);
    await city.send(list, [city.row({ determinedOn: '2026-02-02' })]);
    expect((await providerOf(unit)).timeliness).toEqual([
      { source: 'NT-17', onTime: 1, late: 0 },
      { source: 'PD-13', onTime: 0, late: 1 },
      { source: 'SH-9', onTime: 1, late: 1 },
    ]);
  });

  test('is for the unit itself, the center and the authority; to anyone else it does not exist', async () => {
    const unit = await city.unit();
    const item = await city.publish('370303', 'Inspection', unit);
    await city.send(item, [{ ...city.row({ formedOn: '2026-02-27' }), ...wrongCode() }]);
    const as = (role: 'provider' | 'agency' | 'authority' | 'service', of: string) =>
      city.city.token({ role, unit: of, name: '周八' });
    for (const token of [await as('provider', unit), await as('agency', unit)]) {
      const { data } = await ask(unit, {}, token);
      expect(data.provider.received).toBe(1);
      expect(data.provider.batches.nodes[0].correctionFile).toContain('SUBJECT_CODE_INVALID');
    }
    // The authority reads figures, not the rows themselves.
    const seen = (await ask(unit, {}, await as('authority', UNIT.court))).data.provider;
    expect(seen).toMatchObject({ received: 1, batches: { nodes: [{ rejected: 1, correctionFile: null }] } });
    for (const token of [
      await as('provider', UNIT.market),
      await as('agency', UNIT.market),
      await as('service', unit),
    ])
      expect((await ask(unit, {}, token)).data.provider).toBeNull();
    expect(
      (await city.city.ask(`{ provider(code: "${unit}") { received } }`)).data?.provider ?? null,
    ).toBeNull();
    expect((await ask('11310116MBY0999999')).data.provider).toBeNull();
    const all = await city.city.ask(PROVIDERS, { token: await as('provider', unit) });
    expect(all.data.providers).toBeNull();
  });
});

describe('[JS-21] reminders', () => {
  const reminders = async (unit: string) =>
    (await providerOf(unit)).reminders as { source: string; rule: string; dueOn: string; daysLeft: number }[];

  test.each([
    // What came last in January was due at the end of February.
    ['每月', '2026-01-31', { dueOn: '2026-02-28', daysLeft: -2 }],
    ['每月', '2026-02-01', null],
    ['每季度', '2025-09-30', { dueOn: '2025-12-31', daysLeft: -61 }],
    ['每季度', '2025-10-01', null],
    ['每年', '2024-12-31', { dueOn: '2025-12-31', daysLeft: -61 }],
    ['每年', '2025-01-01', null],
    ['每半年', '2025-06-30', { dueOn: '2025-12-31', daysLeft: -61 }],
    ['每周', '2026-02-22', { dueOn: '2026-03-01', daysLeft: -1 }],
    ['每周', '2026-02-23', null],
    ['每日', '2026-02-27', { dueOn: '2026-02-28', daysLeft: -2 }],
    ['每日', '2026-02-28', { dueOn: '2026-03-02', daysLeft: 0 }],
    ['每日', '2026-03-02', null],
    ['实时', '2020-01-01', null],
    ['7个工作日内', '2020-01-01', null],
    ['不定期', '2020-01-01', null],
  ])('[NT-8] %s, last on %s: %j', async (updateCycle, last, expected) => {
    const unit = UNIT.center;
    const item = await city.publish('370303', 'Inspection', unit, { updateCycle });
    await city.send(item, [city.row({ formedOn: '2026-02-27' })]);
    await lastOn(item, last);
    const found = (await providerOf(unit)).reminders.filter(
      (one: { item: { code: string } }) => one.item.code === item,
    );
    expect(found).toEqual(
      expected
        ? [
            expect.objectContaining({
              ...expected,
              item: { code: item, name: '报送试点信息', updateCycle },
              rule: 'UPDATE_CYCLE',
              source: 'NT-8',
              lastOn: last,
            }),
          ]
        : [],
    );
  });

  test('[SH-9] in Shanghai what comes at no set times is due monthly all the same, in Zhangdian it is not', async () => {
    for (const [jurisdiction, expected] of [
      ['310000', [{ rule: 'CADENCE', source: 'SH-9', dueOn: '2026-02-28' }]],
      ['310115', [{ rule: 'CADENCE', source: 'SH-9', dueOn: '2026-02-28' }]],
      ['370303', []],
    ] as const) {
      const unit = await city.unit();
      const item = await city.publish(jurisdiction, 'Inspection', unit);
      await city.send(item, [city.row({ formedOn: '2026-02-27' })]);
      await lastOn(item, '2026-01-15');
      expect(await reminders(unit)).toMatchObject(expected);
    }
  });

  test('[NT-17] in Nantong lists are due by the end of the next month, whatever their own cycle', async () => {
    const unit = await city.unit();
    const item = await city.publish('320600', 'RedListing', unit, { updateCycle: '每年' });
    await city.send(item, [city.row({ determinedOn: '2026-02-27' })]);
    expect(await reminders(unit)).toEqual([]);
    await lastOn(item, '2026-01-15');
    expect(await reminders(unit)).toMatchObject([
      { rule: 'LIST_REPORT', source: 'NT-17', dueOn: '2026-02-28', daysLeft: -2 },
    ]);
    expect((await providerOf(unit)).light).toMatchObject({
      colour: 'RED',
      reasons: [{ colour: 'RED', source: 'NT-17' }],
    });
  });

  test('[SH-9] a batch without rows says that there is nothing to report', async () => {
    const unit = await city.unit();
    const item = await city.publish('310000', 'Inspection', unit);
    await city.send(item, [city.row({ formedOn: '2026-02-27' })]);
    await lastOn(item, '2026-01-15');
    expect(await reminders(unit)).toHaveLength(1);
    expect(await city.send(item, [])).toMatchObject({ received: 0, accepted: 0, rejected: 0, late: 0 });
    expect(await reminders(unit)).toEqual([]);
  });

  test('nothing has come yet: due from the item’s first day on', async () => {
    const unit = await city.unit();
    await city.publish('310000', 'Inspection', unit, { updateCycle: '每月', validFrom: TODAY });
    expect(await reminders(unit)).toEqual([]);
    // The project's own catalogue is in force since 2016, and its units have sent nothing here.
    expect(await providerOf(UNIT.market)).toMatchObject({ light: { colour: 'RED' } });
    expect((await reminders(UNIT.market))[0]).toMatchObject({ lastOn: null });
  });
});

describe('[NT-5] the light', () => {
  const lightOf = async (unit: string) => (await providerOf(unit)).light;
  const good = () => city.row({ formedOn: '2026-02-27' });
  const rows = (count: number) => Array.from({ length: count }, good);
  const unlinked = (count: number) => rows(count).map((row) => ({ ...row, ...wrongCode() }));

  test('is green, with no reasons, where all is well', async () => {
    const unit = await city.unit();
    await city.send(await city.publish('320600', 'Inspection', unit), rows(5));
    expect(await lightOf(unit)).toEqual({ colour: 'GREEN', reasons: [] });
  });

  test.each([
    [100, 0, 'GREEN'],
    [95, 5, 'GREEN'],
    [94, 6, 'YELLOW'],
    [80, 20, 'YELLOW'],
    [79, 21, 'RED'],
  ])('[SP-link] %d linked and %d not: %s', async (linked, not, colour) => {
    const unit = await city.unit();
    await city.send(await city.publish('320600', 'Inspection', unit), [...rows(linked), ...unlinked(not)]);
    const light = await lightOf(unit);
    expect(light.colour).toBe(colour);
    expect(light.reasons.some(({ source }: { source: string }) => source === 'SP-link')).toBe(
      colour !== 'GREEN',
    );
  });

  test.each([
    [20, 'GREEN'],
    [21, 'RED'],
  ])('%d of 100 sent back: %s', async (wrong, colour) => {
    const unit = await city.unit();
    const faulty = rows(wrong).map((row) => ({ ...row, 形成日期: '2026-02-30' }));
    await city.send(await city.publish('320600', 'Inspection', unit), [...rows(100 - wrong), ...faulty]);
    expect(await lightOf(unit)).toMatchObject({ colour });
  });

  test('[ZD-11] is yellow for a late record, with the provision, as long as it is looked back at', async () => {
    const unit = await city.unit();
    await city.send(await city.publish('370303', 'Inspection', unit), [city.row({ formedOn: '2026-01-05' })]);
    expect(await lightOf(unit)).toEqual({
      colour: 'YELLOW',
      reasons: [{ colour: 'YELLOW', source: 'ZD-11', zh: '1 条逾期报送', en: 'records submitted late: 1' }],
    });
    await earlier(unit, 89);
    expect(await lightOf(unit)).toMatchObject({ colour: 'YELLOW' });
    await earlier(unit, 1);
    expect(await lightOf(unit)).toMatchObject({ colour: 'GREEN' });
    expect(await providerOf(unit)).toMatchObject({ late: 1 });
  });

  test('[ZD-19] is yellow for rows sent back that have not come again by the due date', async () => {
    const unit = await city.unit();
    const item = await city.publish('370303', 'Inspection', unit);
    await city.send(item, [...rows(9), { ...good(), 形成日期: '2026-02-30' }]);
    expect(await lightOf(unit)).toMatchObject({ colour: 'GREEN' });
    // Due on the 5th: three days later it is the day, four days later it has passed.
    await earlier(unit, 3);
    expect(await lightOf(unit)).toMatchObject({ colour: 'GREEN' });
    await earlier(unit, 1);
    expect(await lightOf(unit)).toMatchObject({ colour: 'YELLOW', reasons: [{ source: 'ZD-19' }] });
  });

  test('[NT-8] is yellow on the day on which something daily is due, and red the day after', async () => {
    const unit = await city.unit();
    const item = await city.publish('320600', 'Inspection', unit, { updateCycle: '每日' });
    await city.send(item, [good()]);
    expect(await lightOf(unit)).toMatchObject({ colour: 'GREEN' });
    // Saturday the 28th is worked.
    await lastOn(item, '2026-02-28');
    expect(await lightOf(unit)).toMatchObject({ colour: 'YELLOW', reasons: [{ source: 'NT-8' }] });
    await lastOn(item, '2026-02-27');
    expect(await lightOf(unit)).toMatchObject({ colour: 'RED', reasons: [{ source: 'NT-8' }] });
  });

  test('has its reasons worst first', async () => {
    const unit = await city.unit();
    const item = await city.publish('370303', 'Inspection', unit);
    await city.send(item, [city.row({ formedOn: '2026-01-05' }), ...unlinked(3)]);
    const { colour, reasons } = await lightOf(unit);
    expect(colour).toBe('RED');
    expect(
      reasons.map((reason: { colour: string; source: string }) => [reason.colour, reason.source]),
    ).toEqual([
      ['RED', 'SP-link'],
      ['RED', 'JS-21'],
      ['YELLOW', 'ZD-11'],
    ]);
  });
});

describe('[JS-21][SP-link] the list of all providers', () => {
  test('has the worst light first, and pages', async () => {
    const nodes: { unit: { code: string }; light: { colour: string } }[] = [];
    let after: string | null = null;
    let total = 0;
    do {
      const { data, errors } = await city.city.ask(PROVIDERS, {
        token: city.center,
        variables: { first: 25, after },
      });
      expect(errors).toBeUndefined();
      nodes.push(...data.providers.nodes);
      total = data.providers.totalCount;
      after = data.providers.pageInfo.hasNextPage ? data.providers.pageInfo.endCursor : null;
    } while (after !== null);
    expect(nodes).toHaveLength(total);
    expect(new Set(nodes.map(({ unit }) => unit.code)).size).toBe(total);
    const rank = { RED: 0, YELLOW: 1, GREEN: 2 } as Record<string, number>;
    const ranks = nodes.map(({ light }) => rank[light.colour] as number);
    expect(ranks).toEqual(ranks.toSorted());
    expect(new Set(ranks).size).toBe(3);
  });
});
