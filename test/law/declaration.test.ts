import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';

const SUBMIT = `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { receipt { accepted rejected } } }`;

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterAll(() => city.close());

test.each(['310116', '370303'])(
  '[ZD-20] what a subject in %s declared itself is stored, and shown as self-declared to everyone who sees it',
  async (jurisdiction) => {
    const items = [...(city.running.house.follower.current()?.items.values() ?? [])];
    const item = items.find(
      (one) => one.recordType === 'Declaration' && one.jurisdiction === jurisdiction && !one.aboutPersons,
    );
    const code = firmCode(jurisdiction === '370303' ? 2 : 1);
    const row = { 主体名称: '自主申报公司', 主体代码: code, 标题: '获得专利两项', 认定日期: '2025-06-02' };
    const token = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
    const { data, errors } = await city.ask(SUBMIT, {
      token,
      variables: {
        input: {
          layout: 'declaration',
          jurisdiction,
          provider: item?.provider,
          item: item?.code,
          secrecyReview: { reviewedBy: '吴九', reviewedOn: '2026-03-02' },
          rows: [row],
        },
      },
    });
    expect(errors).toBeUndefined();
    expect(data.submitRecords.receipt).toEqual({ accepted: 1, rejected: 0 });

    const shown = [{ title: '获得专利两项', selfDeclared: true }];
    const query = 'declarations { nodes { title selfDeclared } }';
    const itself = await city.ask(`{ me { ${query} } }`, {
      token: await city.token({ role: 'subject', code }),
    });
    expect(itself.data.me.declarations.nodes).toEqual(shown);
    const officer = { token: await city.officer(UNIT.market), purpose: MATTER.supervision };
    for (const options of [{}, officer]) {
      const answer = await city.ask(`{ subject(code: "${code}") { ${query} } }`, options);
      for (const node of answer.data.subject?.declarations?.nodes ?? []) expect(node).toEqual(shown[0]);
    }
  },
);
