import { rmSync } from 'node:fs';

export default async function teardown() {
  rmSync(process.env.CREDIT_TEST_TEMPLATE, { recursive: true, force: true });
}
