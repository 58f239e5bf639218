import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import type { RecordInput } from '../../records/recordInput.ts';
import type { Answer, AskOptions, City } from '../support/city.ts';
import { firmCode, personCode } from '../support/known.ts';

const CASE = `id stage turn dueOn provisional overdue reviewDueOn remedy marked closedOn ground filedBy
  steps { step actor unit { code } on dueOn late reason remedy }
  notices { to kind dueOn zh }`;
const FILE = `mutation ($input: FileObjectionInput!) { fileObjection(input: $input) { objection { ${CASE} } } }`;
const DECIDE = `mutation ($input: DecideObjectionInput!) { decideObjection(input: $input) { objection { ${CASE} } } }`;
const APPEAL = `mutation ($input: AppealObjectionInput!) { appealObjection(input: $input) { objection { ${CASE} } } }`;
const ACCEPT = `mutation ($id: ID!) { acceptObjectionResult(id: $id) { objection { ${CASE} } } }`;

/** SHA-256 of nothing that matters. */
export const DIGEST = 'ab'.repeat(32);

const catalogue = ownCatalogue();
const providerOf = (item: string): string =>
  catalogue.items.find(({ code }) => code === item)?.provider as string;

/** A subject and one of its records. */
export interface OnFile {
  code: string;
  name: string;
  subjectId: string;
  jurisdiction: string;
  recordType: string;
  record: string;
  /** Unit that provides the record. */
  provider: string;
}

let next = 0;

/** Objections as subjects, units and the center deal with them. */
export class Objecting {
  readonly #city: City;

  constructor(city: City) {
    this.#city = city;
  }

  /** Sets the day that rules see. */
  on(day: string): void {
    this.#city.running.house.clock.today = () => day;
  }

  /** A penalty on file, of a firm of its own; or of a person, where the item is about persons (`amr-p`). */
  async penalty(jurisdiction: string, record: Partial<RecordInput> = {}, of = 'amr'): Promise<OnFile> {
    next += 1;
    const item = `${jurisdiction}-penalty-${of}`;
    const person = of.endsWith('-p');
    const code = person ? personCode(next) : firmCode(next);
    const name = person ? '欧阳异' : `异议${next}号有限公司`;
    const kind = person ? 'NATURAL_PERSON' : 'LEGAL_PERSON';
    const subjectId = await this.#city.subject(code, name, kind, jurisdiction);
    const documentNumber = `市监罚〔2025〕第${next}号`;
    await this.#city.record(subjectId, item, { documentNumber, ...record });
    const [own] = await this.penalties({ code });
    const provider = providerOf(item);
    return {
      code,
      name,
      subjectId,
      jurisdiction,
      recordType: 'AdministrativePenalty',
      record: own.id,
      provider,
    };
  }

  subject(code: string): Promise<string> {
    return this.#city.token({ role: 'subject', code });
  }

  /** What the subject itself sees of its penalties. */
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  async penalties({ code }: { code: string }): Promise<any[]> {
    const token = await this.subject(code);
    const query =
      '{ me { penalties { nodes { id facts revision endedOn visibleUntil dispute { since by stage note } } } } }';
    const { data } = await this.#city.ask(query, { token });
    return data.me?.penalties.nodes ?? [];
  }

  async file(of: OnFile, input: Record<string, unknown> = {}): Promise<Answer> {
    const { recordType, record } = of;
    const statement = '处罚决定书载明的违法事实与在档信息不一致';
    const usual = { recordType, record, ground: 'ERROR_OR_OMISSION', statement };
    return this.#city.ask(FILE, {
      token: await this.subject(of.code),
      variables: { input: { ...usual, ...input } },
    });
  }

  /** Files, and expects it to go well. @returns the case. */
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  async filed(of: OnFile, input: Record<string, unknown> = {}): Promise<any> {
    return caseOf(await this.file(of, input), 'fileObjection');
  }

  /** The center of a jurisdiction, with a purpose. */
  async center(jurisdiction: string, role: 'center' | 'authority' = 'center'): Promise<AskOptions> {
    const unit = providerOf(`${jurisdiction}-objection-cr`);
    const token = await this.#city.token({ role, unit, name: '钱七' });
    return { token, purpose: `${jurisdiction}-supervision-quality` };
  }

  async provider(unit: string): Promise<AskOptions> {
    return { token: await this.#city.token({ role: 'provider', unit, name: '赵六' }) };
  }

  async decide(as: AskOptions, input: Record<string, unknown>): Promise<Answer> {
    return this.#city.ask(DECIDE, { ...as, variables: { input } });
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  async decided(as: AskOptions, input: Record<string, unknown>): Promise<any> {
    return caseOf(await this.decide(as, input), 'decideObjection');
  }

  /** Files and has it forwarded. @returns the case. */
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  async forwarded(of: OnFile, input: Record<string, unknown> = {}): Promise<any> {
    const { id } = await this.filed(of, input);
    return this.decided(await this.center(of.jurisdiction), { id, decision: 'FORWARD' });
  }

  async appeal(of: OnFile, id: string): Promise<Answer> {
    return this.#city.ask(APPEAL, {
      token: await this.subject(of.code),
      variables: { input: { id, reason: '对处理结果不服' } },
    });
  }

  async accept(of: OnFile, id: string): Promise<Answer> {
    return this.#city.ask(ACCEPT, { token: await this.subject(of.code), variables: { id } });
  }
}

// oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
function caseOf({ data, errors }: Answer, field: string): any {
  if (errors) throw new Error(JSON.stringify(errors));
  return data[field].objection;
}
