import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Submitter } from './submitter.ts';

/** Opens a city that sees a day, for the tests of a describe. */
function on(today: string): () => Submitter {
  let submitter: Submitter;
  beforeAll(async () => {
    submitter = await Submitter.open(today);
  });
  afterAll(() => submitter.close());
  return () => submitter;
}

const itemsOf = (city: () => Submitter) => {
  const items = new Map<string, string>();
  return async (jurisdiction: string, recordType: string): Promise<string> => {
    const key = `${jurisdiction} ${recordType}`;
    const known = items.get(key) ?? (await city().publish(jurisdiction, recordType));
    items.set(key, known);
    return known;
  };
};

// Spring Festival 15–23 February; Saturday the 14th and Saturday the 28th are worked.
describe('on 2026-02-25, two working days after Spring Festival', () => {
  const city = on('2026-02-25');
  const itemOf = itemsOf(city);

  // The seventh working day after the 8th is the 24th, after the 9th the 25th, after the 10th the 26th.
  const SEVEN = [
    ['2026-02-08', true],
    ['2026-02-09', false],
    ['2026-02-10', false],
  ] as const;

  test.each(SEVEN)('[ZD-11] Zhangdian: formed on %s, any record is late: %s', async (day, late) => {
    const inspection = await itemOf('370303', 'Inspection');
    expect(await city().isLate(inspection, { formedOn: day })).toBe(late);
    expect(await city().isLate(inspection, { determinedOn: day })).toBe(late);
  });

  test('[ZD-11] Zhangdian counts from the formation where decision and formation differ', async () => {
    const inspection = await itemOf('370303', 'Inspection');
    expect(await city().isLate(inspection, { formedOn: '2026-02-09', determinedOn: '2026-02-02' })).toBe(
      false,
    );
    expect(await city().isLate(inspection, { formedOn: '2026-02-08', determinedOn: '2026-02-08' })).toBe(
      true,
    );
  });

  test.each(['310115', '310112'])('[PD-13] %s: penalties and permits within 7 working days', async (code) => {
    for (const recordType of ['AdministrativePenalty', 'Permit']) {
      const item = await itemOf(code, recordType);
      for (const [determinedOn, late] of SEVEN)
        expect([determinedOn, await city().isLate(item, { determinedOn })]).toEqual([determinedOn, late]);
    }
  });

  test('[PD-13] other records of Pudong, and penalties of the city, have until the end of the next month', async () => {
    const inspection = await itemOf('310115', 'Inspection');
    expect(await city().isLate(inspection, { determinedOn: '2026-02-08' })).toBe(false);
    const penalty = await itemOf('310000', 'AdministrativePenalty');
    expect(await city().isLate(penalty, { determinedOn: '2026-02-08' })).toBe(false);
  });

  test('[ZD-11] late records are taken and counted; the same row again is not late again', async () => {
    const item = await itemOf('370303', 'Inspection');
    const rows = ['2026-01-05', '2026-02-08', '2026-02-09', '2026-02-24'].map((formedOn) =>
      city().row({ formedOn }),
    );
    expect(await city().send(item, rows)).toMatchObject({ received: 4, accepted: 4, rejected: 0, late: 2 });
    expect(await city().send(item, rows)).toMatchObject({ accepted: 0, duplicates: 4, late: 0 });
    const more = [...rows, city().row({ formedOn: '2026-02-05' })];
    expect(await city().send(item, more)).toMatchObject({ accepted: 1, duplicates: 4, late: 1 });
    const twice = city().row({ formedOn: '2026-02-05' });
    expect(await city().send(item, [twice, twice])).toMatchObject({ accepted: 1, duplicates: 1, late: 1 });
  });

  test('[ZD-11] a record is marked late wherever it is shown; a repetition does not change the mark', async () => {
    const item = await itemOf('370303', 'Inspection');
    const firm = city().row({});
    const rows = ['2026-02-08', '2026-02-09'].map((formedOn) => ({
      ...city().row({ formedOn }),
      主体名称: firm['主体名称'],
      主体代码: firm['主体代码'],
      标题: formedOn,
    }));
    await city().send(item, rows);
    await city().send(item, rows);
    const token = await city().city.token({ role: 'subject', code: String(firm['主体代码']) });
    const { data, errors } = await city().city.ask('{ me { inspections { nodes { title late } } } }', {
      token,
    });
    expect(errors).toBeUndefined();
    expect(data.me.inspections.nodes).toEqual(
      expect.arrayContaining([
        { title: '2026-02-08', late: true },
        { title: '2026-02-09', late: false },
      ]),
    );
  });

  test('[ZD-19] a receipt says until when the center integrates the batch, where the jurisdiction sets it', async () => {
    const zhangdian = await itemOf('370303', 'Inspection');
    // The third working day after the 25th is Saturday the 28th, which is worked.
    expect(await city().send(zhangdian, [city().row({})])).toMatchObject({
      receivedOn: '2026-02-25',
      dueOn: '2026-02-28',
      dueProvisional: false,
    });
    const shanghai = await itemOf('310000', 'Inspection');
    expect(await city().send(shanghai, [city().row({})])).toMatchObject({ dueOn: null });
  });

  test('[JS-21][SH-9] a unit is reminded three working days before, not four, and its light is yellow', async () => {
    const unit = await city().unit();
    // The third working day from today is Saturday the 28th, on which January's is due; the week's is due on Sunday.
    const [monthly, weekly] = [
      await city().publish('310000', 'Inspection', unit, { updateCycle: '每月' }),
      await city().publish('310000', 'Permit', unit, { updateCycle: '每周' }),
    ] as const;
    for (const item of [monthly, weekly]) await city().send(item, [city().row({ formedOn: '2026-02-24' })]);
    const asOf = (item: string, day: string) =>
      city()
        .city.database('collection')
        .query('update submitted_item set last_on = $2 where item = $1', [item, day]);
    await asOf(monthly, '2026-01-31');
    await asOf(weekly, '2026-02-22');
    const { data } = await city().city.ask(
      'query ($code: String!) { provider(code: $code) { reminders { item { code } dueOn daysLeft } light { colour } } }',
      { token: city().center, variables: { code: unit } },
    );
    expect(data.provider).toEqual({
      reminders: [{ item: { code: monthly }, dueOn: '2026-02-28', daysLeft: 3 }],
      light: { colour: 'YELLOW' },
    });
  });

  describe('[ZD-19] a correction file that comes back', () => {
    let item: string;
    beforeAll(async () => {
      item = await city().publish('370303', 'Inspection');
    });

    /** The rows of a CSV text without quoted cells, as objects. */
    const rowsOf = (text: string): Record<string, string>[] => {
      const [header = [], ...rows] = text
        .replace(/^\ufeff/, '')
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
      return rows.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
    };
    const receipt = async (id: string) => {
      const { data } = await city().city.ask(
        'query ($id: ID!) { receipt(id: $id) { rejected settledRejects openRejects } }',
        { token: city().center, variables: { id } },
      );
      return data.receipt;
    };
    const wrong = () => city().row({ formedOn: '2026-02-30' });

    test('closes the receipt it came from, row by row, once', async () => {
      const first = await city().send(item, [wrong(), city().row({ formedOn: '2026-02-24' }), wrong()]);
      expect(first).toMatchObject({ accepted: 1, rejected: 2, settledRejects: 0, openRejects: 2 });
      const [one, two] = rowsOf(first.correctionFile).map((row) => ({ ...row, 形成日期: '2026-02-24' }));
      expect(await city().send(item, [one ?? {}])).toMatchObject({ received: 1, accepted: 1 });
      expect(await receipt(first.id)).toEqual({ rejected: 2, settledRejects: 1, openRejects: 1 });
      await city().send(item, [one ?? {}]);
      expect(await receipt(first.id)).toMatchObject({ openRejects: 1 });
      await city().send(item, [two ?? {}]);
      expect(await receipt(first.id)).toEqual({ rejected: 2, settledRejects: 2, openRejects: 0 });
    });

    test('sent back once more is open in the later receipt', async () => {
      const first = await city().send(item, [wrong()]);
      const second = await city().send(item, rowsOf(first.correctionFile));
      expect(await receipt(first.id)).toMatchObject({ openRejects: 0 });
      expect(second).toMatchObject({ rejected: 1, openRejects: 1 });
      const fixed = rowsOf(second.correctionFile).map((row) => ({ ...row, 形成日期: '2026-02-24' }));
      expect(await city().send(item, fixed)).toMatchObject({ accepted: 1 });
      expect(await receipt(second.id)).toMatchObject({ openRejects: 0 });
    });

    test('settles nothing of another unit’s', async () => {
      const theirs = await city().send(item, [wrong()]);
      const other = await city().unit();
      const own = await city().publish('370303', 'Inspection', other);
      const rows = rowsOf(theirs.correctionFile).map((row) => ({ ...row, 形成日期: '2026-02-24' }));
      expect(await city().send(own, rows)).toMatchObject({ accepted: 1 });
      expect(await receipt(theirs.id)).toMatchObject({ openRejects: 1 });
    });
  });
});

// Mid-Autumn 25–27 September, National Day 1–7 October; Saturday the 10th is worked.
describe('on 2026-10-10, a Saturday made up after National Day', () => {
  const city = on('2026-10-10');
  const itemOf = itemsOf(city);

  test.each([
    ['2026-09-22', true],
    ['2026-09-23', false],
    ['2026-09-24', false],
  ])('[ZD-11][PD-13] the long holiday does not count: decided on %s, late: %s', async (day, late) => {
    for (const code of ['370303', '310115', '310112']) {
      const item = await itemOf(code, 'AdministrativePenalty');
      expect([code, await city().isLate(item, { determinedOn: day })]).toEqual([code, late]);
    }
  });
});

describe.each([
  ['2024-02-29', false],
  ['2024-03-01', true],
])('on %s, around the end of a leap February', (today, januaryIsLate) => {
  const city = on(today);
  const itemOf = itemsOf(city);

  test('[SH-9] Shanghai has what was formed in a month by the end of the next', async () => {
    const item = await itemOf('310000', 'Inspection');
    expect(await city().isLate(item, { formedOn: '2023-12-31' })).toBe(true);
    expect(await city().isLate(item, { formedOn: '2024-01-01' })).toBe(januaryIsLate);
    expect(await city().isLate(item, { formedOn: '2024-01-31' })).toBe(januaryIsLate);
    expect(await city().isLate(item, { formedOn: '2024-02-01' })).toBe(false);
  });

  test('[NT-17] Nantong has lists by the end of the month after the finding, and no such term for the rest', async () => {
    for (const recordType of ['AbnormalListing', 'SevereListing', 'RedListing']) {
      const item = await itemOf('320600', recordType);
      const late = [];
      for (const determinedOn of ['2023-12-31', '2024-01-01', '2024-01-31', '2024-02-01'])
        late.push(await city().isLate(item, { determinedOn }));
      expect([recordType, late]).toEqual([recordType, [true, januaryIsLate, januaryIsLate, false]]);
    }
    const penalty = await itemOf('320600', 'AdministrativePenalty');
    expect(await city().isLate(penalty, { determinedOn: '2023-06-01' })).toBe(false);
  });
});

describe('on 2026-12-30, when the next year is not arranged yet', () => {
  const city = on('2026-12-30');

  test('[ZD-19] a due date in it is marked provisional', async () => {
    const item = await city().publish('370303', 'Inspection');
    expect(await city().send(item, [city().row({})])).toMatchObject({
      dueOn: '2027-01-04',
      dueProvisional: true,
    });
  });
});
