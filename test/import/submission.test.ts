import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { RecordInput } from '../../records/recordInput.ts';
import { correctedRow, correctionFile } from '../../records/import/correctionFile.ts';
import { csvRows } from '../../records/import/reading/csv.ts';
import { objectRows } from '../../records/import/reading/objects.ts';
import type { RejectedRow } from '../../records/import/receipts.ts';
import { readRows } from '../../records/import/reading/rows.ts';
import { Center, collect, csv, firm, importInto, one, penalty, table, withFile } from './harness.ts';

const NAMES = Object.keys(penalty());
const row = (n: number, more: Record<string, string> = {}): string[] =>
  Object.values(
    penalty({
      行政处罚决定书文号: `沪金罚〔2024〕第${n}号`,
      '行政相对人代码_1（统一社会信用代码）': firm(n % 40),
      ...more,
    }),
  );
const facts = (center: Center): string[] =>
  center.records.map((r) => `${r.subjectId} ${r.documentNumber}`).sort();

const textOf = async (header: readonly string[], rejects: readonly RejectedRow[]) =>
  (await collect(correctionFile(header, rejects))).join('');

describe('[ZD-19] a batch', () => {
  test('has a receipt in which every row is settled', async () => {
    const center = new Center();
    const rows = table(NAMES, row(1), row(1), row(2), row(3, { 处罚内容: '' }));
    const summary = await importInto(center, 'penalty-2018', rows);
    const counts = { received: 4, accepted: 2, duplicates: 1, rejected: 1, quarantined: 0 };
    expect(summary).toMatchObject({ receipt: 'receipt-1', ...counts });
    expect(center.finished).toEqual(counts);
    expect(center.meta).toMatchObject({
      layout: 'penalty-2018',
      jurisdiction: '310116',
      items: ['310116-01', '310116-02'],
      header: NAMES,
    });
  });

  test('sent again changes nothing', async () => {
    const center = new Center();
    await importInto(center, 'penalty-2018', table(NAMES, row(1), row(2)));
    const before = facts(center);
    const again = await importInto(center, 'penalty-2018', table(NAMES, row(1), row(2)));
    expect(again).toMatchObject({ accepted: 0, duplicates: 2, rejected: 0 });
    expect(facts(center)).toEqual(before);
  });

  test('of any size is the same as its rows one by one, in whatever files they come', async () => {
    const valid = fc.record({ n: fc.nat(30), fault: fc.boolean(), file: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(valid, { maxLength: 40 }), async (sent) => {
        const cells = sent.map(({ n, fault }) => row(n, fault ? { 处罚决定日期: '2024-02-30' } : {}));
        const whole = new Center();
        const summary = await importInto(whole, 'penalty-2018', table(NAMES, ...cells));
        const split = new Center();
        let rejected = 0;
        for (const file of [0, 1, 2, 3]) {
          const part = cells.filter((_, at) => sent[at]?.file === file);
          rejected += (await importInto(split, 'penalty-2018', table(NAMES, ...part))).rejected;
        }
        expect(facts(split)).toEqual(facts(whole));
        expect(rejected).toBe(summary.rejected);
      }),
      { numRuns: 50 },
    );
  });

  test('of several chunks loses nothing, and lists the first 1,000 rejects', async () => {
    const center = new Center();
    const rows = Array.from({ length: 12_345 }, (_, n) => row(n, n % 10 === 0 ? { 处罚内容: '' } : {}));
    const progress: number[] = [];
    const summary = await importInto(center, 'penalty-2018', table(NAMES, ...rows), {
      onProgress: ({ received }) => progress.push(received),
    });
    expect(summary).toMatchObject({ received: 12_345, accepted: 11_110, rejected: 1235 });
    expect(summary.rejects).toHaveLength(1000);
    expect(center.rejected.map((r) => r.line)).toEqual(Array.from({ length: 1235 }, (_, n) => n * 10 + 2));
    expect(progress.at(-1)).toBe(12_345);
    // 40 firms, less the four of which every row was wrong
    expect(center.subjects.size).toBe(36);
  });

  test('by mutation goes the same way, rows numbered from 1', async () => {
    const center = new Center();
    const summary = await importInto(
      center,
      'penalty-2018',
      objectRows([penalty(), penalty({ 处罚内容: '' })]),
    );
    expect(summary).toMatchObject({ received: 2, accepted: 1 });
    expect(summary.rejects[0]).toMatchObject({ line: 2, column: '处罚内容' });
  });

  test('for a jurisdiction without rules is refused', async () => {
    const result = importInto(new Center(), 'penalty-2018', one(penalty()), { jurisdiction: '999999' });
    await expect(result).rejects.toThrow('999999');
  });
});

describe('reading and writing', () => {
  test('no more than two chunks are read ahead of a sink that is slow', async () => {
    let read = 0;
    async function* endless() {
      yield { line: 1, cells: NAMES };
      for (; read < 40_000; read++) yield { line: read + 2, cells: row(read) };
    }
    const { promise: opened, resolve: open } = Promise.withResolvers<void>();
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const deliver = async (_: string, records: readonly RecordInput[]) => {
      ask();
      await opened;
      return { accepted: records.length, duplicates: 0, differing: [], revoked: [], known: [] };
    };
    const importing = importInto(new Center(), 'penalty-2018', endless(), {
      sink: Object.assign(new Center(), { deliver }),
    });
    await asked;
    for (let turn = 0, before = -1; before !== read || turn < 50; turn++) {
      before = read;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(read).toBeLessThanOrEqual(8001);
    open();
    expect((await importing).accepted).toBe(40_000);
  });

  test('a sink that fails ends the import, leaves the receipt open and closes the file', async () => {
    let closed = false;
    async function* rows() {
      try {
        yield* table(NAMES, ...Array.from({ length: 20_000 }, (_, n) => row(n)));
      } finally {
        closed = true;
      }
    }
    const center = new Center();
    const sink = Object.assign(new Center(), {
      deliver: () => Promise.reject(new Error('the database is gone')),
    });
    await expect(importInto(center, 'penalty-2018', rows(), { sink })).rejects.toThrow(
      'the database is gone',
    );
    expect(closed).toBe(true);
    expect(center.finished).toBeNull();
    expect(await importInto(center, 'penalty-2018', table(NAMES, row(1)))).toMatchObject({ accepted: 1 });
  });
});

describe('[ZD-19] the correction file', () => {
  test('comes back corrected and closes the batch', async () => {
    const center = new Center();
    const sent = csv([NAMES, row(1), row(2, { 处罚决定日期: '2024-02-30', 备注: '甲,"乙"\n丙' })]);
    await withFile(sent, (path) => importInto(center, 'penalty-2018', readRows(path)));
    const text = await textOf(center.meta?.header ?? [], center.rejected);
    expect(text.startsWith('\ufeff行号,规则,原因,行政相对人名称,')).toBe(true);
    expect(text).toContain('\r\n3,DATE_INVALID,');
    const corrected = text.replace('2024-02-30,2099/12/31', '2024-02-29,2099/12/31');
    const summary = await withFile(corrected, (path) => importInto(center, 'penalty-2018', readRows(path)));
    expect(summary).toMatchObject({ received: 1, accepted: 1, rejected: 0, unknownColumns: [] });
    expect(center.records[1]).toMatchObject({ determinedOn: '2024-02-29', own: { remarks: '甲,"乙"\n丙' } });
  });

  test('sent back as it is, is rejected as before', async () => {
    const center = new Center();
    await importInto(center, 'penalty-2018', table(NAMES, row(2, { 处罚内容: '' })));
    const first = await textOf(center.meta?.header ?? [], center.rejected);
    center.rejected.length = 0;
    await importInto(center, 'penalty-2018', csvRows([first.slice(1)]));
    expect(await textOf(center.meta?.header ?? [], center.rejected)).toBe(first);
  });

  test('no cell is a formula to a spreadsheet, and every cell comes back as it was', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', "'", '\t', '＝', 'a', ',', '"', '\n'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 2, maxLength: 4 }), async (cells) => {
        const reject = { line: 2, column: null, rule: 'CELL_COUNT', reason: '=1', cells };
        const text = await textOf(['甲'], [reject]);
        const [, written] = await collect(csvRows([text.slice(1)]));
        for (const value of written?.cells ?? []) expect(value).not.toMatch(/^[=+\-@\t\r\n＝]/);
        expect(written && correctedRow(written).cells).toEqual(cells);
      }),
    );
  });
});
