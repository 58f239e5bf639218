import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CHECK, JOB, RESULTS, START, VERIFY } from '../checks/desk.ts';
import { UNIT, firmCode } from '../support/known.ts';
import { DistrictCity, EACH, FIRMS, LISTS, fileOf } from './districtDesk.ts';

const [OWN, OTHER] = FIRMS;

let district: DistrictCity;

beforeAll(async () => {
  district = await DistrictCity.open();
});
afterAll(() => district.city.close());

interface List {
  totalCount: number;
  nodes: { documentNumber: string; jurisdiction: string }[];
  pageInfo: { endCursor: string | null };
}

test('[SP-sub] matters say how far they reach, and reach the district unless they say otherwise', async () => {
  const { data } = await district.ask(
    'the public',
    '{ matters(unit: "11310116MBY011166U", first: 50) { nodes { code reach } } }',
  );
  const reaches = new Map(
    data.matters.nodes.map((one: { code: string; reach: string }) => [one.code, one.reach]),
  );
  expect(reaches.get('m-district')).toBe('DISTRICT');
  expect(reaches.get('m-district-city')).toBe('CITY');
  // It comes with the project, and lists items of the city.
  expect(reaches.get('310116-supervision-market')).toBe('CITY');
});

test('[SP-sub] hundreds at once, districts and city mixed: every list and count has the places of its caller and no other', async () => {
  const request = fc.record({
    caller: fc.constantFrom(...district.callers),
    firm: fc.constantFrom(...FIRMS),
    first: fc.integer({ min: 0, max: 10 }),
  });
  let rows = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 100, maxLength: 200, size: 'max' }), async (all) => {
      await Promise.all(
        all.map(async ({ caller, firm, first }) => {
          const { data, errors } = await district.city.ask(fileOf(firm.code, first), caller.options);
          expect(errors?.filter((e) => e.extensions.code !== 'FORBIDDEN') ?? []).toEqual([]);
          for (const [part, field] of Object.entries(LISTS)) {
            const shown = caller.parts.includes(part as keyof typeof LISTS) ? caller.sees : [];
            const { totalCount, nodes } = data.subject[field] as List;
            expect([caller.name, field, totalCount]).toEqual([caller.name, field, shown.length * EACH]);
            expect(nodes).toHaveLength(Math.min(first, totalCount));
            for (const { documentNumber, jurisdiction } of nodes) {
              expect(shown).toContain(jurisdiction);
              expect(documentNumber.startsWith(`${jurisdiction} ${part} `)).toBe(true);
            }
            rows += nodes.length;
          }
        }),
      );
    }),
    { numRuns: 4, endOnFailure: true },
  );
  expect(rows).toBeGreaterThan(1_000);
}, 120_000);

test('[SP-sub] a page goes on within its own bound: another’s cursor is refused', async () => {
  const page = (after: string | null) =>
    `{ subject(code: "${OWN.code}") { penalties(first: 1${after ? `, after: "${after}"` : ''}) { totalCount nodes { jurisdiction } pageInfo { endCursor } } } }`;
  const first = await district.ask('district', page(null));
  const { endCursor } = first.data.subject.penalties.pageInfo;
  const next = await district.ask('district', page(endCursor));
  expect(next.data.subject.penalties.nodes).toEqual([{ jurisdiction: '310116' }]);
  const ofCity = await district.ask('city', page(null));
  const after = ofCity.data.subject.penalties.pageInfo.endCursor;
  // One matter, and so one scope, with and without a bound.
  expect((await district.ask('city', page(after))).errors).toBeUndefined();
  const bound = await district.ask('city’s unit in Minhang', page(after));
  expect(bound.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

const WHO =
  'id name code kind status jurisdiction registration { enterpriseType } permits { nodes { subject { name status jurisdiction } } }';

test('[SP-sub] of a subject registered elsewhere a district is told who it is, its own records, and nothing of the register’s', async () => {
  for (const one of FIRMS)
    await district.city.record(district.ids[FIRMS.indexOf(one)] as string, `${one.home}-registration-amr`, {
      own: { enterpriseType: '有限责任公司' },
    });
  await district.publish({
    code: 'm-register',
    name: '登记核查',
    unit: UNIT.market,
    kind: 'DAILY_SUPERVISION',
    aboutPersons: false,
    items: ['310116-registration-amr', '310112-registration-amr', '310116-permit-amr'],
  });
  const { token } = district.caller('district').options as { token: string };
  const seen = async (code: string) =>
    (await district.city.ask(`{ subject(code: "${code}") { ${WHO} } }`, { token, purpose: 'm-register' }))
      .data.subject;
  expect(await seen(OWN.code)).toMatchObject({
    status: 'ACTIVE',
    jurisdiction: '310116',
    registration: { enterpriseType: '有限责任公司' },
  });
  const other = await seen(OTHER.code);
  expect(other).toMatchObject({
    name: OTHER.name,
    code: OTHER.code,
    kind: 'LEGAL_PERSON',
    status: null,
    jurisdiction: null,
    registration: null,
  });
  expect(other.permits.nodes).toEqual(
    Array.from({ length: EACH }, () => ({ subject: { name: OTHER.name, status: null, jurisdiction: null } })),
  );
});

test('[SP-sub] a district searches and counts what is registered in it', async () => {
  const search = (place?: string) =>
    `{ searchSubjects(name: "余兰"${place ? `, jurisdiction: "${place}"` : ''}) { totalCount nodes { name } } }`;
  const found = async (caller: string, place?: string) => {
    const { totalCount, nodes } = (await district.ask(caller, search(place))).data.searchSubjects;
    expect(nodes).toHaveLength(totalCount);
    return nodes.map(({ name }: { name: string }) => name);
  };
  expect(await found('district')).toEqual([OWN.name]);
  expect(await found('district', '310116')).toEqual([OWN.name]);
  expect(await found('district', '310112')).toEqual([]);
  expect(await found('city’s unit in Minhang')).toEqual([OTHER.name]);
  expect(await found('service')).toEqual([OWN.name]);
  expect((await found('district, city')).sort()).toEqual([OWN.name, OTHER.name].sort());
  expect(await found('city', '310112')).toEqual([OTHER.name]);
});

test('[SP-sub] checks, facts and batches go by the district’s records', async () => {
  const clean = firmCode(3);
  const id = await district.city.subject(clean, '上海清白有限公司', 'LEGAL_PERSON', '310112');
  await district.city.record(id, '310112-judgment-court', { documentNumber: '闵民初1', grade: 'GENERAL' });
  const outcome = async (caller: string) => {
    const { data } = await district.ask(caller, CHECK, { code: clean });
    return [data.checkStanding.outcome, data.checkStanding.hits.length];
  };
  expect(await outcome('district')).toEqual(['PASS', 0]);
  expect(await outcome('district, city')).toEqual(['FAIL', 1]);
  expect(await outcome('city’s unit in Minhang')).toEqual(['FAIL', 1]);
  // All at once, as one statement may read them.
  expect(await Promise.all(['district', 'city', 'district', 'city’s unit in Minhang'].map(outcome))).toEqual([
    ['PASS', 0],
    ['FAIL', 1],
    ['PASS', 0],
    ['FAIL', 1],
  ]);
  const fact = { recordType: 'Judgment', documentNumber: '闵民初1' };
  const verified = async (caller: string) =>
    (await district.ask(caller, VERIFY, { code: clean, fact })).data.verifyFact;
  expect(await verified('district')).toBe(false);
  expect(await verified('district, city')).toBe(true);
  const batch = async (caller: string) => {
    const { data } = await district.ask(caller, START, { input: { codes: [clean, OWN.code] } });
    const job = data.startBatchCheck.job.id;
    await district.city.until(
      async () => (await district.ask(caller, JOB, { id: job })).data.job.state === 'DONE',
    );
    const { nodes } = (await district.ask(caller, RESULTS, { id: job })).data.job.results;
    return nodes.map((one: { outcome: string; hits: unknown[] }) => [one.outcome, one.hits.length]);
  };
  // Penalties and judgments of the one place, or of the three.
  expect(await batch('district')).toEqual([
    ['PASS', 0],
    ['FAIL', 2 * EACH],
  ]);
  const { data } = await district.ask('city', START, { input: { codes: [clean] } });
  const job = { id: data.startBatchCheck.job.id };
  const refused = await district.ask('city’s unit in Minhang', RESULTS, job);
  expect(refused.errors?.[0]?.extensions.code).toBe('PURPOSE_NOT_ALLOWED');
  expect((await district.ask('city', RESULTS, job)).errors).toBeUndefined();
  expect(await batch('district, city')).toEqual([
    ['FAIL', 1],
    ['FAIL', 6 * EACH],
  ]);
});

test('[SP-sub] a rule that names an item beyond the district cannot be passed by what is not seen', async () => {
  await district.publish({
    code: 'm-beyond',
    name: '跨区核查',
    unit: UNIT.market,
    kind: 'DAILY_SUPERVISION',
    aboutPersons: false,
    items: ['310116-penalty-amr', '310112-penalty-amr'],
    rule: [{ item: '310112-penalty-amr' }],
  });
  const { token } = district.caller('district').options as { token: string };
  const { data } = await district.city.ask(CHECK, {
    token,
    purpose: 'm-beyond',
    variables: { code: OTHER.code },
  });
  expect(data.checkStanding).toMatchObject({ outcome: 'UNKNOWN', hits: [], reasons: [{ code: 'NOT_OPEN' }] });
});

test('[SP-sub][SH-20] what a subject authorized is bound like everything else, and open where the matter reaches the city', async () => {
  const self = await district.city.token({ role: 'subject', code: OWN.code });
  const granted = await district.city.ask(
    `mutation ($input: GrantAuthorizationInput!) { grantAuthorization(input: $input) { authorization { id } } }`,
    {
      token: self,
      variables: {
        input: {
          method: 'ONLINE',
          grantee: UNIT.market,
          categories: ['PERFORMANCE'],
          purpose: '贷款',
          uses: 2,
          validFrom: '2026-03-01',
          validUntil: '2026-03-31',
        },
      },
    },
  );
  const authorization = granted.data.grantAuthorization.authorization.id;
  const places = async (matter: string) => {
    const { token } = district.caller('service').options as { token: string };
    const { data } = await district.city.ask(
      `{ subject(code: "${OWN.code}") { contractRecords { nodes { jurisdiction } } permits { nodes { jurisdiction } } } }`,
      { token, purpose: { matter, authorization } },
    );
    const of = (field: string) =>
      new Set(data.subject[field].nodes.map((one: { jurisdiction: string }) => one.jurisdiction));
    return [of('contractRecords'), of('permits')].map((set) => [...set].sort());
  };
  expect(await places('m-district')).toEqual([['310116'], ['310116']]);
  expect(await places('m-district-city')).toEqual([
    ['310000', '310112', '310116'],
    ['310000', '310112', '310116'],
  ]);
});
