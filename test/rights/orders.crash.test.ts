import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { OrderAction } from '../../records/orders/order.ts';
import { City } from '../support/city.ts';
import { firmCode } from '../support/known.ts';
import { Desk, penalty, penaltyItem } from '../law/onFile.ts';
import type { Crash } from './crashing.ts';

const PROGRAM = fileURLToPath(new URL('crashing.ts', import.meta.url));
const TODAY = '2026-03-02';
/** More statements than the orders take. */
const ENOUGH = 200;
const AT_ONCE = 2;

let city: City;
let desk: Desk;
let next = 0;

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
  { kind: 'WITHHOLD', after: '2026-03-06' },
  mark('VERIFYING'),
];

/** One run of the program that dies before its nth statement. @returns the record, and whether it got through. */
async function crash(before: number): Promise<{ id: string; survived: boolean }> {
  next += 1;
  const number = `沪金市监罚〔2025〕第${next}号`;
  const subject = { code: firmCode(next), name: `上海崩溃${next}号有限公司` };
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
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(told)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  return { id, survived: status === 0 };
}

test('a process killed before any statement of giving and carrying out orders: each is carried out once, in order', async () => {
  const records: string[] = [];
  let through = false;
  for (let before = 1; !through && before < ENOUGH; before += AT_ONCE) {
    const runs = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => crash(before + i)));
    records.push(...runs.map(({ id }) => id));
    through = runs.some(({ survived }) => survived);
  }
  expect(through).toBe(true);

  const outbox = city.database('objections');
  await city.until(async () => {
    const { rows } = await outbox.query('select from order_outbox where applied_at is null');
    return rows.length === 0;
  });
  const { rows: given } = await outbox.query(
    'select record_id, array_agg(id order by seq) as ids from order_outbox group by record_id',
  );
  const orders = new Map(given.map((row) => [row.record_id as string, row.ids as string[]]));
  const penalties = city.database('penalties');
  const { rows: applied } = await penalties.query('select id, outcome from order_applied');
  const { rows: kept } = await penalties.query(
    `select r.id, r.revision, r.dispute ->> 'stage' as stage, r.public_until::text as until,
       (select count(*)::int from record_version v where v.id = r.id) as versions
     from administrative_penalty r where r.id = any($1::uuid[])`,
    [records],
  );
  expect(kept).toHaveLength(records.length);
  for (const { id, ...record } of kept) {
    const expected = orders.has(id)
      ? { revision: 2, stage: 'VERIFYING', until: '2026-03-06', versions: 1 }
      : { revision: 1, stage: null, until: null, versions: 0 };
    expect({ id, ...record }).toEqual({ id, ...expected });
  }
  expect(applied.map((row) => row.outcome)).toEqual(applied.map(() => 'DONE'));
  expect(applied.map((row) => row.id).sort()).toEqual([...orders.values()].flat().sort());
  // Some were killed before the orders were given, most after.
  expect(orders.size).toBeLessThan(records.length);
  expect(orders.size).toBeGreaterThan(records.length / 2);
});
