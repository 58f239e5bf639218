import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { citizenIdOf, usccOf } from '../../policy/identifiers/code.ts';
import type { Layout } from '../../records/import/layout.ts';
import { recordKinds } from '../../records/kind.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, subgraphSdl } from '../../schema/sdl.ts';
import { layoutFor } from '../../subgraphs/layouts.ts';
import { ENTERED } from '../../subgraphs/plainLayouts.ts';
import { City } from '../support/city.ts';
import { UNIT } from '../support/known.ts';

const SUBMIT = `mutation ($input: SubmitRecordsInput!) {
  submitRecords(input: $input) { receipt { accepted rejected rejects { nodes { column rule reason } } } }
}`;
const JURISDICTION = '310116';
const FIRM = { name: '上海万项贸易有限公司', code: usccOf('91310116MA4000001') };
const PERSON = { name: '周全', code: citizenIdOf('31019919850701001') };

const kinds = SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records)
  .flatMap((name) => recordKinds(subgraphSdl(name)))
  .filter(({ type }) => !ENTERED.has(type));

let city: City;
let center: string;
beforeAll(async () => {
  city = await City.open();
  center = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
});
afterAll(() => city.close());

/** A row with something in every column, as a person would fill in the form. */
function rowOf(layout: Layout, person: boolean): Record<string, string> {
  const subject = person ? PERSON : FIRM;
  const row: Record<string, string> = {};
  for (const { header, cell, to, required } of layout.columns) {
    const places = to === undefined ? [] : typeof to === 'string' ? [to] : to;
    if (places.includes('subject.name')) row[header] = subject.name;
    else if (places.includes('subject.class')) row[header] = person ? '自然人' : '法人及非法人组织';
    else if (places.includes(person ? 'subject.citizenId' : 'subject.code')) row[header] = subject.code;
    else if (places.some((place) => place.startsWith('subject.')) || (!required && /证件|代码/.test(header)))
      continue;
    else if (header === '注册资金') row[header] = '50(万元人民币)';
    else {
      const samples = [
        '2025-03-04',
        '12.50',
        '2024',
        '3',
        '是',
        'b278859b-7ece-4d25-9183-3d7275162bca',
        '一般',
        cell.shape.zh.split(/[、或]/)[0] as string,
        '样例',
      ];
      const fits = samples.find((s) => typeof cell.read(s, '2026-03-02') !== 'object');
      if (fits !== undefined) row[header] = fits;
    }
  }
  return row;
}

test.each(kinds.map((kind) => [kind.type, kind] as const))(
  '[JS-11] a %s can be imported and queried',
  async (_, kind) => {
    const snapshot = city.running.house.follower.current();
    const item = [...(snapshot?.items.values() ?? [])].find(
      (i) => i.recordType === kind.type && i.jurisdiction === JURISDICTION,
    );
    if (!item) throw new Error(`the catalogue of ${JURISDICTION} has no item for ${kind.type}`);
    const layout = layoutFor(item) as Layout;
    const submitted = await city.ask(SUBMIT, {
      token: center,
      variables: {
        input: {
          layout: layout.name,
          jurisdiction: JURISDICTION,
          provider: item.provider,
          item: item.code,
          rows: [rowOf(layout, item.aboutPersons)],
        },
      },
    });
    expect([submitted.errors, submitted.data?.submitRecords?.receipt]).toEqual([
      undefined,
      { accepted: 1, rejected: 0, rejects: { nodes: [] } },
    ]);

    const own = kind.columns.map((c) => c.field).join(' ');
    const fields = `item { code } selfDeclared ${own}`;
    const selection = kind.single
      ? `${kind.field} { ${fields} }`
      : `${kind.field} { totalCount nodes { ${fields} } }`;
    const token = await city.token({ role: 'subject', code: (item.aboutPersons ? PERSON : FIRM).code });
    const { data, errors } = await city.ask(`{ me { ${selection} } }`, { token });
    expect(errors).toBeUndefined();
    const record = kind.single ? data.me[kind.field] : data.me[kind.field].nodes[0];
    expect(record).toMatchObject({ item: { code: item.code }, selfDeclared: kind.type === 'Declaration' });
    expect(kind.columns.some((c) => record[c.field] !== null)).toBe(true);
  },
);
