import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { JOB, START } from '../checks/desk.ts';
import { made } from '../reports/reporting.ts';
import { type OnFile, Objecting } from '../rights/objecting.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';
import { GRANT } from './authorized.ts';

/** Everything that a subject sees of itself, by one query. */
const SELF = `{ me { id name
  penalties { nodes { documentNumber item { code } provider { code } dispute { stage } } }
  repairs { totalCount }
  accessHistory(first: 50) { totalCount nodes { id at basis unit { code } officer channel matter matterName agreedPurpose items { code class } } }
  authorizations { totalCount nodes { id grantee { code } categories purpose validUntil uses used revokedAt } }
  jobs { totalCount nodes { id matter state done } }
  creditReports { totalCount nodes { number kind madeOn } } }
  objections { totalCount nodes { id ground stage } } }`;

const LOOK = 'query L($code: String!) { subject(code: $code) { penalties { nodes { title } } } }';

let city: City;
let objecting: Objecting;
let center: string;

beforeAll(async () => {
  city = await City.open();
  objecting = new Objecting(city);
  center = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
});
afterAll(() => city.close());

const self = async (code: string) => {
  const answer = await city.ask(SELF, { token: await city.token({ role: 'subject', code }) });
  expect(answer.errors).toBeUndefined();
  return answer.data;
};

const KINDS = [
  { who: 'a firm', item: 'amr' },
  { who: 'a person', item: 'amr-p' },
];

describe.each(KINDS)('[SR-29, SH-20] $who sees by `me`', ({ item }) => {
  const purpose = MATTER.quality;
  let of: OnFile;
  let subject: string;
  const receipts: Record<'single' | 'batch' | 'delayed', string> = { single: '', batch: '', delayed: '' };
  let authorization: string;
  let report: string;

  beforeAll(async () => {
    objecting.on('2026-03-02');
    of = await objecting.penalty('310116', {}, item);
    subject = await objecting.subject(of.code);
    const variables = { code: of.code };
    const look = async (token: string, delay?: string) =>
      (
        await city.ask(LOOK, {
          token,
          purpose: { matter: purpose, ...(delay && { undisclosedUntil: delay }) },
          variables,
        })
      ).extensions?.receipt as string;
    receipts.single = await look(center);
    const authority = await city.token({ role: 'authority', unit: UNIT.center, name: '孙八' });
    receipts.delayed = await look(authority, '2026-03-31');
    const started = await city.ask(START, {
      token: center,
      purpose,
      variables: { input: { codes: [of.code] } },
    });
    expect(started.errors).toBeUndefined();
    const { id } = started.data.startBatchCheck.job;
    const done = async () =>
      (await city.ask(JOB, { token: center, variables: { id } })).data.job.state === 'DONE';
    await city.until(done);
    const { rows } = await city
      .database('access')
      .query(`select id from journal_entry where operation like 'batchCheck job ' || $1 || '%'`, [id]);
    receipts.batch = rows[0].id;
    const granted = await city.ask(GRANT, {
      token: subject,
      variables: {
        input: {
          method: 'ONLINE',
          grantee: UNIT.market,
          categories: ['SUPERVISION'],
          purpose: '贷款审批',
          validFrom: '2026-03-01',
          validUntil: '2026-04-30',
        },
      },
    });
    authorization = granted.data.grantAuthorization.authorization.id;
    expect((await objecting.file(of)).errors).toBeUndefined();
    report = (await made(city, { token: subject })).number;
  });

  test('what is held, who looked and why, its authorizations, objections, repairs and reports', async () => {
    const { me, objections } = await self(of.code);
    expect(me).toMatchObject({
      id: of.subjectId,
      name: of.name,
      penalties: {
        nodes: [
          {
            item: { code: `310116-penalty-${item}` },
            provider: { code: of.provider },
            dispute: { stage: expect.any(String) },
          },
        ],
      },
      repairs: { totalCount: 0 },
      authorizations: {
        totalCount: 1,
        nodes: [
          {
            id: authorization,
            grantee: { code: UNIT.market },
            categories: ['SUPERVISION'],
            purpose: '贷款审批',
            used: 0,
            revokedAt: null,
          },
        ],
      },
      creditReports: { totalCount: 1, nodes: [{ number: report, kind: 'STANDARD', madeOn: '2026-03-02' }] },
      // It started none itself.
      jobs: { totalCount: 0, nodes: [] },
    });
    expect(objections).toMatchObject({ totalCount: 1, nodes: [{ ground: 'ERROR_OR_OMISSION' }] });
    const looks = new Map(me.accessHistory.nodes.map((look: { id: string }) => [look.id, look]));
    for (const receipt of [receipts.single, receipts.batch])
      expect(looks.get(receipt)).toMatchObject({
        basis: 'MATTER',
        unit: { code: UNIT.center },
        officer: null,
        matter: purpose,
        matterName: expect.stringMatching(/./),
        items:
          receipt === receipts.single
            ? [{ code: `310116-penalty-${item}`, class: 'SUPERVISION' }]
            : expect.anything(),
      });
    expect(looks.has(receipts.delayed)).toBe(false);
    expect(me.accessHistory.totalCount).toBe(looks.size);
  });

  test('a delayed look from the day after its last on', async () => {
    const seen = async () =>
      (await self(of.code)).me.accessHistory.nodes.some(({ id }: { id: string }) => id === receipts.delayed);
    objecting.on('2026-03-31');
    expect(await seen()).toBe(false);
    objecting.on('2026-04-01');
    expect(await seen()).toBe(true);
    objecting.on('2026-03-02');
  });

  test('and nobody else sees whom it authorized or which reports it has, save the center with a purpose', async () => {
    const query =
      'query A($code: String!) { subject(code: $code) { id authorizations { nodes { id } } creditReports { nodes { number } } } }';
    const variables = { code: of.code };
    const asked = await city.ask(query, { token: center, purpose, variables });
    expect(asked.data.subject.authorizations.nodes).toEqual([{ id: authorization }]);
    expect(asked.data.subject.creditReports.nodes).toEqual([{ number: report }]);
    const authority = await city.token({ role: 'authority', unit: UNIT.center, name: '孙八' });
    const refused = await city.ask(query, { token: authority, purpose, variables });
    expect(refused.data.subject).toEqual({ id: of.subjectId, authorizations: null, creditReports: null });
    expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    const toPublic = (await city.ask(query, { variables })).data.subject;
    expect([toPublic?.authorizations ?? null, toPublic?.creditReports ?? null]).toEqual([null, null]);
  });
});

test('[SH-20b] a firm that checks others as a unit sees its jobs by `me`, and no other firm does', async () => {
  await city.subject(UNIT.market, '金山区市场监督管理局');
  const officer = await city.officer(UNIT.market);
  const { data } = await city.ask(START, {
    token: officer,
    purpose: MATTER.supervision,
    variables: { input: { codes: ['乱写'] } },
  });
  const { id } = data.startBatchCheck.job;
  await city.until(
    async () => (await city.ask(JOB, { token: officer, variables: { id } })).data.job.state === 'DONE',
  );
  expect((await self(UNIT.market)).me.jobs).toEqual({
    totalCount: 1,
    nodes: [{ id, matter: MATTER.supervision, state: 'DONE', done: 1 }],
  });
  const results = await city.ask('{ me { jobs { nodes { results { nodes { line } } } } } }', {
    token: await city.token({ role: 'subject', code: UNIT.market }),
  });
  expect(results.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  const foreign = await city.ask(
    'query F($code: String!) { subject(code: $code) { id jobs { totalCount } } }',
    {
      token: officer,
      purpose: MATTER.supervision,
      variables: { code: UNIT.market },
    },
  );
  expect(foreign.data.subject.jobs).toBeNull();
  expect(foreign.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('[SH-20] authorizations and reports of many subjects are read by one statement each', async () => {
  const firms = await Promise.all([1, 2, 3].map(() => objecting.penalty('310116')));
  const query =
    'query A($codes: [String!]!) { subjects(codes: $codes) { authorizations { totalCount nodes { id } } creditReports { totalCount nodes { number } } } }';
  const cost = async (codes: string[]) => {
    const { statements } = await statementsDuring(() =>
      city.ask(query, { token: center, purpose: MATTER.quality, variables: { codes } }),
    );
    return perDatabase(statements)['access'];
  };
  const codes = firms.map(({ code }) => code);
  expect(await cost(codes)).toBe(await cost(codes.slice(0, 1)));
});
