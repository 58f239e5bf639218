import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AskOptions, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';

const FIRM = firmCode(1);
const PERSON = personCode(1);

/** Everything put on file, by the item it was collected under. */
const FIRM_ITEMS = [
  '310116-penalty-amr', // PUBLIC, opened by licence, supervision, discretion
  '310116-penalty-em', // PUBLIC, opened by tender too
  '320600-penalty-amr', // PUBLIC, of another city: opened by supervision, not by licence
  '310116-inspection-amr', // SHARED, opened by supervision and discretion, not by licence
  '310116-arrears-tax', // SHARED, opened by licence and supervision
  '310116-contract-hc', // SHARED, opened by supervision and tender
  '310116-act-nr', // SHARED, opened by supervision
];
const PERSON_ITEMS = [
  '310116-enforcement-court-p', // PUBLIC
  '310116-penalty-amr-p', // SHARED, opened by recruitment
  '320600-penalty-amr-p', // SHARED, opened by no matter of ours
  '310116-act-hr-p', // AUTHORIZED
  '310116-qualification-hr-p', // AUTHORIZED
];

const LISTS = [
  'penalties',
  'inspections',
  'arrears',
  'contractRecords',
  'administrativeActs',
  'enforcements',
  'qualifications',
];
const FILE = `query ($code: String!, $name: String) { subject(code: $code, name: $name) { ...File } }
  fragment File on Subject { ${LISTS.map((l) => `${l} { totalCount nodes { item { code } } edges { node { id } } }`).join(' ')} }`;
const OWN_FILE = FILE.replace(
  'query ($code: String!, $name: String) { subject(code: $code, name: $name)',
  '{ me',
);

let city: City;
let officer: string;

beforeAll(async () => {
  city = await City.open();
  officer = await city.officer(UNIT.market);
  const firm = await city.subject(FIRM, '上海余兰贸易有限公司', 'LEGAL_PERSON', '310116');
  const person = await city.subject(PERSON, '张三', 'NATURAL_PERSON');
  const own = { remarks: '内部备注', amount: '5000.00', counterparty: '乙公司' };
  for (const item of FIRM_ITEMS) await city.record(firm, item, { documentNumber: item, own });
  for (const item of PERSON_ITEMS)
    await city.record(person, item, { documentNumber: item, own: { qualificationName: '一级建造师' } });
});
afterAll(() => city.close());

interface List {
  totalCount: number;
  nodes: { item: { code: string } }[];
  edges: unknown[];
}

/** The items that an answer shows, after checking that count, nodes and edges agree. */
function shown(file: Record<string, List> | null): string[] | null {
  if (!file) return null;
  for (const list of Object.values(file)) {
    expect(list.nodes).toHaveLength(list.totalCount);
    expect(list.edges).toHaveLength(list.totalCount);
  }
  return Object.values(file)
    .flatMap((list) => list.nodes.map((node) => node.item.code))
    .toSorted();
}

const seen = async (options: AskOptions, query = FILE): Promise<string[] | null> => {
  const { data, errors } = await city.ask(query, options);
  expect(errors).toBeUndefined();
  return shown(data.subject ?? data.me ?? null);
};

const publicOf = (items: string[]) => items.slice(0, 3).toSorted();

describe('the file of an organization', () => {
  const variables = { code: FIRM };

  test('[SH-16][NT-19][ZD-21] to the public: items of the tier PUBLIC, wherever they come from', async () => {
    expect(await seen({ variables })).toEqual(publicOf(FIRM_ITEMS));
  });

  test.each([
    ['licence', UNIT.market, ['310116-arrears-tax', '310116-penalty-amr', '310116-penalty-em']],
    ['supervision', UNIT.market, FIRM_ITEMS.toSorted()],
    ['discretion', UNIT.enforcement, ['310116-inspection-amr', '310116-penalty-amr', '310116-penalty-em']],
    ['tender', UNIT.construction, ['310116-contract-hc', '310116-penalty-em']],
  ] as const)(
    '[SH-18][JS-14] to an officer: exactly what the matter %s opens',
    async (matter, unit, items) => {
      const token = await city.officer(unit);
      expect(await seen({ variables, token, purpose: MATTER[matter] })).toEqual(items);
    },
  );

  test('[JS-14][SH-20] to a credit service agency: what is public, until a subject authorizes more', async () => {
    const token = await city.token({ role: 'service', unit: UNIT.market, name: '赵六' });
    expect(await seen({ variables, token, purpose: MATTER.supervision })).toEqual(publicOf(FIRM_ITEMS));
  });

  test('[SH-16] to itself: everything', async () => {
    const token = await city.token({ role: 'subject', code: FIRM });
    expect(await seen({ token }, OWN_FILE)).toEqual(FIRM_ITEMS.toSorted());
  });

  test('[SH-16] to another subject: what is public', async () => {
    const token = await city.token({ role: 'subject', code: PERSON });
    expect(await seen({ variables, token })).toEqual(publicOf(FIRM_ITEMS));
  });
});

describe('the file of a natural person', () => {
  const variables = { code: PERSON, name: '张三' };

  test('[JS-4] to the public that names it: public items', async () => {
    expect(await seen({ variables })).toEqual(['310116-enforcement-court-p']);
  });

  test('[SH-18][JS-14] to an officer: shared items in scope, never authorized ones', async () => {
    const token = await city.officer(UNIT.personnel);
    const items = ['310116-enforcement-court-p', '310116-penalty-amr-p'];
    expect(await seen({ variables, token, purpose: MATTER.recruitment })).toEqual(items);
  });

  test('[SH-18] to an officer whose matter does not concern persons: refused, and absent from lists', async () => {
    const asked = { token: officer, purpose: MATTER.supervision };
    const one = await city.ask(FILE, { ...asked, variables });
    expect(one).toMatchObject({
      data: { subject: null },
      errors: [{ extensions: { code: 'PURPOSE_NOT_ALLOWED' } }],
    });
    const many = await city.ask('query ($codes: [String!]!) { subjects(codes: $codes) { id } }', {
      ...asked,
      variables: { codes: [PERSON] },
    });
    expect(many.data).toBeNull();
  });

  test('[JS-14] to a credit service agency: nothing', async () => {
    const token = await city.token({ role: 'service', unit: UNIT.personnel, name: '赵六' });
    expect(await seen({ variables, token, purpose: MATTER.recruitment })).toBeNull();
  });

  test('[SH-16] to itself: everything, with its full code; [JS-4] to others masked', async () => {
    const token = await city.token({ role: 'subject', code: PERSON.toLowerCase() });
    expect(await seen({ token }, OWN_FILE)).toEqual(PERSON_ITEMS.toSorted());
    const codes = 'code maskedCode';
    const own = await city.ask(`{ me { ${codes} } }`, { token });
    const others = await city.ask(
      `query ($code: String!, $name: String) { subject(code: $code, name: $name) { ${codes} } }`,
      { variables },
    );
    const maskedCode = `${PERSON.slice(0, 6)}**********${PERSON.slice(-2)}`;
    expect(own.data.me).toEqual({ code: PERSON, maskedCode });
    expect(others.data.subject).toEqual({ code: null, maskedCode });
  });
});

describe('fields', () => {
  const query =
    'query ($code: String!) { subject(code: $code) { penalties { nodes { sources remarks } } contractRecords { nodes { counterparty amount } } } }';
  const variables = { code: FIRM };

  test('[NT-19][SH-16] SHARED is null for the public, without a word', async () => {
    const { data, errors } = await city.ask(query, { variables });
    expect(errors).toBeUndefined();
    expect(data.subject.penalties.nodes).toEqual([1, 2, 3].map(() => ({ sources: null, remarks: null })));
    expect(data.subject.contractRecords.nodes).toEqual([]);
  });

  test('[NT-19][JS-14] SHARED answers an officer; AUTHORIZED is null, with an error for its path', async () => {
    const { data, errors } = await city.ask(query, {
      variables,
      token: officer,
      purpose: MATTER.supervision,
    });
    expect(data.subject.penalties.nodes[0]).toMatchObject({
      remarks: '内部备注',
      sources: [expect.any(String)],
    });
    expect(data.subject.contractRecords.nodes).toEqual([{ counterparty: '乙公司', amount: null }]);
    expect(errors).toMatchObject([
      {
        path: ['subject', 'contractRecords', 'nodes', 0, 'amount'],
        extensions: { code: 'AUTHORIZATION_REQUIRED' },
      },
    ]);
  });

  test('[NT-19] AUTHORIZED answers the subject itself', async () => {
    const token = await city.token({ role: 'subject', code: FIRM });
    const { data, errors } = await city.ask('{ me { contractRecords { nodes { amount } } } }', { token });
    expect(errors).toBeUndefined();
    expect(data.me.contractRecords.nodes).toEqual([{ amount: '5000.00' }]);
  });

  test('[NT-19] are each caller’s own, whoever was allowed them before or at the same time', async () => {
    const FIELDS = 'penalties { nodes { remarks } } contractRecords { nodes { amount } }';
    const own = { token: await city.token({ role: 'subject', code: FIRM }) };
    const other = { token: await city.token({ role: 'subject', code: PERSON }) };
    const service = await city.token({ role: 'service', unit: UNIT.market, name: '赵六' });
    const ofPublic = { remarks: null, amounts: [], refused: 0 };
    // Who has a token is told.
    const told = { ...ofPublic, refused: 3 };
    const callers = {
      public: { options: {}, sees: ofPublic },
      other: { options: other, sees: told },
      service: {
        options: { token: service, purpose: MATTER.supervision },
        sees: told,
      },
      officer: {
        options: { token: officer, purpose: MATTER.supervision },
        sees: { remarks: '内部备注', amounts: [null], refused: 1 },
      },
      itself: { options: own, sees: { remarks: '内部备注', amounts: ['5000.00'], refused: 0 } },
    };
    const names = Object.keys(callers) as (keyof typeof callers)[];
    const answered = async (name: keyof typeof callers) => {
      const root = name === 'itself' ? 'me' : `subject(code: "${FIRM}")`;
      const { data, errors } = await city.ask(`{ file: ${root} { ${FIELDS} } }`, callers[name].options);
      const { penalties, contractRecords } = data.file;
      const found = {
        remarks: penalties.nodes[0].remarks as string | null,
        amounts: contractRecords.nodes.map(({ amount }: { amount: string | null }) => amount),
        refused: errors?.length ?? 0,
      };
      expect([name, found]).toEqual([name, callers[name].sees]);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 6 }), { maxLength: 4 }),
        async (turns) => {
          for (const together of turns) await Promise.all(together.map(answered));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('nothing at all', () => {
  const refused = async (options: AskOptions, code: string, status: number, query = FILE) => {
    const response = await city.post(query, { variables: { code: FIRM }, ...options });
    expect(response.status).toBe(status);
    const body = await response.json();
    expect(body).toMatchObject({ errors: [{ extensions: { code } }] });
    expect(body).not.toHaveProperty('data');
  };

  test('[SH-18] under a matter of another unit, or an unknown one, in the same words', async () => {
    await refused({ token: officer, purpose: MATTER.discretion }, 'PURPOSE_NOT_ALLOWED', 403);
    await refused({ token: officer, purpose: 'no-such-matter' }, 'PURPOSE_NOT_ALLOWED', 403);
    const words = async (purpose: string) =>
      (
        await city.ask(FILE, { variables: { code: FIRM }, token: officer, purpose })
      ).errors?.[0]?.message.replaceAll(purpose, '…');
    expect(await words(MATTER.discretion)).toBe(await words('no-such-matter'));
  });

  test('[SH-19] without a purpose, for every role that has a token', async () => {
    for (const role of ['agency', 'provider', 'center', 'authority', 'service'] as const) {
      await refused(
        { token: await city.token({ role, unit: UNIT.center, name: '王五' }) },
        'PURPOSE_REQUIRED',
        403,
      );
    }
  });

  test('[SH-31] with a token that is expired, forged, unsigned, of another issuer or without claims', async () => {
    const good = await city.officer(UNIT.market);
    const [head = '', body = '', signature = ''] = good.split('.');
    const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const tokens = [
      await city.token({ role: 'agency', unit: UNIT.market, name: '王五' }, '-1s'),
      `${head}.${json({ ...claims, unit: UNIT.center, role: 'center' })}.${signature}`,
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      `${json({ alg: 'none' })}.${body}.x`,
      `${json({ alg: 'HS256' })}.${body}.${signature}`,
      await city.token({ role: 'agency' }),
      await city.token({ role: 'subject' }),
      await city.token({ role: 'mayor' as 'center', unit: UNIT.market, name: '王五' }),
      'x',
    ];
    for (const token of tokens) await refused({ token, purpose: MATTER.supervision }, 'UNAUTHENTICATED', 401);
  });

  test('[SH-16] of `me` to the public and to officers', async () => {
    await refused({}, 'UNAUTHENTICATED', 401, '{ me { id } }');
    const { data, errors } = await city.ask('{ me { id } }', { token: officer, purpose: MATTER.supervision });
    expect({ data, code: errors?.[0]?.extensions.code }).toEqual({
      data: { me: null },
      code: 'AUTHORIZATION_REQUIRED',
    });
  });

  test('[JS-4] of others in one query with `me`', async () => {
    const token = await city.token({ role: 'subject', code: PERSON });
    const both = `query ($code: String!) { me { id } ...Other } fragment Other on Query { o: subject(code: $code) { penalties { totalCount } } }`;
    await refused({ token }, 'BAD_USER_INPUT', 400, both);
  });
});
