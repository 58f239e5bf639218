import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { personCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';

const QUERY = `query Look($code: String!, $name: String) {
  subject(code: $code, name: $name) { id name code maskedCode enforcements { totalCount } penalties { totalCount } } }`;

const OPEN = personCode(1);
const CLOSED = personCode(2);
const WITHHELD = personCode(3);

/** Questions to which the answer must not tell that anybody is on file. */
const NOTHING: Record<string, { code: string; name?: string }> = {
  'a wrong name': { code: OPEN, name: '李四' },
  'no name': { code: OPEN },
  'an empty name': { code: OPEN, name: '' },
  'a person without public items': { code: CLOSED, name: '王五' },
  'a person whose only public item is withheld': { code: WITHHELD, name: '赵六' },
  'a person that is not on file': { code: personCode(999), name: '张三' },
};

let city: City;

beforeAll(async () => {
  city = await City.open();
  const open = await city.subject(OPEN, '张三', 'NATURAL_PERSON');
  await city.record(open, '310116-enforcement-court-p', { documentNumber: 'E1' });
  const closed = await city.subject(CLOSED, '王五', 'NATURAL_PERSON');
  await city.record(closed, '310116-penalty-amr-p', { documentNumber: 'P1' });
  await city.record(closed, '310116-act-hr-p', { documentNumber: 'A1' });
  await city.record(closed, '310116-enforcement-court-p', {
    documentNumber: 'E2',
    visibleUntil: '2026-03-01',
  });
  const withheld = await city.subject(WITHHELD, '赵六', 'NATURAL_PERSON');
  await city.record(withheld, '310116-enforcement-court-p', { documentNumber: 'E3' });
  await city
    .database('judicial')
    .query("update enforcement set public_until = '2026-03-01' where document_number = 'E3'");
});
afterAll(() => city.close());

/** A whole answer as it goes over the wire, without the date and the number of its journal entry. */
async function wire(variables: object): Promise<string> {
  const response = await city.post(QUERY, { variables: variables as Record<string, unknown> });
  const { date: _, etag: __, ...headers } = Object.fromEntries(response.headers);
  const body = (await response.text()).replace(/"receipt":"[0-9a-f-]{36}"/, '"receipt":"…"');
  return JSON.stringify([response.status, headers, body]);
}

test('[JS-4] the right code and name together answer, with public items and a masked code', async () => {
  for (const name of ['张三', ' 张 三 ']) {
    const { data, errors } = await city.ask(QUERY, { variables: { code: OPEN, name } });
    expect(errors).toBeUndefined();
    expect(data.subject).toMatchObject({
      name: '张三',
      code: null,
      enforcements: { totalCount: 1 },
      penalties: { totalCount: 0 },
    });
  }
});

test('[JS-4] code and name may be literals, defaults of variables, or come through a fragment', async () => {
  const pair = `code: "${OPEN}", name: "张三"`;
  for (const query of [
    `{ subject(${pair}) { name } }`,
    `query ($c: String! = "${OPEN}", $n: String = "张三") { subject(code: $c, name: $n) { name } }`,
    `{ ...Q } fragment Q on Query { subject: subject(${pair}) { name } }`,
  ]) {
    expect((await city.ask(query)).data).toEqual({ subject: { name: '张三' } });
  }
});

test('[JS-4] every other question gets one and the same answer, byte for byte', async () => {
  const answers = new Map<string, string>();
  for (const [what, variables] of Object.entries(NOTHING)) answers.set(what, await wire(variables));
  const reference = answers.get('a person that is not on file') as string;
  expect(reference).toContain('{\\"data\\":{\\"subject\\":null}');
  for (const [what, answer] of answers) expect([what, answer]).toEqual([what, reference]);
});

test('[JS-4] and costs the same statements in the same databases', async () => {
  await wire({ code: OPEN, name: '张三' });
  const costs = new Map<string, Record<string, number>>();
  for (const [what, variables] of Object.entries(NOTHING)) {
    const { statements } = await statementsDuring(() => wire(variables));
    costs.set(what, perDatabase(statements));
  }
  const reference = costs.get('a person that is not on file');
  expect(reference).toMatchObject({
    registration: expect.any(Number),
    penalties: 1,
    judicial: 1,
    honors: 1,
    objections: 1,
  });
  for (const [what, cost] of costs) expect([what, cost]).toEqual([what, reference]);
});

test('[JS-4] persons are asked for one at a time', async () => {
  const two = `{ a: subject(code: "${OPEN}", name: "张三") { id } b: subject(code: "${CLOSED}", name: "王五") { id } }`;
  expect(await city.ask(two)).toMatchObject({ errors: [{ extensions: { code: 'TOO_COMPLEX' } }] });
});

test('[JS-4] and never by a list of codes', async () => {
  const { data } = await city.ask('query ($codes: [String!]!) { subjects(codes: $codes) { id } }', {
    variables: { codes: [OPEN, CLOSED] },
  });
  expect(data).toEqual({ subjects: [null, null] });
});

test('[JS-4][SH-19] a look at a person is journaled though the public makes it, naming nobody it did not tell of', async () => {
  const entryOf = async (variables: Record<string, unknown>) => {
    const { extensions } = await city.ask(QUERY, { variables });
    const { rows } = await city
      .database('access')
      .query('select role, channel, subjects from journal_entry where id = $1', [extensions?.receipt]);
    return rows[0];
  };
  const id = city.running.house.pseudonym(OPEN);
  expect(await entryOf({ code: OPEN, name: '张三' })).toEqual({
    role: null,
    channel: 'website',
    subjects: [id],
  });
  expect(await entryOf({ code: OPEN, name: '李四' })).toEqual({
    role: null,
    channel: 'website',
    subjects: [],
  });
});

test('[JS-4] an agency that is down neither opens nor breaks the answer', async () => {
  await city.reachable('penalties', false);
  try {
    const known = await city.ask(QUERY, { variables: { code: OPEN, name: '张三' } });
    expect(known).toMatchObject({
      data: { subject: { name: '张三', enforcements: { totalCount: 1 }, penalties: null } },
    });
    const unknown = await city.ask(QUERY, { variables: { code: CLOSED, name: '王五' } });
    expect(unknown).toMatchObject({ data: { subject: null } });
  } finally {
    await city.reachable('penalties', true);
  }
});
