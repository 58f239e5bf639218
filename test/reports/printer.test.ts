import { afterEach, expect, test } from '@jest/globals';
import type { ReportDocument } from '../../gateway/reports/document.ts';
import { OneByOne } from '../../gateway/reports/pdf/oneByOne.ts';
import { Printer } from '../../gateway/reports/pdf/printer.ts';
import { Thread } from '../../platform/thread.ts';

const PATIENCE_MS = 5_000;

const document: ReportDocument = {
  format: 'public-credit-report/1',
  number: '0000-0000-0000-0000',
  kind: 'STANDARD',
  madeOn: '2026-03-02',
  subject: { name: '甲公司', code: '91310116Y100000011', kind: 'LEGAL_PERSON', status: null },
  asker: null,
  notes: [],
  sections: [],
  certificate: null,
  looks: null,
};

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function line(mostWaiting: number): OneByOne<string, string> {
  const thread = new Thread<string, string>({
    program: new URL('./slowThread.ts', import.meta.url),
    patienceMs: PATIENCE_MS,
    overdue: () => new Error('too late'),
  });
  ends.push(() => thread.end(new Error('the test is over')));
  return new OneByOne(thread, { mostWaiting, full: () => new Error('too many') });
}

const told = async (answers: readonly Promise<string>[]): Promise<string[]> =>
  (await Promise.allSettled(answers)).map((answer) =>
    answer.status === 'fulfilled' ? answer.value : (answer.reason as Error).message,
  );

test('what takes too long ends itself alone: those behind it have their turn, and all of their time', async () => {
  const words = ['first', 'endless', 'second', 'endless', 'third'];
  const asked = line(words.length);
  expect(await told(words.map((word) => asked.ask(word)))).toEqual([
    'first',
    'too late',
    'second',
    'too late',
    'third',
  ]);
  expect(asked.isIdle).toBe(true);
}, 30_000);

test('whoever stops, stops those in line as well', async () => {
  const asked = line(2);
  const answers = told([asked.ask('first'), asked.ask('second')]);
  asked.end(new Error('stopping'));
  expect(await answers).toEqual(['stopping', 'stopping']);
  expect(await told([asked.ask('third')])).toEqual(['stopping']);
});

test('[JS-20] reports are printed in line, and too many at a time are refused with words and a time to come again', async () => {
  const printer = new Printer();
  ends.push(() => printer.close());
  const toPrint = { document, digest: '0'.repeat(64), verifyAt: null };
  const asked = await Promise.allSettled(Array.from({ length: 9 }, () => printer.print(toPrint)));
  const printed = asked.flatMap((one) =>
    one.status === 'fulfilled' ? [one.value.toString('latin1', 0, 5)] : [],
  );
  expect(printed).toEqual(Array(7).fill('%PDF-'));
  for (const refused of asked.slice(7))
    expect(refused).toMatchObject({
      status: 'rejected',
      reason: {
        message: '待打印的报告过多，请于 5 秒后再试 / too many reports are to be printed; try again in 5 s',
        extensions: { code: 'RATE_LIMITED', http: { status: 429 } },
      },
    });
  // There is room again.
  expect((await printer.print(toPrint)).toString('latin1', 0, 5)).toBe('%PDF-');
}, 60_000);
