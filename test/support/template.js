import { mkdtempSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTemplate } from './buildTemplate.ts';

/**
 * Once a run: a data folder with migrated databases and the catalogue, stopped. Each test file that needs a house takes a copy, so that
 * files neither wait for one another nor see one another's records.
 */
export default async function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'credit-test-'));
  chmodSync(folder, 0o755);
  process.env.CREDIT_TEST_TEMPLATE = folder;
  await buildTemplate(join(folder, 'data'));
}
