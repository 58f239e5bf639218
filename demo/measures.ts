import type pg from 'pg';
import { addDays } from '../policy/dates.ts';
import { type Measure, measuresOn, unfit } from '../policy/measures.ts';
import type { Packs } from '../policy/packs/packs.ts';
import { inTransaction } from '../platform/postgres/transaction.ts';
import type { RecordFacts } from '../records/orders/order.ts';
import { readFacts } from '../records/orders/facts.ts';
import type { Snapshot } from '../records/snapshot.ts';
import { kinds } from '../subgraphs/penalties/entities.ts';
import { type TaskDraft, raiseTasks, takeTurn } from '../subgraphs/measures/raise.ts';

const JURISDICTION = '310116';
const RECORD_TYPE = 'AdministrativePenalty';
/** 上海市金山区财政局 */
const UNIT = '11310116MBY111167H';

interface DemoTask {
  measure: string;
  /** Days from today. */
  due: number;
  answer?: { outcome: 'EXECUTED' | 'DECLINED'; on: number; note: string };
}

/** Days from today on which all of them are determined. */
const DETERMINED = -40;
/** On one penalty each: answered, waiting past its due date, declined, and waiting. */
const TASKS: readonly DemoTask[] = [
  { measure: 'SH-23-1', due: -20, answer: { outcome: 'EXECUTED', on: -25, note: '已列为重点监管对象' } },
  { measure: 'SH-23-2', due: -10 },
  { measure: 'SH-23-8', due: -20, answer: { outcome: 'DECLINED', on: -22, note: '无相应职权' } },
  { measure: 'SH-23-4', due: 20 },
];

export interface DemoMeasures {
  penalties: pg.Pool;
  measures: pg.Pool;
  snapshot: Snapshot;
  packs: Packs;
  today: string;
}

/** Penalties of organizations in term, the first ones by id. */
async function penalties({ penalties: pool, snapshot, today }: DemoMeasures): Promise<RecordFacts[]> {
  const kind = kinds.find(({ type }) => type === RECORD_TYPE);
  if (!kind) throw new Error(`no ${RECORD_TYPE}`);
  const items = [...snapshot.items.values()].filter((item) => !item.aboutPersons).map(({ id }) => id);
  const { rows } = await pool.query<{ subjectId: string; id: string }>(
    `select subject_id as "subjectId", id from ${kind.table}
     where jurisdiction = $1 and item_id = any($2::int[]) and grade = 'GENERAL' and determined_on <= $3::date and visible_until >= $4::date
       and dispute is null and archived_at is null and revoked_at is null
     order by id limit $5`,
    [JURISDICTION, items, addDays(today, DETERMINED), addDays(today, 365), TASKS.length],
  );
  return readFacts(pool, kind, rows);
}

/** A few determinations with their tasks and answers; those that are there already stay. @returns how many tasks are new. */
export async function fillMeasures(demo: DemoMeasures): Promise<number> {
  const { measures: pool, snapshot, packs, today } = demo;
  const determinedOn = addDays(today, DETERMINED);
  const pack = packs.on(JURISDICTION, determinedOn);
  const list = new Map(measuresOn(packs, JURISDICTION, determinedOn)?.map((one) => [one.code, one]));
  const found = await penalties(demo);
  return inTransaction(pool, async (client) => {
    let added = 0;
    for (const [at, facts] of found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).entries()) {
      const { measure: code, due, answer } = TASKS[at] as DemoTask;
      const measure = list.get(code);
      const { recordType, grade } = facts;
      if (!pack || !measure || unfit(measure, { recordType, grade, negative: true }, pack)) continue;
      if (!snapshot.units.has(UNIT)) continue;
      await takeTurn(client, facts.id);
      const determination = {
        facts,
        grade,
        aboutPerson: false,
        initiator: facts.provider,
        reason: '依法认定',
      };
      const { tasks, raised } = await raiseTasks(
        client,
        determination,
        [draft(measure, addDays(today, due))],
        {
          today: determinedOn,
          pausing: '',
        },
      );
      added += raised;
      if (!answer || raised === 0) continue;
      await client.query(
        'update measure_task set outcome = $2, outcome_on = $3, reported_on = $3, note = $4 where id = $1',
        [tasks[0]?.id, answer.outcome, addDays(today, answer.on), answer.note],
      );
    }
    return added;
  });
}

const draft = (measure: Measure, dueOn: string): TaskDraft => ({
  measure,
  unit: UNIT,
  dueOn,
  dueProvisional: false,
  termUntil: null,
});
