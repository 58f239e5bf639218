import { citing } from '../../policy/measures.ts';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import { dayArgument, isUuid } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { demandPurposeOrDuty, disclose, officersUnit, textArgument } from './callers.ts';
import type { MeasureParts } from './parts.ts';
import { type Outcome, TASK, type TaskRow, type TaskState, tasksOn } from './taskRow.ts';

interface ReportInput {
  task: string;
  outcome: Outcome;
  on?: string | null;
  note?: string | null;
}

/** Why a task cannot be answered now, and whose turn it is. */
const NOT_NOW: Record<Exclude<TaskState, 'PENDING'>, { zh: string; en: string }> = {
  PAUSED: {
    zh: '已暂停：异议核实期间暂不执行，待信息提供单位核实',
    en: 'paused: the providing unit verifies what is disputed first',
  },
  EXECUTED: { zh: '已反馈为已执行', en: 'was answered: executed' },
  DECLINED: { zh: '已反馈为不执行', en: 'was answered: declined' },
  NOT_APPLICABLE: { zh: '已反馈为不适用', en: 'was answered: not applicable' },
  WITHDRAWN: { zh: '已撤销', en: 'was withdrawn' },
  LAPSED: { zh: '已失效', en: 'has lapsed' },
};

/** Answers (反馈) of implementing units. */
export function reports({ pool, today, asOf }: MeasureParts) {
  /** To anyone but the implementing unit the task does not exist. */
  const notFound = () => badInput('task', { zh: '本单位没有此项任务', en: 'this unit has no such task' });

  const dayOf = ({ on }: ReportInput, { determinedOn }: TaskRow): string => {
    const day = on == null ? today() : dayArgument('on', on);
    if (day >= determinedOn && day <= today()) return day;
    throw badInput('on', {
      zh: `应在认定日 ${determinedOn} 与今日之间`,
      en: `must be from the day of determination, ${determinedOn}, to today`,
    });
  };

  return async (input: ReportInput, context: SubgraphContext): Promise<{ task: TaskRow }> => {
    const unit = officersUnit(context.grant);
    demandPurposeOrDuty(context.grant);
    const { outcome } = input;
    const note = textArgument('note', input.note, outcome !== 'EXECUTED');
    if (!isUuid(input.task)) throw notFound();
    const { today: day, pausing } = asOf(today());

    const task = await inTransaction(pool, async (client) => {
      const read = async (): Promise<TaskRow | undefined> => {
        const { rows } = await client.query<TaskRow>(
          `select ${TASK} from ${tasksOn('$1::date', '$2::text')} where t.id = $3 and t.unit = $4 for update of t`,
          [day, pausing, input.task, unit],
        );
        return rows[0];
      };
      const found = await read();
      if (!found) throw notFound();
      const outcomeOn = dayOf(input, found);
      const { state, measure } = found;
      if (state !== 'PENDING') {
        // Sent twice: the answer stands as it is.
        if (state === outcome && found.outcomeOn === outcomeOn && found.note === note) return found;
        const { zh, en } = NOT_NOW[state];
        throw refusal(
          'CONFLICT',
          { zh: `任务${zh}（${state}）`, en: `the task ${en} (${state})` },
          { state },
        );
      }
      if (outcome === 'DECLINED' && measure.force === 'MANDATORY')
        throw badInput(
          'outcome',
          citing(
            [measure],
            `${measure.code} 是强制性措施，须执行；不适用的说明理由`,
            `${measure.code} is mandatory: it is executed, or not applicable for a reason`,
          ),
        );
      await client.query(
        'update measure_task set outcome = $2, outcome_on = $3, reported_on = $4, note = $5 where id = $1',
        [found.id, outcome, outcomeOn, day, note],
      );
      return (await read()) as TaskRow;
    });
    disclose(context, [task]);
    return { task };
  };
}
