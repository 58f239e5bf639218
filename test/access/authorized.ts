import { type Answer, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';

export const FIRM = firmCode(1);
export const OTHER = firmCode(2);
export const PERSON = personCode(1);
export const OTHER_PERSON = personCode(2);
export const DIGEST = 'a'.repeat(64);

export const GRANT =
  'mutation ($input: GrantAuthorizationInput!) { grantAuthorization(input: $input) { authorization { id subject grantee { code } categories matter purpose uses used method grantedBy pending revokedAt } } }';

/** A contract is shared between organs, and its amount for whom its subject authorized; an inspection is of another category. */
const FIRM_ITEMS = ['310116-penalty-amr', '310116-contract-hc', '310116-inspection-amr'];
const PERSON_ITEMS = ['310116-act-hr-p', '310116-qualification-hr-p', '310116-penalty-amr-p'];

/** A city in which subjects authorize the market regulator's unit, as an organ and as a credit service agency. */
export class AuthorizedCity {
  readonly city: City;
  readonly service: string;
  readonly officer: string;
  readonly center: string;

  private constructor(city: City, [service, officer, center]: [string, string, string]) {
    this.city = city;
    this.service = service;
    this.officer = officer;
    this.center = center;
  }

  static async open(): Promise<AuthorizedCity> {
    const city = await City.open();
    for (const [code, name] of [
      [FIRM, '上海余兰贸易有限公司'],
      [OTHER, '上海明德机械有限公司'],
    ] as const) {
      const id = await city.subject(code, name, 'LEGAL_PERSON', '310116');
      for (const item of FIRM_ITEMS)
        await city.record(id, item, {
          documentNumber: item,
          own: { amount: code === FIRM ? '5000.00' : '7777.00', counterparty: '乙公司', remarks: '备注' },
        });
    }
    for (const [code, name] of [
      [PERSON, '张三'],
      [OTHER_PERSON, '李四'],
    ] as const) {
      const id = await city.subject(code, name, 'NATURAL_PERSON');
      for (const item of PERSON_ITEMS) await city.record(id, item, { documentNumber: item });
    }
    return new AuthorizedCity(city, [
      await city.token({ role: 'service', unit: UNIT.market, name: '赵六', sub: 'bank' }),
      await city.officer(UNIT.market),
      await city.token({ role: 'center', unit: UNIT.center, name: '钱七' }),
    ]);
  }

  subject = (code: string) => this.city.token({ role: 'subject', code });

  /** Granted online by the subject, to the market regulator for its supervision, unless said otherwise. */
  async grant(code: string, categories: string[], input: Record<string, unknown> = {}): Promise<Answer> {
    return this.city.ask(GRANT, {
      token: await this.subject(code),
      variables: {
        input: {
          method: 'ONLINE',
          grantee: UNIT.market,
          categories,
          purpose: '贷款审批',
          validFrom: '2026-03-01',
          validUntil: '2026-03-31',
          ...input,
        },
      },
    });
  }

  /** @returns its id. */
  async granted(code: string, categories: string[], input: Record<string, unknown> = {}): Promise<string> {
    return (await this.grant(code, categories, input)).data.grantAuthorization.authorization.id;
  }

  ask(
    query: string,
    authorization: string | null,
    options: { token?: string; code?: string; matter?: string; idDocument?: string } = {},
  ): Promise<Answer> {
    const { token = this.service, code = FIRM, matter = MATTER.supervision, idDocument } = options;
    return this.city.ask(query, {
      token,
      variables: { code },
      purpose: { matter, ...(authorization && { authorization }), ...(idDocument && { idDocument }) },
    });
  }
}

export const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code ?? 'ANSWERED';
