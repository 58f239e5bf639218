import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { type Ground, openGround } from '../../gateway/embedded/house.ts';
import { loadSettings } from '../../platform/settings.ts';
import { usccOf } from '../../policy/identifiers/code.ts';
import { copyOfTemplate, credit, environment } from '../support/command.ts';

const HEADER = '企业名称,统一社会信用代码,注册日期,企业类型,注册资金,经营范围,所在省份,地区,注册地址';
const FIRST = usccOf('91310116MA1J00001');
const SECOND = usccOf('91310116MA1J00002');
const row = (name: string, code: string) =>
  `${name},${code},2019-05-06,有限责任公司,50(万元人民币),贸易,上海,金山,学府路1号`;

let folder: string;
let env: NodeJS.ProcessEnv;
let ground: Ground;
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const importing = (path: string, ...more: string[]) =>
  credit(['import', path, '--layout', 'enterprise', '--jurisdiction', '310116', '--json', ...more], env);
const last = (text: string): Record<string, unknown> => JSON.parse(text.trim().split('\n').at(-1) as string);

// The databases stay open meanwhile: that a command starts and stops them itself is shown by `credit catalogue` below.
beforeAll(async () => {
  folder = copyOfTemplate();
  env = environment(folder);
  ground = await openGround(loadSettings(env));
});
afterAll(async () => {
  await ground.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('credit import', () => {
  test('[SH-9][ZD-19] takes a file, counts every row, and changes nothing the second time', async () => {
    const path = file(
      'firms.csv',
      iconv.encode(
        `${HEADER}\r\n${row('上海第一商贸有限公司', FIRST)}\r\n${row('上海第二商贸有限公司', SECOND)}\r\n`,
        'gb18030',
      ),
    );
    const first = await importing(path);
    expect(first.status).toBe(0);
    expect(last(first.stdout)).toMatchObject({
      received: 2,
      accepted: 2,
      duplicates: 0,
      rejected: 0,
      quarantined: 0,
      rejects: [],
    });
    const second = await importing(path);
    expect(second.status).toBe(0);
    expect(last(second.stdout)).toMatchObject({ received: 2, accepted: 0, duplicates: 2, rejected: 0 });
  });

  test('[ZD-19] what is rejected comes back as a file, and is taken once corrected', async () => {
    const wrong = `${FIRST.slice(0, 17)}${FIRST.endsWith('0') ? '1' : '0'}`;
    const path = file('wrong.csv', `${HEADER}\n${row('上海第三商贸有限公司', wrong)}\n`);
    const result = await importing(path);
    expect(result.status).not.toBe(0);
    const summary = last(result.stdout);
    expect(summary).toMatchObject({ received: 1, accepted: 0, rejected: 1 });
    expect(summary['rejects']).toEqual([
      {
        line: 2,
        column: '统一社会信用代码',
        rule: 'SUBJECT_CODE_INVALID',
        reason: expect.stringContaining('校验'),
      },
    ]);

    const corrections = join(folder, 'corrections.csv');
    expect(
      (await credit(['receipt', String(summary['receipt']), '--rejects', corrections], env)).status,
    ).toBe(0);
    const text = readFileSync(corrections, 'utf8');
    expect(text).toContain('上海第三商贸有限公司');
    writeFileSync(corrections, text.replaceAll(wrong, usccOf('91310116MA1J00003')));
    expect(last((await importing(corrections)).stdout)).toMatchObject({
      received: 1,
      accepted: 1,
      rejected: 0,
    });
  });

  test.each([
    [
      ['--layout', 'nothing', '--jurisdiction', '310116'],
      /there is no layout "nothing"; there are .*penalty-2018/,
    ],
    [
      ['--layout', 'enterprise', '--jurisdiction', '999999'],
      /the catalogue of 999999 has no item in "enterprise"; .*310116/,
    ],
    [
      ['--layout', 'penalty-2018', '--jurisdiction', '310116'],
      /name one of the units that provide "penalty-2018" in 310116: .*市场监督管理局/,
    ],
    [
      ['--layout', 'enterprise', '--jurisdiction', '310116', '--provider', '11310116MBY0211614'],
      /is none of the units/,
    ],
  ])('[SR-9] refuses %j before anything is read, naming what there is', async (args, message) => {
    const result = await credit(['import', file('firms.csv', `${HEADER}\n`), ...args], env);
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(message);
  });

  test('names the file that is not there', async () => {
    const result = await importing(join(folder, 'nowhere.csv'));
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('nowhere.csv');
  });

  test('names the columns that are missing', async () => {
    const path = file('thin.csv', '行政相对人名称,统一社会信用代码\n甲,91310116MA1J000011\n');
    const result = await credit(
      [
        'import',
        path,
        '--layout',
        'penalty-2018',
        '--jurisdiction',
        '310116',
        '--provider',
        '11310116MBY011166U',
      ],
      env,
    );
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('处罚决定日期 (CF_JDRQ)');
  });
});

describe('credit token and units', () => {
  test('units names units with their matters; token signs one for them', async () => {
    const units = await credit(['units', '--jurisdiction', '310116', '--json'], env);
    const [unit] = (last(units.stdout) as { units: { code: string; jurisdiction: string }[] }).units;
    expect(unit?.jurisdiction).toBe('310116');
    const token = await credit(['token', '--unit', unit?.code as string, '--json'], env);
    const claims = JSON.parse(
      Buffer.from(String(last(token.stdout)['token']).split('.')[1] as string, 'base64url').toString(),
    );
    expect(claims).toMatchObject({ role: 'agency', unit: unit?.code });
  });

  test('token says what is missing', async () => {
    const result = await credit(['token', '--role', 'subject'], env);
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('--code');
  });
});

test('[SP-three-lists] catalogue loads the three lists at the size of the 2016 report, once', async () => {
  await ground.close();
  const loaded = last((await credit(['catalogue', '--json'], env)).stdout);
  expect(loaded).toMatchObject({ units: 99, items: 45_933, behaviours: 295, matters: 1_724 });
  expect(last((await credit(['catalogue', '--json'], env)).stdout)).toMatchObject({
    units: 0,
    items: 0,
    behaviours: 0,
    matters: 0,
  });
});
