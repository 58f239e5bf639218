import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { copyOfTemplate, credit, environment } from '../support/command.ts';
import { UNIT, firmCode, personCode } from '../support/known.ts';
import { TENDER } from './desk.ts';

test('[SH-20b] `credit batch` writes results in the order of the file, with the codes as they stand in it', async () => {
  const folder = copyOfTemplate();
  const filling = await City.open({}, folder);
  const [clean, bad] = [firmCode(1), firmCode(2)];
  await filling.subject(clean, '清白有限公司');
  const id = await filling.subject(bad, '失信有限公司');
  await filling.record(id, '310116-penalty-em', { documentNumber: '金应急罚9' });
  await filling.running.close();

  const file = join(folder, 'bidders.csv');
  const malformed = '=cmd';
  writeFileSync(
    file,
    `名称,统一社会信用代码\n乙,${bad}\n甲,${clean}\n丙,${malformed}\n丁,${personCode(5)}\n`,
  );
  const env = environment(folder);
  const { status, stdout, stderr } = await credit(['batch', file, '--matter', TENDER, '--json'], env);
  expect(stderr).toMatch(/任务 job [\da-f-]{36}/);
  const summary = JSON.parse(stdout.trim().split('\n').at(-1) as string);
  expect(summary).toMatchObject({ state: 'DONE', total: 4, done: 4, passed: 1, failed: 1, unknown: 2 });
  expect(status).toBe(2);
  const lines = readFileSync(summary.out, 'utf8').trim().split('\r\n');
  expect(lines[1]).toBe(`2,${bad},FAIL,有规则所列的失信信息,金应急罚9 2025-06-01,2026-03-02`);
  expect(lines[2]).toBe(`3,${clean},PASS,,,2026-03-02`);
  expect(lines[3]).toContain(`4,'=cmd,UNKNOWN`);
  expect(lines[4]).toContain(`5,${personCode(5)},UNKNOWN,该应用事项不涉及自然人`);

  const city = await City.open({}, folder);
  try {
    const { rows } = await city
      .database('access')
      .query(
        `select unit, matter, channel, cardinality(subjects) as n from journal_entry where operation like 'batchCheck%'`,
      );
    expect(rows).toEqual([{ unit: UNIT.construction, matter: TENDER, channel: 'command', n: 2 }]);
  } finally {
    await city.close();
  }
});

test('[SH-20b] an unknown matter is told', async () => {
  const folder = copyOfTemplate();
  const file = join(folder, 'x.csv');
  writeFileSync(file, `${firmCode(1)}\n`);
  const { status, stderr } = await credit(['batch', file, '--matter', 'nothing'], environment(folder));
  expect(status).toBe(1);
  expect(stderr).toContain('nothing');
});
