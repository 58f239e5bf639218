import { randomUUID } from 'node:crypto';
import type { OrderAction } from '../../records/orders/order.ts';
import { Desk, penalty, penaltyItem, providerOf } from '../law/onFile.ts';
import type { Answer, City } from '../support/city.ts';
import { firmCode, personCode } from '../support/known.ts';

const ENTER = `mutation ($input: EnterResponsiblePersonsInput!) {
  enterResponsiblePersons(input: $input) { entered known revoked }
}`;
export const LINKED = `linkedConduct { totalCount nodes {
  id title role originalType originalRecord organization { name code } grade determinedOn visibleUntil revision
  item { code } provider { code } dispute { since by stage note }
} }`;

export interface Firm {
  code: string;
  name: string;
  /** Its severe record. */
  id: string;
  subjectId: string;
}

export interface Person {
  code: string;
  name: string;
  role: string;
}

/** Severe records of firms, and who is responsible for them, as units deal with them. */
export class ResponsibleDesk {
  readonly desk: Desk;
  readonly jurisdiction: string;
  readonly #city: City;
  #next: number;

  /** @param from the first number of the firms and persons that it makes. */
  constructor(city: City, jurisdiction: string, from = 1) {
    this.desk = new Desk(city);
    this.jurisdiction = jurisdiction;
    this.#city = city;
    this.#next = from;
  }

  get unit(): string {
    return providerOf(penaltyItem(this.jurisdiction));
  }

  /** A firm with a severe penalty of 18 June 2025. */
  async firm(more: Record<string, string> = {}): Promise<Firm> {
    const n = this.#next++;
    const subject = { code: firmCode(n), name: `责任${n}号有限公司` };
    const row = penalty(subject, `市监罚〔2025〕第${n}号`, '2025-06-18', { 失信程度: '严重', ...more });
    const { accepted } = await this.desk.submit(penaltyItem(this.jurisdiction), 'penalty-2018', [row]);
    if (accepted !== 1) throw new Error('the penalty was not taken');
    const [{ id }] = await this.desk.penalties(subject.code);
    return { ...subject, id, subjectId: await this.#city.subject(subject.code, subject.name) };
  }

  person(role = 'LEGAL_REPRESENTATIVE'): Person {
    const n = this.#next++;
    return { code: personCode(n), name: `责任人${n}`, role };
  }

  /** As the record's own unit, unless another token is given. */
  async enter(
    firm: Pick<Firm, 'code' | 'id'>,
    persons: Person[],
    more: Record<string, unknown> = {},
    as: { token?: string; purpose?: string } = {},
  ): Promise<Answer> {
    const { code, id } = firm;
    const input = { code, recordType: 'AdministrativePenalty', record: id, persons, ...more };
    const token = as.token ?? (await this.desk.provider(this.unit));
    return this.#city.ask(ENTER, { ...as, token, variables: { input } });
  }

  /** A firm's severe record, entered for one person. */
  async entered(more: Record<string, string> = {}): Promise<{ firm: Firm; person: Person }> {
    const firm = await this.firm(more);
    const person = this.person();
    const { data, errors } = await this.enter(firm, [person]);
    if (data?.enterResponsiblePersons?.entered !== 1) throw new Error(JSON.stringify(errors));
    return { firm, person };
  }

  /** What the person itself sees. */
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  async own({ code }: Pick<Person, 'code'>): Promise<any[]> {
    const token = await this.#city.token({ role: 'subject', code });
    const { data, errors } = await this.#city.ask(`{ me { ${LINKED} } }`, { token });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.me.linkedConduct.nodes;
  }

  /** Gives the record's agency an order, as objections do. */
  async order(recordType: string, subjectId: string, recordId: string, action: OrderAction): Promise<void> {
    const keeper = Object.values(this.#city.running.house.subgraphs).find((subgraph) =>
      subgraph.recordTypes.includes(recordType),
    );
    await keeper?.orders?.apply({
      id: randomUUID(),
      to: keeper.name,
      recordType,
      subjectId,
      recordId,
      action,
    });
  }

  ofFirm({ subjectId, id }: Firm, action: OrderAction): Promise<void> {
    return this.order('AdministrativePenalty', subjectId, id, action);
  }

  /** Waits until the person's entries are so. */
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  until(person: Pick<Person, 'code'>, holds: (entries: any[]) => boolean): Promise<void> {
    return this.#city.until(async () => holds(await this.own(person)));
  }
}
