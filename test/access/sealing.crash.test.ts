import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SealedJournal } from './sealed.ts';

const PROGRAM = fileURLToPath(new URL('killedSealer.ts', import.meta.url));
/** More statements than a sealer sends before it finds nothing to do. */
const ENOUGH = 20;
/** Not a whole page of the tree, so that every death meets another edge. */
const ENTRIES = 190;

let sealed: SealedJournal;
beforeAll(async () => {
  sealed = await SealedJournal.open();
});
afterAll(() => sealed.close());

async function survived(statement: number): Promise<boolean> {
  const child = spawn(process.execPath, [PROGRAM, String(statement)], {
    env: sealed.env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status === 0;
}

test('[SH-31] a sealer killed before any of its statements leaves a tree that verifies and grows on', async () => {
  let written = 0;
  let through = false;
  let statement = 1;
  for (; !through && statement < ENOUGH; statement++) {
    await sealed.write(ENTRIES);
    written += ENTRIES;
    through = await survived(statement);
    const { findings, size } = await sealed.verify();
    expect({ statement, findings }).toEqual({ statement, findings: [] });
    expect(size).toBeLessThanOrEqual(written);
  }
  expect(through).toBe(true);
  // Lock, size, pages, gaps, entries, leaves at least.
  expect(statement).toBeGreaterThan(6);
  await sealed.write(1);
  await sealed.seal();
  expect(await sealed.verify()).toMatchObject({ findings: [], size: written + 1 });
}, 180_000);
