import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';

const FIRM = firmCode(1);
const PERSON = personCode(1);
const ONE =
  'query ($code: String!, $name: String) { subject(code: $code, name: $name) { id kind name code } }';
const MANY = 'query ($codes: [String!]!) { subjects(codes: $codes) { name } }';

let city: City;

beforeAll(async () => {
  city = await City.open();
  await city.subject(FIRM, '上海余兰（集团）贸易有限公司', 'LEGAL_PERSON', '310116');
  await city.subject(PERSON, '张三', 'NATURAL_PERSON');
});
afterAll(() => city.close());

describe('a code', () => {
  const fullWidth = (text: string) =>
    text.replace(/[!-~]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0));

  test.each([
    ['as it is', FIRM],
    ['in lower case', FIRM.toLowerCase()],
    ['in full width', fullWidth(FIRM)],
    ['with blanks', ` ${FIRM.slice(0, 8)} ${FIRM.slice(8)}\u3000`],
  ])('[SH-5] of an organization leads to its one subject, %s', async (_, code) => {
    const { data, errors } = await city.ask(ONE, { variables: { code } });
    expect(errors).toBeUndefined();
    expect(data.subject).toMatchObject({
      code: FIRM,
      kind: 'LEGAL_PERSON',
      name: '上海余兰（集团）贸易有限公司',
    });
  });

  test('[SH-5] of a natural person is one with x, X and full-width Ｘ', async () => {
    const n = Array.from({ length: 100 }, (_, i) => i).find((i) => personCode(i).endsWith('X')) as number;
    const code = personCode(n);
    const id = await city.subject(code, '李四', 'NATURAL_PERSON');
    const token = await city.officer(UNIT.personnel);
    for (const written of [code, code.replace('X', 'x'), code.replace('X', 'Ｘ')]) {
      const { data } = await city.ask(ONE, {
        variables: { code: written },
        token,
        purpose: MATTER.recruitment,
      });
      expect(data.subject).toMatchObject({ id, code, kind: 'NATURAL_PERSON' });
    }
  });

  test.each([
    ['12345', /18/],
    [`${FIRM.slice(0, 17)}${FIRM.endsWith('0') ? '1' : '0'}`, /check/],
    [`${PERSON.slice(0, 17)}${PERSON.endsWith('0') ? '1' : '0'}`, /check/],
    ['31011619851301123X', /./],
    ['', /no code/],
  ])(
    '[SH-5] that is malformed (%j) is refused with the reason, which does not repeat it',
    async (code, reason) => {
      const { data, errors } = await city.ask(ONE, { variables: { code } });
      expect(data).toEqual({ subject: null });
      expect(errors).toMatchObject([
        { path: ['subject'], extensions: { code: 'BAD_USER_INPUT', argument: 'code' } },
      ]);
      expect(errors?.[0]?.message).toMatch(reason);
      if (code.length > 10) expect(JSON.stringify(errors)).not.toContain(code);
    },
  );

  test.each([
    ['a variable', ONE, { code: 'A\u0000' }],
    ['a literal', '{ searchSubjects(name: "上海\\u0000") { nodes { id } } }', {}],
  ])('with a NUL in %s is refused before any agency is asked', async (_, query, variables) => {
    const { data, errors } = await city.ask(query, { variables });
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('[SH-5] that nobody has answers null, without an error', async () => {
    for (const code of [firmCode(999), personCode(999)]) {
      const { data, errors } = await city.ask(ONE, { variables: { code, name: '张三' } });
      expect({ data, errors }).toEqual({ data: { subject: null }, errors: undefined });
    }
  });
});

test('[SH-2] the three kinds of subject are told apart', async () => {
  const partnership = firmCode(7);
  await city.running.house.subgraphs.registration.subjects?.register([
    {
      code: partnership,
      codeKind: 'USCC',
      kind: 'UNINCORPORATED_ORGANIZATION',
      name: '金山合伙企业',
      jurisdiction: '310116',
    },
  ]);
  const token = await city.officer(UNIT.center);
  const kinds = await city.ask('query ($codes: [String!]!) { subjects(codes: $codes) { kind } }', {
    variables: { codes: [PERSON, FIRM, partnership] },
    token,
    purpose: MATTER.quality,
  });
  expect(kinds.data.subjects).toEqual([
    { kind: 'NATURAL_PERSON' },
    { kind: 'LEGAL_PERSON' },
    { kind: 'UNINCORPORATED_ORGANIZATION' },
  ]);
});

describe('subjects(codes)', () => {
  const codes = Array.from({ length: 1000 }, (_, i) => firmCode(1000 + i));

  test('[SH-5] keeps the order of the codes, repeats included, with null for the unknown', async () => {
    await city.subject(firmCode(2), '甲公司');
    const asked = [firmCode(2), firmCode(998), FIRM, firmCode(2)];
    const { data } = await city.ask(MANY, { variables: { codes: asked } });
    expect(data.subjects.map((s: { name: string } | null) => s?.name ?? null)).toEqual([
      '甲公司',
      null,
      '上海余兰（集团）贸易有限公司',
      '甲公司',
    ]);
  });

  test('takes 1,000 codes and refuses 1,001', async () => {
    const most = await city.ask(MANY, { variables: { codes } });
    expect(most.data.subjects).toHaveLength(1000);
    const more = await city.ask(MANY, { variables: { codes: [...codes, FIRM] } });
    expect(more.data).toBeNull();
    expect(more.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'codes' } }]);
  });

  test('names the code that is malformed', async () => {
    const { errors } = await city.ask(MANY, { variables: { codes: [FIRM, 'x'] } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'codes[1]' } }]);
  });
});
