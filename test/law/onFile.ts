import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import type { Answer, City } from '../support/city.ts';
import { MATTER, UNIT } from '../support/known.ts';

const SUBMIT = `mutation ($input: SubmitRecordsInput!) {
  submitRecords(input: $input) { receipt { accepted duplicates rejected rejects { nodes { column rule reason } } } }
}`;
const CORRECT = `mutation ($input: CorrectRecordInput!) {
  correctRecord(input: $input) { record revision visibleUntil changed }
}`;
const REVOKE = `mutation ($input: RevokeRecordInput!) { revokeRecord(input: $input) { record revokedAt changed } }`;

const catalogue = ownCatalogue();

/** The market regulator's penalties of organizations: 310116-penalty-amr and its like elsewhere. */
export const penaltyItem = (jurisdiction: string): string => `${jurisdiction}-penalty-amr`;

export function providerOf(item: string): string {
  const found = catalogue.items.find(({ code }) => code === item);
  if (!found) throw new Error(`no item ${item}`);
  return found.provider;
}

/** A decision as its unit sends it (penalty-2018). Its conduct ended on the day of the decision. */
export const penalty = (
  subject: { code: string; name: string },
  number: string,
  decidedOn: string,
  more: Record<string, string> = {},
): Record<string, string> => ({
  行政相对人名称: subject.name,
  行政相对人类别: '法人及非法人组织',
  '行政相对人代码_1（统一社会信用代码）': subject.code,
  行政处罚决定书文号: number,
  违法行为类型: '虚假宣传',
  违法事实: '在店内张贴虚假广告',
  处罚程序: '一般程序',
  处罚依据: '《中华人民共和国广告法》',
  处罚类别: '罚款',
  处罚内容: '罚款二千元',
  '罚款金额（万元）': '0.2',
  处罚决定日期: decidedOn,
  处罚有效期: '2099/12/31',
  处罚机关: '市场监督管理局',
  处罚机关统一社会信用代码: UNIT.market,
  数据来源单位: '市场监督管理局',
  数据来源单位统一社会信用代码: UNIT.market,
  失信程度: '一般',
  ...more,
});

/** Everything on its way in or changed, as units do it. */
export class Desk {
  readonly #city: City;

  constructor(city: City) {
    this.#city = city;
  }

  provider(unit: string = UNIT.market): Promise<string> {
    return this.#city.token({ role: 'provider', unit, name: '赵六' });
  }

  center(): Promise<string> {
    return this.#city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
  }

  /** Submits rows of the unit that provides the item. @returns the receipt. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a receipt has the shape that its query asks for
  async submit(item: string, layout: string, rows: unknown[]): Promise<any> {
    const provider = providerOf(item);
    const input = {
      layout,
      jurisdiction: item.slice(0, 6),
      provider,
      rows,
      secrecyReview: { reviewedBy: '赵六', reviewedOn: '2018-01-02' },
    };
    const { data, errors } = await this.#city.ask(SUBMIT, {
      token: await this.provider(provider),
      variables: { input },
    });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.submitRecords.receipt;
  }

  async correct(input: Record<string, unknown>, token?: string, purpose?: string): Promise<Answer> {
    return this.#city.ask(CORRECT, {
      token: token ?? (await this.provider()),
      variables: { input: { recordType: 'AdministrativePenalty', reason: '录入有误', ...input } },
      ...(purpose && { purpose }),
    });
  }

  async revoke(input: Record<string, unknown>, token?: string, purpose?: string): Promise<Answer> {
    return this.#city.ask(REVOKE, {
      token: token ?? (await this.provider()),
      variables: {
        input: { recordType: 'AdministrativePenalty', reason: '行政复议撤销', ...input },
      },
      ...(purpose && { purpose }),
    });
  }

  /** What the subject itself sees of its penalties. */
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  async penalties(code: string): Promise<any[]> {
    const token = await this.#city.token({ role: 'subject', code });
    const { data } = await this.#city.ask(
      `{ me { penalties { nodes {
        id documentNumber title facts penaltyType fineAmount determinedOn endedOn grade visibleUntil revision publicityUntil
      } } } }`,
      { token },
    );
    return data.me?.penalties.nodes ?? [];
  }
}

/** Callers of every kind, and what they need to ask about an organization. */
export async function callers(city: City, code: string) {
  const officer = (unit: string, matter: string) =>
    city.officer(unit).then((token) => ({ token, purpose: matter }));
  const asRole = async (role: 'provider' | 'center' | 'authority', unit: string, purpose: string) => ({
    token: await city.token({ role, unit, name: '孙八' }),
    purpose,
  });
  return {
    public: {},
    officer: await officer(UNIT.market, MATTER.supervision),
    licensing: await officer(UNIT.market, MATTER.licence),
    provider: await asRole('provider', UNIT.market, MATTER.supervision),
    center: await asRole('center', UNIT.center, MATTER.quality),
    authority: await asRole('authority', UNIT.center, MATTER.quality),
    service: {
      token: await city.token({ role: 'service', unit: UNIT.market, name: '周九' }),
      purpose: MATTER.supervision,
    },
    subject: { token: await city.token({ role: 'subject', code }) },
  };
}

/** Sets the day that rules see. */
export function moveTo(city: City, day: string): void {
  city.running.house.clock.today = () => day;
}
