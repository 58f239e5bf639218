import { expect, test } from '@jest/globals';
import { createLog, type Log } from '../../platform/log.ts';

const COMPANY = '91310000MA1FL1234X';
const CITIZEN = '11010519491231002X';

function linesOf(write: (log: Log) => void, logLevel: 'info' | 'silent' = 'info'): string {
  const lines: string[] = [];
  write(createLog({ logLevel }, 'gateway', { write: (line) => lines.push(line) }));
  return lines.join('');
}

test('a line names the process, the time and what happened', () => {
  const line: unknown = JSON.parse(linesOf((log) => log.info({ port: 4000 }, 'listening')));
  expect(line).toEqual({
    level: 30,
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    process: 'gateway',
    port: 4000,
    msg: 'listening',
  });
});

test('headers, grants, codes and names are left out, at the top and below', () => {
  const text = linesOf((log) => {
    const values = {
      authorization: 'Bearer s3cret',
      grant: 's3cret',
      code: 's3cret',
      name: 's3cret',
      codes: ['s3cret'],
    };
    log.info(values);
    log.info({ subject: values });
    log.info({ req: { headers: { authorization: 'Bearer s3cret', cookie: 's3cret' } } });
    log.child({ name: 's3cret' }).info('of a child');
  });
  expect(text).not.toContain('s3cret');
  expect(text).toContain('of a child');
});

test('no code of a subject passes, wherever it stands', () => {
  const text = linesOf((log) => {
    log.info(`looked up ${COMPANY}`);
    log.info({ path: `/subjects/${CITIZEN.toLowerCase()}`, deep: { a: { b: { c: [COMPANY] } } } });
    log.error(new Error(`invalid input: "${CITIZEN}"`));
  });
  expect(text).not.toMatch(/91310000MA1FL1234X|11010519491231002X/i);
  expect(text.match(/\[code\]/g)?.length).toBeGreaterThanOrEqual(4);
});

test("an error keeps its own code and loses the database's copy of the row", () => {
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (name)=(某某) already exists.',
  });
  const text = linesOf((log) => log.error(error));
  expect(text).toContain('23505');
  expect(text).not.toContain('某某');
});

test('ids and ordinary numbers stay', () => {
  const id = '1f0c9d5e-8a35-7c11-9a3e-2b7d4c6f8a90';
  expect(linesOf((log) => log.info({ id, rows: 31_400_000 }))).toContain(id);
});

test('silent says nothing', () => {
  expect(linesOf((log) => log.fatal('x'), 'silent')).toBe('');
});
