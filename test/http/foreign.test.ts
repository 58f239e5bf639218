import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const file = (name: string): string => fileURLToPath(new URL(`foreign/${name}`, import.meta.url));

/** Addresses that a process wanted to contact in the life of a gateway, loopback aside. */
async function contacted(...options: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    file('record.ts'),
    file('life.ts'),
    ...options,
  ]);
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as string[];
}

test('a gateway contacts nobody but its subgraphs: it reports to no maker', async () => {
  expect(await contacted()).toEqual([]);
});

test('the recorder would see it: with telemetry left on there are foreign addresses', async () => {
  expect(await contacted('--telemetry')).not.toEqual([]);
});
