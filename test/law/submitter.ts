import { usccOf } from '../../policy/identifiers/code.ts';
import { City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';

const PUBLISH = 'mutation ($input: PublishItemInput!) { publishItem(input: $input) { item { code } } }';
const SUBMIT = `mutation ($input: SubmitRecordsInput!) {
  submitRecords(input: $input) {
    receipt {
      id received accepted duplicates rejected quarantined late receivedOn dueOn dueProvisional settledRejects openRejects correctionFile
    }
  }
}`;

/** Plain layouts, by the type of their records. */
const LAYOUTS: Record<string, string> = {
  AdministrativePenalty: 'administrative-penalty',
  Permit: 'permit',
  Inspection: 'inspection',
  AbnormalListing: 'abnormal-listing',
  SevereListing: 'severe-listing',
  RedListing: 'red-listing',
};
const NEGATIVE = new Set(['AdministrativePenalty', 'AbnormalListing', 'SevereListing']);

export interface Sent {
  id: string;
  received: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  late: number;
  receivedOn: string;
  dueOn: string | null;
  dueProvisional: boolean;
  settledRejects: number;
  openRejects: number;
  correctionFile: string;
}

type Row = Record<string, unknown>;

/** A city that sees a day, and units that submit to it under items of their own. */
export class Submitter {
  readonly city: City;
  readonly center: string;
  readonly today: string;
  #nth = 0;

  private constructor(city: City, center: string, today: string) {
    this.city = city;
    this.center = center;
    this.today = today;
  }

  static async open(today: string, env: Record<string, string> = {}): Promise<Submitter> {
    const city = await City.open({ CREDIT_TODAY: today, ...env });
    const center = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
    return new Submitter(city, center, today);
  }

  close(): Promise<void> {
    return this.city.close();
  }

  /** A unit that provides nothing yet, as the catalogue's file would bring it; known everywhere from the next publication on. */
  async unit(): Promise<string> {
    const n = ++this.#nth;
    const code = usccOf(`11320600MBX${String(n).padStart(5, '0')}6`);
    await this.city
      .database('catalogue')
      .query(
        'insert into unit (code, name, kind, jurisdiction, search_key, search_grams) values ($1, $2, $3, $4, $2, $5)',
        [code, `报送试点${n}号单位`, 'DISTRICT_GOVERNMENT', '320600', []],
      );
    return code;
  }

  /** An item about organizations, in force from the day that the city sees. */
  async publish(
    jurisdiction: string,
    recordType: string,
    provider: string = UNIT.market,
    more: Row = {},
  ): Promise<string> {
    const code = `${jurisdiction}-${recordType}-${provider.slice(-4)}-${++this.#nth}`;
    const negative = NEGATIVE.has(recordType);
    const item = {
      code,
      name: '报送试点信息',
      class: 'SUPERVISION',
      tier: 'SHARED',
      jurisdiction,
      provider,
      dataStandard: 'graphql',
      recordType,
      aboutPersons: false,
      negative,
      ...(negative && { grade: 'GENERAL' }),
      updateCycle: '实时',
      ...more,
    };
    const { errors } = await this.city.ask(PUBLISH, { token: this.center, variables: { input: item } });
    if (errors) throw new Error(JSON.stringify(errors));
    const { follower, subgraphs } = this.city.running.house;
    await this.city.until(() => Promise.resolve(follower.current()?.itemsByCode.has(code) === true));
    await subgraphs.collection.refresh();
    return code;
  }

  /** A row that is in order in every jurisdiction, with its dates. */
  row(dates: { determinedOn?: string; formedOn?: string }, more: Row = {}): Row {
    const n = ++this.#nth;
    return {
      主体名称: `按期报送${n}号公司`,
      主体代码: firmCode(40_000 + n),
      文号: `期${n}`,
      标题: '信息',
      失信程度: '一般',
      列入原因: '未按期公示年度报告',
      认定依据: '经评定符合标准',
      认定日期: dates.determinedOn ?? '',
      形成日期: dates.formedOn ?? '',
      ...more,
    };
  }

  async send(item: string, rows: readonly Row[]): Promise<Sent> {
    const found = this.city.running.house.follower.current()?.itemsByCode.get(item);
    if (!found) throw new Error(`no item ${item}`);
    const { jurisdiction, provider, recordType } = found;
    const secrecyReview = { reviewedBy: '吴九', reviewedOn: this.today };
    const input = { layout: LAYOUTS[recordType], jurisdiction, provider, item, rows, secrecyReview };
    const { data, errors } = await this.city.ask(SUBMIT, { token: this.center, variables: { input } });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.submitRecords.receipt as Sent;
  }

  /** Sends one record; whether it came late. */
  async isLate(item: string, dates: { determinedOn?: string; formedOn?: string }): Promise<boolean> {
    const { accepted, late } = await this.send(item, [this.row(dates)]);
    if (accepted !== 1) throw new Error('a late record is to be taken');
    return late === 1;
  }
}
