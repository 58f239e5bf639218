import { graphql } from 'graphql';
import type { Grant } from '../../records/grant.ts';
import { type AskOptions, City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';

export const CITY_MARKET = '11310000MBY010008K';
const PLACES = ['310116', '310112', '310000'];

/** A part of an item's code, and the list on a subject that its records show in. */
export const LISTS = {
  'penalty-amr': 'penalties',
  'inspection-amr': 'inspections',
  'permit-amr': 'permits',
  'contract-hc': 'contractRecords',
  'judgment-court': 'judgments',
} as const;
const PARTS = Object.keys(LISTS) as (keyof typeof LISTS)[];
const isPublic = (part: keyof typeof LISTS) => ['penalty-amr', 'permit-amr', 'judgment-court'].includes(part);

/** 余兰 is registered in Jinshan, 明德 in Minhang; both have records of Jinshan, of Minhang and of the city itself. */
export const FIRMS = [
  { code: firmCode(1), name: '上海余兰贸易有限公司', home: '310116' },
  { code: firmCode(2), name: '上海余兰明德机械有限公司', home: '310112' },
] as const;

/** Every list of a firm. */
export const fileOf = (code: string, first: number): string =>
  `{ subject(code: "${code}") { ${Object.values(LISTS)
    .map((field) => `${field}(first: ${first}) { totalCount nodes { documentNumber jurisdiction } }`)
    .join(' ')} } }`;

/** Records of each item, subject and place. */
export const EACH = 2;

export interface DistrictCaller {
  name: string;
  options: AskOptions;
  /** Places whose records it sees. */
  sees: readonly string[];
  parts: readonly (keyof typeof LISTS)[];
}

const matter = (code: string, unit: string, reach?: 'DISTRICT' | 'CITY') => ({
  code,
  name: code,
  unit,
  kind: 'DAILY_SUPERVISION',
  aboutPersons: false,
  ...(reach && { reach }),
  items: PLACES.flatMap((place) => PARTS.map((part) => `${place}-${part}`)),
});

const PUBLISH = `mutation Publish($input: PublishMatterInput!) { publishMatter(input: $input) { matter { code reach version } } }`;

/** A city with matters that open the same items and differ in their reach, and callers of every kind under them. */
export class DistrictCity {
  readonly city: City;
  readonly callers: DistrictCaller[];
  readonly ids: readonly string[];
  readonly #center: string;

  private constructor(city: City, callers: DistrictCaller[], ids: string[], center: string) {
    this.city = city;
    this.callers = callers;
    this.ids = ids;
    this.#center = center;
  }

  static async open(): Promise<DistrictCity> {
    const city = await City.open();
    const center = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
    const ids: string[] = [];
    for (const { code, name, home } of FIRMS) {
      const subjectId = await city.subject(code, name, 'LEGAL_PERSON', home);
      ids.push(subjectId);
      for (const place of PLACES)
        for (const part of PARTS)
          await city.records(
            `${place}-${part}`,
            Array.from({ length: EACH }, (_, n) => ({ subjectId, documentNumber: `${place} ${part} ${n}` })),
          );
    }
    const token = (role: 'agency' | 'service', unit: string, jurisdiction?: string) =>
      city.token({ role, unit, name: '王五', ...(jurisdiction && { jurisdiction }) });
    const district = await token('agency', UNIT.market, '310116');
    const ofCity = await token('agency', CITY_MARKET);
    const all = { sees: PLACES, parts: PARTS };
    const open = PARTS.filter(isPublic);
    const callers: DistrictCaller[] = [
      { name: 'the public', options: {}, sees: PLACES, parts: open },
      { name: 'district', options: { token: district, purpose: 'm-district' }, ...all, sees: ['310116'] },
      { name: 'district, city', options: { token: district, purpose: 'm-district-city' }, ...all },
      {
        name: 'district’s unit, no claim',
        options: { token: await token('agency', UNIT.market), purpose: 'm-district' },
        ...all,
        sees: ['310116'],
      },
      {
        name: 'district’s unit, claims the city',
        options: { token: await token('agency', UNIT.market, '310000'), purpose: 'm-district' },
        ...all,
        sees: ['310116'],
      },
      { name: 'city', options: { token: ofCity, purpose: 'm-city' }, ...all },
      {
        name: 'city’s unit in Minhang',
        options: { token: await token('agency', CITY_MARKET, '310112'), purpose: 'm-city' },
        ...all,
        sees: ['310112'],
      },
      {
        name: 'service',
        options: { token: await token('service', UNIT.market, '310116'), purpose: 'm-district' },
        sees: ['310116'],
        parts: open,
      },
      {
        name: 'service, city',
        options: { token: await token('service', UNIT.market, '310116'), purpose: 'm-district-city' },
        sees: PLACES,
        parts: open,
      },
    ];
    const opened = new DistrictCity(city, callers, ids, center);
    await opened.publish(matter('m-district', UNIT.market));
    await opened.publish(matter('m-district-city', UNIT.market, 'CITY'));
    await opened.publish(matter('m-city', CITY_MARKET));
    return opened;
  }

  /** Publishes a matter and waits until it is in force everywhere. */
  async publish(input: Record<string, unknown>) {
    const { data } = await this.city.ask(PUBLISH, { token: this.#center, variables: { input } });
    const { subgraphs, follower } = this.city.running.house;
    for (const one of Object.values(subgraphs)) await one.refresh();
    await follower.refresh();
    return data.publishMatter.matter;
  }

  caller(name: string): DistrictCaller {
    const found = this.callers.find((one) => one.name === name);
    if (!found) throw new Error(`no caller ${name}`);
    return found;
  }

  ask(name: string, query: string, variables: Record<string, unknown> = {}) {
    return this.city.ask(query, { ...this.caller(name).options, variables });
  }

  /** Asks an agency itself of the first firm, under a grant of a city's officer. */
  async askAgency(
    name: 'penalties' | 'registration',
    fields: string,
    matter: string,
    more: Partial<Grant>,
    // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  ): Promise<any> {
    const { follower, subgraphs } = this.city.running.house;
    const [id] = this.ids;
    const grant: Grant = {
      scope: {
        kind: 'MATTER',
        matter: follower.current()?.matters.get(matter)?.id as number,
        persons: false,
      },
      today: '2026-03-02',
      caller: { role: 'agency', unit: CITY_MARKET, subject: null },
      ...more,
    };
    const { data } = await graphql({
      schema: subgraphs[name].schema,
      source: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { ${fields} } } _disclosed(subjects: ["${id}"]) }`,
      variableValues: { r: [{ __typename: 'Subject', id }] },
      contextValue: await subgraphs[name].context(grant),
    });
    return JSON.parse(JSON.stringify(data));
  }
}
