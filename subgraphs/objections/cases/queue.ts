import type pg from 'pg';
import type { Party, Stage } from '../../../policy/objections/stages.ts';
import { gathering } from '../../../records/gather.ts';
import type { CaseReader } from '../callers.ts';
import { CASE_COLUMNS, type CaseRow, type StepRow } from './rows.ts';

/** What of the cases that a caller has to do with. */
export interface CaseFilter {
  queue: Party | null;
  stage: Stage | null;
  overdueOnly: boolean;
  jurisdiction: string | null;
  today: string;
}

/** A place in the queue: by due date, those without one last, then by id. */
export interface QueuePosition {
  dueOn: string | null;
  id: string;
}

interface Conditions {
  where: string;
  values: unknown[];
}

/** Only what is asked for: each combination is a statement whose plan can use its index. */
function conditions(reader: CaseReader, filter: Partial<CaseFilter> = {}): Conditions {
  const values: unknown[] = [];
  const parts = ['true'];
  const add = (condition: (at: string) => string, value: unknown) => {
    values.push(value);
    parts.push(condition(`$${values.length}`));
  };
  if (reader.subjectId !== null) add((at) => `c.subject_id = ${at}::uuid`, reader.subjectId);
  if (reader.provider !== null) add((at) => `c.provider = ${at}`, reader.provider);
  if (reader.appealedOnly) parts.push('c.appealed');
  if (!reader.persons) parts.push('not c.about_persons');
  if (filter.queue) add((at) => `c.turn = ${at}`, filter.queue);
  if (filter.stage) add((at) => `c.stage = ${at}`, filter.stage);
  if (filter.jurisdiction) add((at) => `c.jurisdiction = ${at}`, filter.jurisdiction);
  if (filter.overdueOnly && filter.today) add((at) => `c.due_on < ${at}::date`, filter.today);
  return { where: parts.join(' and '), values };
}

export async function caseById(
  pool: Pick<pg.Pool, 'query'>,
  id: string,
  reader: CaseReader,
): Promise<CaseRow | null> {
  const { where, values } = conditions(reader);
  const { rows } = await pool.query<CaseRow>(
    `select ${CASE_COLUMNS} from objection_case c where ${where} and c.id = $${values.length + 1}`,
    [...values, id],
  );
  return rows[0] ?? null;
}

/** Cases by due date, what is overdue first. */
export class CaseQueue {
  readonly #pool: pg.Pool;
  /** 处理过程 of a case, in order. */
  readonly steps: (caseId: string) => Promise<StepRow[]>;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    this.steps = gathering(async (cases: readonly string[]) => {
      const { rows } = await pool.query<StepRow>({
        name: 'objection_steps',
        text: `select case_id as "caseId", step, actor, unit, taken_on::text as "takenOn", taken_at as "takenAt", due_on::text as "dueOn",
            provisional, reason, remedy
          from objection_step where case_id = any($1::uuid[]) order by case_id, nth`,
        values: [cases],
      });
      const found = Map.groupBy(rows, ({ caseId }) => caseId);
      return cases.map((id) => found.get(id) ?? []);
    });
  }

  byId(id: string, reader: CaseReader): Promise<CaseRow | null> {
    return caseById(this.#pool, id, reader);
  }

  /** One more than the page where there is a next one. */
  async page(
    reader: CaseReader,
    filter: CaseFilter,
    first: number,
    after: QueuePosition | null,
  ): Promise<CaseRow[]> {
    const { where, values } = conditions(reader, filter);
    const at = values.length;
    const dated = `(c.due_on > $${at + 2}::date or (c.due_on = $${at + 2}::date and c.id > $${at + 3}::uuid) or c.due_on is null)`;
    const undated = `(c.due_on is null and c.id > $${at + 2}::uuid)`;
    const place = after === null ? 'true' : after.dueOn === null ? undated : dated;
    const position = after === null ? [] : after.dueOn === null ? [after.id] : [after.dueOn, after.id];
    const { rows } = await this.#pool.query<CaseRow>(
      `select ${CASE_COLUMNS} from objection_case c where ${where} and ${place} order by c.due_on, c.id limit $${at + 1}`,
      [...values, first + 1, ...position],
    );
    return rows;
  }

  async count(reader: CaseReader, filter: CaseFilter): Promise<number> {
    const { where, values } = conditions(reader, filter);
    const { rows } = await this.#pool.query<{ n: number }>(
      `select count(*)::int as n from objection_case c where ${where}`,
      values,
    );
    return rows[0]?.n ?? 0;
  }
}
