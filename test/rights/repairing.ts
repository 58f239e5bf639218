import { randomUUID } from 'node:crypto';
import type { OrderAction } from '../../records/orders/order.ts';
import type { RecordInput } from '../../records/recordInput.ts';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import type { Answer, AskOptions, City } from '../support/city.ts';
import { firmCode, personCode } from '../support/known.ts';

const APPLICATION = `id stage turn noticeUntil provisional effect opinion reason closedOn
  record recordType objections { id state unit { code } grounds }`;
const STEP = `application { id stage turn noticeUntil provisional reason closedOn }`;
const APPLY = `mutation ($input: ApplyForRepairInput!) { applyForRepair(input: $input) { ${STEP} } }`;
const DECIDE = `mutation ($input: DecideRepairInput!) { decideRepair(input: $input) { ${STEP} } }`;
const WITHDRAW = `mutation ($id: ID!, $code: String) { withdrawRepair(id: $id, code: $code) { ${STEP} } }`;
const OBJECT = `mutation ($input: ObjectToRepairInput!) { objectToRepair(input: $input) { id filedOn } }`;
const VERIFY = `mutation ($input: DecideRepairObjectionInput!) { decideRepairObjection(input: $input) { ${STEP} } }`;
const QUEUE = `query ($stage: RepairStage, $first: Int, $after: String) {
  repairApplications(stage: $stage, first: $first, after: $after) {
    totalCount nodes { ${APPLICATION} } pageInfo { hasNextPage endCursor } } }`;
const ARCHIVE = `query ($code: String!) { archive(code: $code) { nodes { id recordType archivedAt } } }`;

/** SHA-256 of nothing that matters. */
export const DIGEST = 'cd'.repeat(32);

const catalogue = ownCatalogue();
/** The unit that provides what an item is about. */
export const providerOf = (item: string): string =>
  catalogue.items.find(({ code }) => code === item)?.provider as string;

/** A subject and one of its records. */
export interface OnFile {
  code: string;
  name: string;
  subjectId: string;
  recordType: string;
  record: string;
  item: string;
  jurisdiction: string;
  /** Unit that provides the record. */
  provider: string;
}

const TABLES: Record<string, [subgraph: 'penalties' | 'registration' | 'honors', table: string]> = {
  AdministrativePenalty: ['penalties', 'administrative_penalty'],
  Permit: ['registration', 'permit'],
  Commitment: ['registration', 'commitment'],
  Honor: ['honors', 'honor'],
  Volunteering: ['honors', 'volunteering'],
  Donation: ['honors', 'donation'],
  RedListing: ['honors', 'red_listing'],
};

let next = 0;

/** Repairs as subjects, units, the center and the public deal with them. */
export class Repairing {
  readonly city: City;

  constructor(city: City) {
    this.city = city;
  }

  /** Sets the day that rules see. */
  on(day: string): void {
    this.city.running.house.clock.today = () => day;
  }

  /** A record on file of a subject of its own, or of the one that is given. */
  async onFile(
    item: string,
    record: Partial<RecordInput> = {},
    of?: Pick<OnFile, 'code' | 'name' | 'subjectId'>,
  ): Promise<OnFile> {
    next += 1;
    const n = 500 + next;
    const person = item.endsWith('-p');
    const code = of?.code ?? (person ? personCode(n) : firmCode(n));
    const name = of?.name ?? (person ? '欧阳修' : `修复${next}号有限公司`);
    const subjectId =
      of?.subjectId ?? (await this.city.subject(code, name, person ? 'NATURAL_PERSON' : 'LEGAL_PERSON'));
    const documentNumber = `监罚〔2025〕第${next}号`;
    await this.city.record(subjectId, item, { documentNumber, ...record });
    const recordType = catalogue.items.find((one) => one.code === item)?.recordType as string;
    const [subgraph, table] = TABLES[recordType] as (typeof TABLES)[string];
    const { rows } = await this.city
      .database(subgraph)
      .query(`select id from ${table} where subject_id = $1 order by collected_at desc limit 1`, [subjectId]);
    const jurisdiction = item.slice(0, 6);
    const provider = providerOf(item);
    return { code, name, subjectId, recordType, record: rows[0].id, item, jurisdiction, provider };
  }

  subject(code: string): Promise<string> {
    return this.city.token({ role: 'subject', code });
  }

  /** The center of a jurisdiction, with a purpose. */
  async center(jurisdiction: string): Promise<AskOptions> {
    const unit = providerOf(`${jurisdiction}-repair-cr`);
    const token = await this.city.token({ role: 'center', unit, name: '钱七' });
    return { token, purpose: `${jurisdiction}-supervision-quality` };
  }

  async provider({ provider }: OnFile): Promise<AskOptions> {
    return { token: await this.city.token({ role: 'provider', unit: provider, name: '赵六' }) };
  }

  async apply(of: OnFile, input: Record<string, unknown> = {}, as?: AskOptions): Promise<Answer> {
    const { recordType, record } = of;
    const usual = {
      recordType,
      record,
      rectifiedOn: '2025-01-10',
      rectification: '已停止违法行为，缴清罚款，消除影响',
      commitment: '承诺不再失信',
      evidence: [{ recordType, record }],
    };
    return this.city.ask(APPLY, {
      ...(as ?? { token: await this.subject(of.code) }),
      variables: { input: { ...usual, ...input } },
    });
  }

  /** Applies, and expects it to go well. @returns the application's id. */
  async applied(of: OnFile, input: Record<string, unknown> = {}): Promise<string> {
    const { data, errors } = await this.apply(of, input);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.applyForRepair.application.id;
  }

  async decide(as: AskOptions, input: Record<string, unknown>): Promise<Answer> {
    return this.city.ask(DECIDE, { ...as, variables: { input } });
  }

  /** The unit's opinion, confirmation or certificate. */
  async support(of: OnFile, id: string): Promise<Answer> {
    const input = { id, decision: 'REPAIR', opinion: '同意修复', documentDigest: DIGEST };
    return this.decide(await this.provider(of), input);
  }

  async adopt(of: OnFile, id: string): Promise<Answer> {
    return this.decide(await this.center(of.jurisdiction), { id, decision: 'REPAIR' });
  }

  async withdraw(id: string, as: AskOptions): Promise<Answer> {
    return this.city.ask(WITHDRAW, { ...as, variables: { id } });
  }

  async object(notice: string, as: AskOptions, evidence: string[] = []): Promise<Answer> {
    return this.city.ask(OBJECT, { ...as, variables: { input: { notice, grounds: '整改不实', evidence } } });
  }

  async verify(as: AskOptions, id: string, decision: 'UPHOLD' | 'DISMISS'): Promise<Answer> {
    return this.city.ask(VERIFY, { ...as, variables: { input: { id, decision, opinion: '经核实' } } });
  }

  /** Gives the record's agency an order, as the center's subgraphs do. */
  async order({ recordType, subjectId, record }: OnFile, action: OrderAction): Promise<void> {
    const keeper = Object.values(this.city.running.house.subgraphs).find((subgraph) =>
      subgraph.recordTypes.includes(recordType),
    );
    const order = {
      id: randomUUID(),
      to: keeper?.name ?? '',
      recordType,
      subjectId,
      recordId: record,
      action,
    };
    await keeper?.orders?.apply(order);
  }

  async queue(as: AskOptions, variables: Record<string, unknown> = {}): Promise<Answer> {
    return this.city.ask(QUEUE, { ...as, variables });
  }

  /** The application as its subject sees it. */
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  async application(of: OnFile, id: string): Promise<any> {
    const query = `query ($id: ID!) { repairApplication(id: $id) { ${APPLICATION} } }`;
    const answer = await this.city.ask(query, { token: await this.subject(of.code), variables: { id } });
    return answer.data.repairApplication;
  }

  /** Ids of a subject's records under a field of `me`, as the subject itself sees them. */
  async shown({ code }: Pick<OnFile, 'code'>, field: string): Promise<string[]> {
    const query = `{ me { ${field} { nodes { id } } } }`;
    const { data } = await this.city.ask(query, { token: await this.subject(code) });
    return (data.me?.[field]?.nodes ?? []).map(({ id }: { id: string }) => id);
  }

  /** Ids of a subject's records in the archive. */
  async archived({ code, jurisdiction }: OnFile): Promise<string[]> {
    const { data } = await this.city.ask(ARCHIVE, {
      ...(await this.center(jurisdiction)),
      variables: { code },
    });
    return data.archive.nodes.map(({ id }: { id: string }) => id);
  }
}

/** The one error of an answer. */
export function errorOf({ errors }: Answer): { message: string; code: string; [key: string]: unknown } {
  if (errors?.length !== 1) throw new Error(`not one error: ${JSON.stringify(errors)}`);
  const [{ message, extensions }] = errors as [NonNullable<Answer['errors']>[number]];
  return { ...extensions, message };
}
