import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPool } from '../../platform/postgres/pool.ts';
import type { RecordInput } from '../../records/recordInput.ts';
import { TODAY, openTestGround } from '../catalogue/support.ts';
import { livesOf } from '../support/command.ts';
import { UNIT } from '../support/known.ts';
import type { Crash } from './collecting.ts';

const PROGRAM = fileURLToPath(new URL('collecting.ts', import.meta.url));
/** More statements than a delivery, an order and taking them in need. */
const ENOUGH = 200;
/** Processes. */
const AT_ONCE = 2;
/** In each of them. */
const LIVES = 8;

let ground: Awaited<ReturnType<typeof openTestGround>>;
let lived = 0;

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

/** A process's lives: they die before the `first` statement and every second one from there. @returns whether the last got through. */
async function through(first: number, lives = LIVES): Promise<boolean> {
  const { penalties, catalogue, sharing } = ground.databases;
  const told = Array.from({ length: lives }, (_, i): Crash => {
    const before = first + i * AT_ONCE;
    return {
      urls: { penalties: penalties.appUrl, catalogue: catalogue.appUrl, sharing: sharing.appUrl },
      today: TODAY,
      records: [1, 2, 3].map((n) => penalty(`崩溃〔2025〕${before}-${n}号`)),
      before,
    };
  });
  const outcomes = await livesOf(PROGRAM, told);
  lived += outcomes.length;
  return outcomes.at(-1) === 'through';
}

test('[SP-push] processes killed before any statement of a change and of taking it in: each change is in the order once', async () => {
  let got = false;
  for (let before = 1; !got && before < ENOUGH; before += AT_ONCE * LIVES)
    got = !(await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => through(before + i)))).includes(
      false,
    );
  expect(got).toBe(true);
  expect(await through(ENOUGH, 1)).toBe(true);

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
    expect(kept.length).toBeLessThan(3 * lived);
    expect(kept.length).toBeGreaterThan(lived);
  } finally {
    await penalties.end();
    await sharing.end();
  }
}, 240_000);
