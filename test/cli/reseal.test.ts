import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { copyOfTemplate, credit, environment } from '../support/command.ts';
import { MATTER, UNIT, personCode } from '../support/known.ts';

const OLD = `1:${'a1'.repeat(32)}`;
const NEW = `2:${'b2'.repeat(32)}`;

test('identity numbers and rejected rows are sealed anew under a new key, and open without the old one', async () => {
  const folder = copyOfTemplate();
  try {
    const code = personCode(1);
    const before = await City.open({ SEALING_KEYS: OLD }, folder);
    await before.subject(code, '张三', 'NATURAL_PERSON');
    const rejects = join(folder, 'rejects.csv');
    writeFileSync(rejects, '企业名称,统一社会信用代码,注册日期\n甲乙商行,123,2019-05-06\n');
    const asked = ['import', rejects, '--layout', 'enterprise', '--jurisdiction', '310116', '--json'];
    const imported = await credit(asked, environment(folder, { SEALING_KEYS: OLD }));
    const { receipt } = JSON.parse(imported.stdout) as { receipt: string };
    await before.running.close();

    const env = environment(folder, { SEALING_KEYS: `${NEW},${OLD}` });
    expect((await credit(['reseal'], env)).stdout).toMatch(/^2 /);
    expect((await credit(['reseal'], env)).stdout).toMatch(/^0 /);

    const written = join(folder, 'corrections.csv');
    await credit(['receipt', receipt, '--rejects', written], environment(folder, { SEALING_KEYS: NEW }));
    expect(readFileSync(written, 'utf8')).toContain('甲乙商行');

    const after = await City.open({ SEALING_KEYS: NEW }, folder);
    const token = await after.officer(UNIT.personnel);
    const { data } = await after.ask(`{ subject(code: "${code}") { name code } }`, {
      token,
      purpose: MATTER.recruitment,
    });
    expect(data.subject).toEqual({ name: '张三', code });
    await after.running.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
