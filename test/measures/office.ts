import { randomUUID } from 'node:crypto';
import type { Change, RecordFacts } from '../../records/orders/order.ts';
import { Desk, moveTo, penalty, penaltyItem } from '../law/onFile.ts';
import { type Answer, type AskOptions, City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';

/** Units of other jurisdictions, each with a matter of its own. */
export const OFFICE = {
  jinshan: { unit: UNIT.market, purpose: '310116-supervision-market' },
  jinshanConstruction: { unit: UNIT.construction, purpose: '310116-tender-bidder' },
  jinshanFinance: { unit: '11310116MBY111167H', purpose: '310116-procurement-supplier' },
  pudong: { unit: '11310115MBY011158J', purpose: '310115-supervision-market' },
  pudongFinance: { unit: '11310115MBY1111598', purpose: '310115-procurement-supplier' },
  nantong: { unit: '11320600MBY016004M', purpose: '320600-supervision-market' },
  nantongFinance: { unit: '11320600MBY116005B', purpose: '320600-procurement-supplier' },
  zhangdian: { unit: '11370303MBY0130307', purpose: '370303-supervision-market' },
  center: { unit: UNIT.center, purpose: '310116-supervision-quality' },
} as const;
export type OfficeName = keyof typeof OFFICE;

export const TASK = `id state overdue measure { code force } subject { id name } recordType record item { code } jurisdiction grade
  initiator { code } unit { code } reason determinedOn dueOn dueProvisional endsOn outcome outcomeOn reportedOn note closedOn`;
const DETERMINE = `mutation ($input: DetermineMeasuresInput!) { determineMeasures(input: $input) { raised tasks { ${TASK} } } }`;
const REPORT = `mutation ($input: ReportMeasureInput!) { reportMeasure(input: $input) { task { ${TASK} } } }`;
const QUEUE = `query ($unit: String, $state: MeasureState, $overdue: Boolean, $first: Int, $after: String) {
  measureTasks(unit: $unit, state: $state, overdue: $overdue, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { ${TASK} }
  }
}`;

export interface OnFile {
  code: string;
  name: string;
  subjectId: string;
  record: string;
}

interface Asked {
  measure: string;
  unit: string;
  dueOn?: string;
}

/** Offices of a city that determine measures and carry them out. */
export class Office {
  readonly city: City;
  readonly desk: Desk;
  #nth = 0;

  private constructor(city: City) {
    this.city = city;
    this.desk = new Desk(city);
  }

  static async open(env: Record<string, string> = {}): Promise<Office> {
    return new Office(await City.open(env));
  }

  close(): Promise<void> {
    return this.city.close();
  }

  /** Sets the day that rules see. */
  moveTo(day: string): void {
    moveTo(this.city, day);
  }

  async as(name: OfficeName): Promise<AskOptions> {
    const { unit, purpose } = OFFICE[name];
    const role = name === 'center' ? 'center' : 'provider';
    return { token: await this.city.token({ role, unit, name: '孙八' }), purpose };
  }

  /** A penalty of a firm of its own. @param grade 失信程度 */
  async penalty(jurisdiction: string, decidedOn: string, grade = '一般'): Promise<OnFile> {
    this.#nth += 1;
    const subject = { code: firmCode(this.#nth), name: `联合奖惩${this.#nth}号有限公司` };
    const number = `罚〔2026〕第${this.#nth}号`;
    const row = penalty(subject, number, decidedOn, { 失信程度: grade });
    const receipt = await this.desk.submit(penaltyItem(jurisdiction), 'penalty-2018', [row]);
    if (receipt.accepted !== 1) throw new Error(JSON.stringify(receipt));
    const [record] = await this.desk.penalties(subject.code);
    return { ...subject, subjectId: await this.#idOf(subject.code), record: record.id as string };
  }

  /** Anything else on file, by its item and the list that shows it. */
  async other(item: string, list: string, more: Record<string, unknown> = {}): Promise<OnFile> {
    this.#nth += 1;
    const subject = { code: firmCode(this.#nth), name: `联合奖惩${this.#nth}号有限公司` };
    const subjectId = await this.city.subject(subject.code, subject.name);
    await this.city.record(subjectId, item, more);
    const token = await this.city.token({ role: 'subject', code: subject.code });
    const { data } = await this.city.ask(`{ me { ${list} { nodes { id } } } }`, { token });
    return { ...subject, subjectId, record: data.me[list].nodes[0].id as string };
  }

  async determine(
    { code, record }: OnFile,
    tasks: Asked[],
    as: AskOptions,
    more: Record<string, unknown> = {},
  ): Promise<Answer> {
    const input = { code, record, recordType: 'AdministrativePenalty', tasks, reason: '依法认定', ...more };
    return this.city.ask(DETERMINE, { ...as, variables: { input } });
  }

  /** Determines one measure and expects it to be raised. @returns the task. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a task has the shape that its query asks for
  async raise(file: OnFile, asked: Asked, as: AskOptions, more: Record<string, unknown> = {}): Promise<any> {
    const { data, errors } = await this.determine(file, [asked], as, more);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.determineMeasures.tasks[0];
  }

  async report(task: { id: string }, outcome: string, as: AskOptions, more: Record<string, unknown> = {}) {
    return this.city.ask(REPORT, { ...as, variables: { input: { task: task.id, outcome, ...more } } });
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- a page has the shape that its query asks for
  async queue(as: AskOptions, variables: Record<string, unknown> = {}): Promise<any> {
    const { data, errors } = await this.city.ask(QUEUE, { ...as, variables });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.measureTasks;
  }

  /** A task as the center finds it now. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a task has the shape that its query asks for
  async task({ id }: { id: string }): Promise<any> {
    const { nodes } = await this.queue(await this.as('center'), { state: null, first: 100 });
    return nodes.find((node: { id: string }) => node.id === id);
  }

  /** What becomes of a record, as its agency tells it. */
  async tell(
    { subjectId, record }: OnFile,
    change: Change,
    changed: Partial<RecordFacts> = {},
  ): Promise<void> {
    const { measures, penalties, honors } = this.city.running.house.subgraphs;
    for (const [recordType, { sink }] of Object.entries({
      AdministrativePenalty: penalties,
      Honor: honors,
    })) {
      const [facts] = (await sink?.facts(recordType, subjectId, [record])) ?? [];
      if (!facts) continue;
      const action = { kind: 'STANDING' as const, change, facts: { ...facts, ...changed } };
      const order = { id: randomUUID(), to: 'measures', recordType, subjectId, recordId: record, action };
      await measures.orders?.apply(order);
      await measures.orders?.apply(order);
    }
  }

  async #idOf(code: string): Promise<string> {
    return (await this.city.running.house.subgraphs.registration.subjects?.idOf(code)) as string;
  }
}

/** The code and the text of the first error. */
export const refused = ({ errors }: Answer): string =>
  errors?.[0] ? `${errors[0].extensions.code} ${errors[0].message}` : 'not refused';
