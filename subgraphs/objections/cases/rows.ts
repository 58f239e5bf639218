import type pg from 'pg';
import type { Ground } from '../../../policy/objections/grounds.ts';
import type { CaseState, Party, Remedy } from '../../../policy/objections/stages.ts';
import type { Due } from '../../../policy/objections/periods.ts';
import type { DisputeMark } from '../../../records/orders/order.ts';
import type { Evidence } from '../evidence/given.ts';

/** An objection as its table has it. */
export interface CaseRow extends CaseState {
  id: string;
  subjectId: string;
  recordType: string;
  recordId: string;
  itemId: number;
  aboutPersons: boolean;
  jurisdiction: string;
  provider: string;
  ground: Ground;
  statement: string;
  evidence: Evidence[];
  filedBy: DisputeMark['by'];
  agentName: string | null;
  agentDocument: string | null;
}

export type StepKind = 'FILED' | 'COMPARED' | 'FORWARDED' | 'UPHELD' | 'DISMISSED' | 'APPEALED' | 'ACCEPTED';

/** A step as it is kept. */
export interface StepRow {
  caseId: string;
  step: StepKind;
  actor: Party | 'AGENT';
  unit: string | null;
  takenOn: string;
  takenAt: string;
  dueOn: string | null;
  provisional: boolean;
  reason: string | null;
  remedy: Remedy | null;
}

export interface NewStep extends Omit<StepRow, 'takenAt' | 'dueOn' | 'provisional'> {
  due: Due;
}

const DATES = ['filedOn', 'comparedOn', 'dueOn', 'reviewDueOn', 'acceptedOn', 'closedOn'] as const;
const STATE = ['stage', 'turn', 'provisional', 'remedy', 'appealed', 'marked', 'withheld', ...DATES] as const;
const FIXED = [
  'id',
  'subjectId',
  'recordType',
  'recordId',
  'itemId',
  'aboutPersons',
  'jurisdiction',
  'provider',
  'ground',
  'statement',
  'evidence',
  'filedBy',
  'agentName',
  'agentDocument',
] as const;

const columnOf = (field: string): string => field.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
const isDate = (field: string): boolean => (DATES as readonly string[]).includes(field);

/** All columns of a case, by field. */
export const CASE_COLUMNS = [...FIXED, ...STATE]
  .map((field) => `c.${columnOf(field)}${isDate(field) ? '::text' : ''} as "${field}"`)
  .join(', ');

type Client = Pick<pg.PoolClient, 'query'>;

const valueOf = (row: CaseRow, field: keyof CaseRow): unknown =>
  field === 'evidence' ? JSON.stringify(row.evidence) : row[field];

export async function insertCase(client: Client, row: CaseRow): Promise<void> {
  const fields = [...FIXED, ...STATE];
  await client.query(
    `insert into objection_case (${fields.map(columnOf).join(', ')}) values (${fields.map((_, at) => `$${at + 1}`).join(', ')})`,
    fields.map((field) => valueOf(row, field)),
  );
}

export async function updateCase(client: Client, id: string, state: CaseState): Promise<void> {
  await client.query(
    `update objection_case set ${STATE.map((field, at) => `${columnOf(field)} = $${at + 2}`).join(', ')} where id = $1`,
    [id, ...STATE.map((field) => state[field])],
  );
}

/** The case, with its row held until the transaction ends. */
export async function lockCase(client: Client, id: string): Promise<CaseRow> {
  const { rows } = await client.query<CaseRow>(
    `select ${CASE_COLUMNS} from objection_case c where c.id = $1 for update`,
    [id],
  );
  return rows[0] as CaseRow;
}

/** The open objection to a record, if there is one. */
export async function openCase(
  client: Client,
  { recordId, subjectId }: Pick<CaseRow, 'recordId' | 'subjectId'>,
): Promise<CaseRow | null> {
  const { rows } = await client.query<CaseRow>(
    `select ${CASE_COLUMNS} from objection_case c where c.record_id = $1 and c.subject_id = $2 and c.closed_on is null`,
    [recordId, subjectId],
  );
  return rows[0] ?? null;
}

/** What other objections to the same record left on it. */
export interface OthersLeft {
  /** The newest of those whose mark still stands. */
  marked: CaseRow | null;
  /** One of them closed the record to the public for good. */
  closedForGood: boolean;
}

export async function othersLeft(client: Client, { id, recordId }: CaseRow): Promise<OthersLeft> {
  const { rows } = await client.query<CaseRow>(
    `select ${CASE_COLUMNS} from objection_case c where c.record_id = $1 and c.id <> $2 order by c.filed_on desc, c.id`,
    [recordId, id],
  );
  return {
    marked: rows.find(({ marked }) => marked) ?? null,
    closedForGood: rows.some(({ remedy }) => remedy === 'WITHHOLD'),
  };
}

export async function addStep(client: Client, step: NewStep): Promise<void> {
  await client.query(
    `insert into objection_step (case_id, nth, step, actor, unit, taken_on, due_on, provisional, reason, remedy)
     select $1, (select count(*) + 1 from objection_step where case_id = $1), $2, $3, $4, $5, $6, $7, $8, $9`,
    [
      step.caseId,
      step.step,
      step.actor,
      step.unit,
      step.takenOn,
      step.due?.on ?? null,
      step.due?.provisional ?? false,
      step.reason,
      step.remedy,
    ],
  );
}
