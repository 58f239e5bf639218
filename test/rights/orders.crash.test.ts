import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { OrderAction } from '../../records/orders/order.ts';
import { City } from '../support/city.ts';
import { livesOf } from '../support/command.ts';
import { firmCode } from '../support/known.ts';
import { Desk, penalty, penaltyItem } from '../law/onFile.ts';
import type { Crash } from './crashing.ts';

const PROGRAM = fileURLToPath(new URL('crashing.ts', import.meta.url));
const TODAY = '2026-03-02';
/** More statements than the orders take. */
const ENOUGH = 200;
/** Processes. */
const AT_ONCE = 2;
/** In each of them. */
const LIVES = 8;

let city: City;
let desk: Desk;

beforeAll(async () => {
  city = await City.open({ CREDIT_TODAY: TODAY });
  desk = new Desk(city);
});
afterAll(() => city.close());

const mark = (stage: string): OrderAction => ({
  kind: 'MARK',
  dispute: { since: TODAY, by: 'SUBJECT', stage, note: null },
});

const ACTIONS: OrderAction[] = [
  mark('FILED'),
  {
    kind: 'CORRECT',
    correction: { own: { fineAmount: '1800' } },
    bornOn: null,
    by: null,
    reason: '异议成立',
  },
  mark('VERIFYING'),
];

/** A record of its own for a life of the program that dies before its nth statement. */
async function onFile(before: number): Promise<{ id: string; told: Crash }> {
  const number = `沪金市监罚〔2025〕第${before}号`;
  const subject = { code: firmCode(before), name: `上海崩溃${before}号有限公司` };
  await desk.submit(penaltyItem('310116'), 'penalty-2018', [penalty(subject, number, '2025-06-18')]);
  const { rows } = await city
    .database('penalties')
    .query('select subject_id, id from administrative_penalty where document_number = $1', [number]);
  const { subject_id: subjectId, id } = rows[0] as { subject_id: string; id: string };
  const { databases } = city.running.house;
  const told: Crash = {
    urls: {
      objections: databases.objections.appUrl,
      penalties: databases.penalties.appUrl,
      catalogue: databases.catalogue.appUrl,
    },
    today: TODAY,
    orders: ACTIONS.map((action) => ({
      to: 'penalties',
      recordType: 'AdministrativePenalty',
      subjectId,
      recordId: id,
      action,
    })),
    before,
  };
  return { id, told };
}

/** A process's lives: they die before the `first` statement and every second one from there. @returns their records, and whether the last got through. */
async function lives(first: number): Promise<{ records: string[]; through: boolean }> {
  const given: Awaited<ReturnType<typeof onFile>>[] = [];
  for (let n = 0; n < LIVES; n++) given.push(await onFile(first + n * AT_ONCE));
  const outcomes = await livesOf(
    PROGRAM,
    given.map(({ told }) => told),
  );
  return {
    records: given.slice(0, outcomes.length).map(({ id }) => id),
    through: outcomes.at(-1) === 'through',
  };
}

test('a process that is cut off or killed before any statement of giving and carrying out orders: each is carried out once, in order', async () => {
  const records: string[] = [];
  let through = false;
  for (let before = 1; !through && before < ENOUGH; before += AT_ONCE * LIVES) {
    const runs = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => lives(before + i)));
    records.push(...runs.flatMap((run) => run.records));
    through = runs.every((run) => run.through);
  }
  expect(through).toBe(true);

  const outbox = city.database('objections');
  const penalties = city.database('penalties');
  await city.until(async () => {
    const open = 'select from order_outbox where applied_at is null';
    const left = await Promise.all([outbox, penalties].map((database) => database.query(open)));
    return left.every(({ rowCount }) => rowCount === 0);
  });
  const { rows: given } = await outbox.query(
    'select record_id, array_agg(id order by seq) as ids from order_outbox group by record_id',
  );
  const orders = new Map(given.map((row) => [row.record_id as string, row.ids as string[]]));
  // What became of its records penalties tells those who follow them, itself among these.
  const { rows: told } = await penalties.query(`select id from order_outbox where recipient = 'penalties'`);
  const { rows: applied } = await penalties.query('select id, outcome from order_applied');
  const { rows: kept } = await penalties.query(
    `select r.id, r.revision, r.dispute ->> 'stage' as stage,
       (select count(*)::int from record_version v where v.id = r.id) as versions
     from administrative_penalty r where r.id = any($1::uuid[])`,
    [records],
  );
  expect(kept).toHaveLength(records.length);
  for (const { id, ...record } of kept) {
    const expected = orders.has(id)
      ? { revision: 2, stage: 'VERIFYING', versions: 1 }
      : { revision: 1, stage: null, versions: 0 };
    expect({ id, ...record }).toEqual({ id, ...expected });
  }
  expect(applied.map((row) => row.outcome)).toEqual(applied.map(() => 'DONE'));
  const all = [...[...orders.values()].flat(), ...told.map((row) => row.id as string)];
  expect(applied.map((row) => row.id).sort()).toEqual(all.sort());
  // Some were killed before the orders were given, most after.
  expect(orders.size).toBeLessThan(records.length);
  expect(orders.size).toBeGreaterThan(records.length / 2);
}, 180_000);
