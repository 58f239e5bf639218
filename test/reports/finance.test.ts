import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AuthorizedCity, FIRM, OTHER, PERSON } from '../access/authorized.ts';
import { MATTER, UNIT } from '../support/known.ts';
import { codeOf, entriesOf, fetched, made, make, partOf, pdfOf } from './reporting.ts';

const PUBLISH =
  'mutation ($input: PublishMatterInput!) { publishMatter(input: $input) { matter { code version } } }';
const LOAN = '310116-funding-loan';
const FINANCE = { kind: 'FINANCE', code: FIRM };

let town: AuthorizedCity;

beforeAll(async () => {
  town = await AuthorizedCity.open();
  const { city, center } = town;
  const published = await city.ask(PUBLISH, {
    token: center,
    purpose: MATTER.quality,
    variables: {
      input: {
        code: LOAN,
        name: '中小微企业贷款审批',
        unit: UNIT.market,
        kind: 'FUNDING',
        aboutPersons: false,
        reach: 'CITY',
        items: ['310116-registration-amr', '310116-penalty-amr', '310116-contract-hc'],
      },
    },
  });
  expect(published.errors).toBeUndefined();
  await city.until(async () => city.running.house.follower.current()?.matters.has(LOAN) ?? false);
});
afterAll(() => town.city.close());

const bank = (authorization?: string) => ({
  token: town.service,
  purpose: { matter: LOAN, ...(authorization && { authorization }) },
});
const reading = () => ({ token: town.service, purpose: LOAN });

test('[JS-19] a bank with the firm’s authorization gets the items in the scope of its matter, and no others', async () => {
  // The inspection is authorized as well, and is none of the matter's.
  const authorization = await town.granted(FIRM, ['PERFORMANCE', 'SUPERVISION'], { uses: 2 });
  const report = await made(town.city, bank(authorization), FINANCE);
  expect(entriesOf(report).map(({ item }) => item)).toEqual(['310116-penalty-amr', '310116-contract-hc']);
  expect(partOf(report, 'ContractRecord')).toMatchObject({ items: 1, openItems: 1, closedFields: [] });
  expect(partOf(report, 'ContractRecord')?.entries[0]?.values).toContainEqual(
    expect.objectContaining({ field: 'amount', value: '5000.00' }),
  );
  expect(partOf(report, 'Inspection')).toBeUndefined();
  const { text } = await pdfOf(town.city, report.pdf, reading());
  for (const shown of ['公共信用信息报告（融资用）', '用途贷款审批', '5000.00', '经信息主体授权'])
    expect(text).toContain(shown);
  // The firm sees it, with what it had agreed to, and one use is taken; reading it again takes none.
  const { data } = await town.city.ask(
    '{ me { accessHistory(first: 2) { nodes { basis agreedPurpose authorization items { code } } } } authorizations(first: 1) { nodes { used } } }',
    { token: await town.subject(FIRM) },
  );
  expect(data.authorizations.nodes).toEqual([{ used: 1 }]);
  const items = expect.arrayContaining([{ code: '310116-contract-hc' }, { code: '310116-penalty-amr' }]);
  const look = { basis: 'AUTHORIZATION', agreedPurpose: '贷款审批', authorization, items };
  expect(data.me.accessHistory.nodes).toEqual([look, look]);
});

test('[JS-19] what the firm did not authorize is said to be missing, or shown as to the public', async () => {
  const authorization = await town.granted(FIRM, ['REGISTRATION']);
  const report = await made(town.city, bank(authorization), FINANCE);
  expect(partOf(report, 'ContractRecord')).toMatchObject({ items: 1, openItems: 0, entries: [] });
  expect(partOf(report, 'AdministrativePenalty')?.closedFields).toContain('备注');
  expect(entriesOf(report).flatMap(({ values }) => values.map(({ field }) => field))).not.toContain(
    'remarks',
  );
  const { text } = await pdfOf(town.city, report.pdf, reading());
  expect(text).toContain('未对查询人开放，不作说明');
  expect(text).not.toContain('5000.00');
});

test('[JS-19, SH-20] without the firm’s own authorization, or of another kind, there is none', async () => {
  const { city } = town;
  const others = await town.granted(OTHER, ['PERFORMANCE']);
  const persons = await town.granted(PERSON, ['MANAGEMENT']);
  const firms = await town.granted(FIRM, ['PERFORMANCE'], { uses: 1 });
  expect(codeOf(await make(city, bank(), FINANCE))).toBe('AUTHORIZATION_REQUIRED');
  expect(codeOf(await make(city, bank(others), FINANCE))).toBe('AUTHORIZATION_REQUIRED');
  expect(codeOf(await make(city, bank(persons), { ...FINANCE, code: PERSON }))).toBe('BAD_USER_INPUT');
  expect(codeOf(await make(city, bank(), { code: FIRM }))).toBe('FORBIDDEN');
  expect(codeOf(await make(city, { token: town.officer, purpose: LOAN }, FINANCE))).toBe('FORBIDDEN');
  expect(codeOf(await make(city, { token: await town.subject(FIRM) }, { kind: 'FINANCE' }))).toBe(
    'FORBIDDEN',
  );
  expect(codeOf(await make(city, bank(firms), FINANCE))).toBe('ANSWERED');
  expect(codeOf(await make(city, bank(firms), FINANCE))).toBe('AUTHORIZATION_REQUIRED');
});

test('[SH-20] once the firm revokes it the report is not read again, though it still verifies', async () => {
  const authorization = await town.granted(FIRM, ['PERFORMANCE']);
  const report = await made(town.city, bank(authorization), FINANCE);
  expect((await fetched(town.city, report.json, reading())).status).toBe(200);
  await town.city.ask('mutation ($id: ID!) { revokeAuthorization(id: $id) { authorization { id } } }', {
    token: await town.subject(FIRM),
    variables: { id: authorization },
  });
  expect((await fetched(town.city, report.json, reading())).status).toBe(404);
  const verified = await fetch(
    `${town.city.running.url}/reports/verify?number=${report.number}&digest=${report.digest}`,
  );
  expect(await verified.json()).toMatchObject({ status: 'VALID', kind: 'FINANCE' });
});

test('[SH-30] a record withheld from the public is not in a bank’s report, unless the firm opened it', async () => {
  const { city } = town;
  await city
    .database('penalties')
    .query(
      `update administrative_penalty set public_until = '2026-03-01' where document_number = '310116-penalty-amr'`,
    );
  const held = async (categories: string[]) =>
    partOf(await made(city, bank(await town.granted(FIRM, categories)), FINANCE), 'AdministrativePenalty')
      ?.entries;
  expect(await held(['REGISTRATION'])).toEqual([]);
  expect(await held(['SUPERVISION'])).toHaveLength(1);
});
