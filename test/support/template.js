import { chmodSync, mkdtempSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTemplate } from './buildTemplate.ts';

const ROOM = 6 * 2 ** 30;

/** In memory where there is room: a copy of the databases for each of a hundred files costs a disk seconds each. */
function place() {
  const memory = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize > ROOM && freemem() > 2 * ROOM) return memory;
  } catch {
    // Not on this system.
  }
  return tmpdir();
}

/**
 * Once a run: a data folder with migrated databases and the catalogue, stopped. Each test file that needs a house takes a copy, so that
 * files neither wait for one another nor see one another's records.
 */
export default async function setup() {
  const folder = mkdtempSync(join(place(), 'credit-test-'));
  chmodSync(folder, 0o755);
  process.env.CREDIT_TEST_TEMPLATE = folder;
  await buildTemplate(join(folder, 'data'));
}
