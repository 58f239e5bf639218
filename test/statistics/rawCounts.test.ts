import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Objecting } from '../rights/objecting.ts';
import { City } from '../support/city.ts';
import { UNIT } from '../support/known.ts';

const AUTHORITY = '11310116MBY121162R';
/** Rows that are sent back there are due again. */
const ZHANGDIAN = '11370303MBY0130307';
/** Sends nothing about natural persons. */
const PLANNING = '11310116MBY1011617';

let city: City;
let desk: Objecting;

beforeAll(async () => {
  city = await City.open();
  desk = new Objecting(city);
  for (const kind of ['amr', 'amr-p']) {
    const record = await desk.penalty('310116', {}, kind);
    await desk.filed(record);
    const item = city.running.house.follower.current()?.itemsByCode.get(`310116-penalty-${kind}`)?.id;
    await city.database('measures').query(
      `insert into measure_task (id, subject_id, about_person, record_type, record_id, item_id, jurisdiction, revision, initiator, unit, measure,
         basis, reason, determined_on, disputed)
       values (gen_random_uuid(), $1, $2, 'AdministrativePenalty', $3, $4, '310116', 1, $5, $5, 'M', '{}', '依法认定', '2026-03-01', false)`,
      [record.subjectId, kind === 'amr-p', record.record, item, UNIT.market],
    );
  }
  await submit(UNIT.market, 'inspection', '310116-inspection-amr');
  await submit(ZHANGDIAN, 'inspection', '370303-inspection-amr');
  await submit(PLANNING, 'administrative-act', '310116-act-nr');
});
afterAll(() => city.close());

const token = (role: 'authority' | 'center' | 'provider', unit: string) =>
  city.token({ role, unit, name: '周八' });

/** Its check character does not match. */
const WRONG = {
  主体名称: '上海余兰贸易有限公司',
  统一社会信用代码: '91310116Y100000012',
  标题: '抽查',
  形成日期: '2026-02-27',
};

/** Three rows, none of which can be taken in. */
async function submit(unit: string, layout: string, item: string): Promise<void> {
  const { errors } = await city.ask(
    'mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { receipt { rejected } } }',
    {
      token: await token('provider', unit),
      variables: {
        input: {
          layout,
          jurisdiction: item.slice(0, 6),
          item,
          secrecyReview: { reviewedBy: '吴九', reviewedOn: '2026-03-02' },
          rows: [1, 2, 3].map((n) => ({ ...WRONG, 文号: `第${n}号` })),
        },
      },
    },
  );
  if (errors) throw new Error(JSON.stringify(errors));
}

const readers = async (): Promise<[name: string, token: string][]> => [
  ['the center', await token('center', UNIT.center)],
  ['the unit', await token('provider', UNIT.market)],
];

test('[SP-stat] [SP-obj] objections of natural persons are counted for the center and the unit, and withheld from the authority', async () => {
  const query = `{ objectionCounts { filed open marked withheld organizations { filed } persons { filed } byProvider { filed } } }`;
  for (const [, reader] of await readers())
    expect((await city.ask(query, { token: reader })).data.objectionCounts).toMatchObject({
      filed: 2,
      persons: { filed: 1 },
      withheld: false,
      byProvider: [{ filed: 2 }],
    });
  expect(
    (await city.ask(query, { token: await token('authority', AUTHORITY) })).data.objectionCounts,
  ).toEqual({
    filed: 1,
    open: 1,
    marked: 1,
    withheld: true,
    organizations: { filed: 1 },
    persons: null,
    byProvider: [{ filed: 1 }],
  });
});

test('[SP-stat] [SP-measures] measures on natural persons likewise', async () => {
  const query = '{ measureCounts { withheld initiating { tasks } implementing { tasks } } }';
  const seen = async (reader: string) => (await city.ask(query, { token: reader })).data.measureCounts;
  for (const [, reader] of await readers())
    expect(await seen(reader)).toEqual({
      withheld: false,
      initiating: [{ tasks: 2 }],
      implementing: [{ tasks: 2 }],
    });
  expect(await seen(await token('authority', AUTHORITY))).toEqual({
    withheld: true,
    initiating: [{ tasks: 1 }],
    implementing: [{ tasks: 1 }],
  });
});

const VIEW = `withheld received accepted duplicates rejected quarantined late openRejects linkRate rejectsByRule { count } timeliness { late }
  batches { totalCount nodes { rejected } } light { colour reasons { zh en } }`;

test('[SP-stat] [JS-21] how many rows a unit sent that also sends about persons: not for the authority, by any field', async () => {
  const query = `query ($code: String!) { provider(code: $code) { ${VIEW} } }`;
  const seen = async (reader: string, code: string = UNIT.market) =>
    (await city.ask(query, { token: reader, variables: { code } })).data.provider;
  for (const [, reader] of await readers())
    expect(await seen(reader)).toMatchObject({
      withheld: false,
      received: 3,
      rejected: 3,
      rejectsByRule: [{ count: 3 }],
      batches: { totalCount: 1 },
    });
  const authority = await token('authority', AUTHORITY);
  const told = await seen(authority);
  const { light, ...rest } = told;
  expect(rest).toEqual({
    withheld: true,
    received: null,
    accepted: null,
    duplicates: null,
    rejected: null,
    quarantined: null,
    late: null,
    openRejects: null,
    linkRate: null,
    rejectsByRule: null,
    timeliness: null,
    batches: null,
  });
  expect(light.colour).toBe('RED');
  expect(await seen(authority, PLANNING)).toMatchObject({
    withheld: false,
    received: 3,
    batches: { totalCount: 1 },
  });
  const { data } = await city.ask(`{ providers(first: 100) { nodes { unit { code } ${VIEW} } } }`, {
    token: authority,
  });
  const all = new Map(data.providers.nodes.map((node: { unit: { code: string } }) => [node.unit.code, node]));
  expect(all.get(UNIT.market)).toMatchObject(told);
  expect(all.get(PLANNING)).toMatchObject({ received: 3 });
});

test('[SP-stat] the reasons of a light say to the authority that, not how many', async () => {
  city.running.house.clock.today = () => '2026-04-20';
  const query = `{ provider(code: "${ZHANGDIAN}") { light { reasons { source zh } } } }`;
  const open = async (reader: string): Promise<string | undefined> =>
    (await city.ask(query, { token: reader })).data.provider.light.reasons.find(
      ({ source }: { source: string }) => source === 'ZD-19',
    )?.zh;
  expect(await open(await token('center', UNIT.center))).toBe('3 条退回信息逾期未重新报送');
  expect(await open(await token('authority', AUTHORITY))).toBe('有退回信息逾期未重新报送');
});
