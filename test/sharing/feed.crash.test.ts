import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPool } from '../../platform/postgres/pool.ts';
import type { RecordInput } from '../../records/recordInput.ts';
import { TODAY, openTestGround } from '../catalogue/support.ts';
import { UNIT } from '../support/known.ts';
import type { Crash } from './collecting.ts';

const PROGRAM = fileURLToPath(new URL('collecting.ts', import.meta.url));
/** What was compiled is kept from one run to the next. */
const COMPILED = new URL('../../cli/compileCache.js', import.meta.url).href;
/** More statements than a delivery, an order and taking them in need. */
const ENOUGH = 200;
const AT_ONCE = 2;

let ground: Awaited<ReturnType<typeof openTestGround>>;
let next = 0;

beforeAll(async () => {
  ground = await openTestGround();
});
afterAll(() => ground.remove());

const penalty = (documentNumber: string): RecordInput => ({
  subjectId: randomUUID(),
  itemId: 1,
  jurisdiction: '310116',
  provider: UNIT.market,
  documentNumber,
  title: '虚假宣传',
  formedOn: null,
  determinedOn: '2025-06-18',
  endedOn: null,
  grade: 'GENERAL',
  visibleUntil: '2028-06-18',
  selfDeclared: false,
  source: UNIT.market,
  own: {},
});

/** One run of the program, killed before its nth statement. @returns whether it got through. */
async function crash(before: number): Promise<boolean> {
  next += 1;
  const { penalties, catalogue, sharing } = ground.databases;
  const told: Crash = {
    urls: { penalties: penalties.appUrl, catalogue: catalogue.appUrl, sharing: sharing.appUrl },
    today: TODAY,
    records: [1, 2, 3].map((n) => penalty(`崩溃〔2025〕${next}-${n}号`)),
    before,
  };
  const child = spawn(process.execPath, ['--import', COMPILED, PROGRAM, JSON.stringify(told)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status === 0;
}

test('[SP-push] processes killed before any statement of a change and of taking it in: each change is in the order once', async () => {
  let through = false;
  for (let before = 1; !through && before < ENOUGH; before += AT_ONCE) {
    const runs = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => crash(before + i)));
    through = runs.some((survived) => survived);
  }
  expect(through).toBe(true);
  expect(await crash(ENOUGH)).toBe(true);

  const penalties = openPool(ground.databases.penalties.appUrl, { max: 1 });
  const sharing = openPool(ground.databases.sharing.appUrl, { max: 1 });
  try {
    const { rows: kept } = await penalties.query(
      'select id, dispute is not null as marked from administrative_penalty',
    );
    const { rows: changes } = await sharing.query(
      'select seq, record_id as id, change, position from change order by seq',
    );
    const { rows: head } = await sharing.query('select last_seq from change_head');
    const expected = kept.map(({ id, marked }) => [id, marked ? ['ADDED', 'MARKED'] : ['ADDED']]);
    const told = Map.groupBy(changes, ({ id }) => id);
    expect(new Map([...told].map(([id, rows]) => [id, rows.map(({ change }) => change)]))).toEqual(
      new Map(expected as [string, string[]][]),
    );
    expect(changes.map(({ seq }) => seq)).toEqual(changes.map((_, i) => i + 1));
    expect(head).toEqual([{ last_seq: changes.length }]);
    // Some were killed before their delivery was committed, some after.
    expect(kept.length).toBeLessThan(3 * next);
    expect(kept.length).toBeGreaterThan(next);
  } finally {
    await penalties.end();
    await sharing.end();
  }
}, 240_000);
