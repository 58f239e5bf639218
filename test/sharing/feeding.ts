import { randomUUID } from 'node:crypto';
import type { OrderAction } from '../../records/orders/order.ts';
import type { RecordInput } from '../../records/recordInput.ts';
import type { Answer, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';

const CHANGES = `query ($after: String, $first: Int) { changes(after: $after, first: $first) {
  state oldest newest pageInfo { hasNextPage endCursor }
  nodes { position kind at jurisdiction visibleUntil item { code } subject { id }
    record { type id penalties { id title revision dispute { stage } ... on AdministrativePenalty { facts } } } } } }`;
const RECORD = `mutation ($input: RecordRecipientInput!) {
  recordRecipient(input: $input) { recipient { unit { code } jurisdictions classes items withdrawnAt } } }`;
const WITHDRAW = `mutation ($unit: String!) { withdrawRecipient(unit: $unit) { recipient { withdrawnAt } } }`;

/** A change as the feed gives it out. */
export interface Change {
  position: string;
  kind: string;
  jurisdiction: string;
  visibleUntil: string | null;
  item: { code: string };
  subject: { id: string } | null;
  // oxlint-disable-next-line typescript/no-explicit-any -- a record has the shape its query asks for
  record: { type: string; id: string; penalties: any } | null;
}

export interface Page {
  state: 'OK' | 'TOO_OLD';
  pageInfo: { hasNextPage: boolean; endCursor: string };
  oldest: string;
  newest: string;
  nodes: Change[];
}

/** A penalty on file. */
export interface OnFile {
  subjectId: string;
  id: string;
}

/** How a page is asked for. */
export interface Asked {
  first?: number;
  unit?: string;
  matter?: string;
  role?: 'agency' | 'service';
}

let next = 0;

/** Recipients of changes, and what changes. */
export class Feeding {
  readonly city: City;
  /** How far each log was taken in; what was may be removed since. */
  readonly #taken = new Map<string, number>();

  constructor(city: City) {
    this.city = city;
  }

  async recipient(input: Record<string, unknown>): Promise<Answer> {
    const token = await this.city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
    return this.city.ask(RECORD, { token, variables: { input: { unit: UNIT.market, ...input } } });
  }

  async withdraw(unit: string): Promise<Answer> {
    const token = await this.city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
    return this.city.ask(WITHDRAW, { token, variables: { unit } });
  }

  async ask(after: string | null, options: Asked = {}): Promise<Answer> {
    const { first, unit = UNIT.market, matter = MATTER.licence, role = 'agency' } = options;
    const token = await this.city.token({ role, unit, name: '王五' });
    return this.city.ask(CHANGES, { token, purpose: matter, variables: { after, first } });
  }

  async page(...asked: Parameters<Feeding['ask']>): Promise<Page> {
    const { data, errors } = await this.ask(...asked);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.changes;
  }

  /** All changes from a position on, and the last page. */
  async rest(after: string | null, options: Asked = {}) {
    const nodes: Change[] = [];
    let page = await this.page(after, options);
    nodes.push(...page.nodes);
    while (page.pageInfo.hasNextPage) {
      page = await this.page(page.pageInfo.endCursor, options);
      nodes.push(...page.nodes);
    }
    return { nodes, page };
  }

  /** Where the feed ends now, with all that has changed so far taken in. */
  async newest(): Promise<string> {
    await this.takenIn();
    return (await this.page(null, { first: 0 })).newest;
  }

  /** Waits until every agency's log was taken in. */
  async takenIn(): Promise<void> {
    const agencies = ['registration', 'penalties', 'honors'] as const;
    await this.city.until(async () => {
      const logged = await Promise.all(
        agencies.map((agency) =>
          this.city
            .database(agency)
            .query('select coalesce(max(position), 0)::int as last from record_change'),
        ),
      );
      const { rows } = await this.city
        .database('sharing')
        .query('select agency, max(position)::int as last from change group by agency');
      for (const { agency, last } of rows) this.#taken.set(agency, last);
      return agencies.every((agency, i) => (this.#taken.get(agency) ?? 0) >= logged[i]?.rows[0].last);
    });
  }

  /** Puts a penalty of a firm of its own on file. */
  async penalty(item = '310116-penalty-amr', record: Partial<RecordInput> = {}): Promise<OnFile> {
    next += 1;
    const subjectId = await this.city.subject(firmCode(3_000 + next), `上海变更${next}号有限公司`);
    const documentNumber = `变更〔2025〕第${next}号`;
    await this.city.record(subjectId, item, {
      documentNumber,
      grade: 'GENERAL',
      visibleUntil: '2028-06-01',
      own: { facts: '虚假宣传' },
      ...record,
    });
    const { rows } = await this.city
      .database('penalties')
      .query('select id from administrative_penalty where document_number = $1', [documentNumber]);
    return { subjectId, id: rows[0].id };
  }

  /** Has the agency carry out an order about a penalty. */
  async order({ subjectId, id: recordId }: OnFile, action: OrderAction): Promise<void> {
    const order = {
      id: randomUUID(),
      to: 'penalties',
      recordType: 'AdministrativePenalty',
      subjectId,
      recordId,
      action,
    };
    await this.city.running.house.subgraphs.penalties.orders?.apply(order);
  }
}
