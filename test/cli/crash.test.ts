import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openGround } from '../../gateway/embedded/house.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { loadSettings } from '../../platform/settings.ts';
import { copyOfTemplate, credit, environment } from '../support/command.ts';
import { writePenalties } from '../support/penaltyFile.ts';

const ROWS = 40_000;
const CLI = resolve(import.meta.dirname, '../../cli/credit.ts');

let folder: string;
let env: NodeJS.ProcessEnv;
beforeAll(() => {
  folder = copyOfTemplate();
  env = environment(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const counting = async (work: (count: () => Promise<number>) => Promise<void>): Promise<void> => {
  const ground = await openGround(loadSettings(env));
  const pool = openPool(ground.databases.penalties.appUrl, { max: 1 });
  try {
    await work(
      async () =>
        (await pool.query<{ n: number }>('select count(*)::int as n from administrative_penalty')).rows[0]
          ?.n ?? 0,
    );
  } finally {
    await pool.end();
    await ground.close();
  }
};

test('[ZD-19] an import killed in the middle loses and doubles nothing when it is run again', async () => {
  const file = join(folder, 'penalties.csv');
  await writePenalties(file, ROWS);
  const args = [
    'import',
    file,
    '--layout',
    'penalty-2018',
    '--jurisdiction',
    '310116',
    '--provider',
    '11310116MBY011166U',
    '--json',
  ];
  await counting(async (count) => {
    const first = spawn(process.execPath, [CLI, ...args], { env, stdio: 'ignore' });
    while ((await count()) === 0) await sleep(20);
    first.kill('SIGKILL');
    await once(first, 'exit');
    const written = await count();
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(ROWS);

    const again = await credit(args, env);
    expect(JSON.parse(again.stdout)).toMatchObject({
      received: ROWS,
      accepted: ROWS - written,
      duplicates: written,
      rejected: 0,
    });
    expect(await count()).toBe(ROWS);
  });
});
