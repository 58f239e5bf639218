import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type JWK, SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';
import { openPool } from '../../platform/postgres/pool.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';
import { type Agency, ENTITIES, about, openAgency, told } from './agency.ts';

let agency: Agency;
beforeAll(async () => {
  agency = await openAgency();
});
afterAll(() => agency.close());

interface Answer {
  data?: { _entities: { penalties: { totalCount: number }; inspections: { totalCount: number } }[] };
  errors?: { message: string; extensions: { code: string } }[];
  disclosed: { subjects: string[]; items: [number, number][] };
}

const post = (body: unknown): Promise<Response> =>
  fetch(`${agency.url}/questions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** The answers to a body, each at its question's place. */
async function ask(body: unknown): Promise<Answer[]> {
  const response = await post(body);
  expect(response.status).toBe(200);
  const answers: Answer[] = [];
  for (const line of (await response.text()).trimEnd().split('\n')) {
    const [index, answer] = JSON.parse(line) as [number, Answer];
    expect(answers[index]).toBeUndefined();
    answers[index] = answer;
  }
  return answers;
}

/** One question about firm and person under each of these grants. */
const underEach = (grants: string[]) => ({
  queries: [ENTITIES],
  grants,
  questions: grants.map((_, grant) => [0, grant, about(agency.firm, agency.person)]),
});

/** How many penalties and inspections of the firm, then of the person, an answer shows. */
const shown = (answer: Answer | undefined): number[] | undefined =>
  answer?.data?._entities.flatMap((e) => [e.penalties.totalCount, e.inspections.totalCount]);

const refused = (code: string) => ({
  errors: [expect.objectContaining({ extensions: expect.objectContaining({ code }) })],
  disclosed: { subjects: [], items: [] },
});

test('[SH-16][SH-18] callers of all kinds in one body get what each of them gets alone', async () => {
  const tokens = await Promise.all(
    Object.values(agency.grants).map((grant) => agency.signer.sign({ grant })),
  );
  const together = await ask(underEach([...tokens, ...tokens]));
  const names = Object.keys(agency.grants);
  expect(Object.fromEntries(names.map((name, i) => [name, shown(together[i])]))).toEqual({
    public: [2, 0, 0, 0],
    supervision: [2, 1, 0, 0],
    recruitment: [0, 0, 1, 0],
    firm: [2, 1, 0, 0],
    person: [0, 0, 1, 0],
    other: [0, 0, 0, 0],
    reference: [0, 0, 0, 0],
  });
  const alone: Answer[] = [];
  for (const token of tokens) alone.push(...(await ask(underEach([token]))));
  expect(together.map(told)).toEqual([...alone, ...alone].map(told));
});

describe('[SH-16] a question without a good grant', () => {
  const signed = async (key: JWK, expires: string) =>
    new SignJWT({ grant: agency.grants.firm as unknown as string })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(await importJWK(key, 'EdDSA'));
  const bad: Record<string, () => Promise<string>> = {
    'a forged one': async () => {
      const { privateKey } = await generateKeyPair('Ed25519', { extractable: true });
      return signed(await exportJWK(privateKey), '60s');
    },
    'one that has expired': () => signed(agency.gatewayKey, '-1s'),
    'one for a service': () => agency.signer.sign({ use: 'deliver' }),
    none: async () => '',
  };

  test.each(Object.entries(bad))('with %s, fails alone', async (_, made) => {
    const { signer, grants } = agency;
    const tokens = [await signer.sign({ grant: grants.firm }), await made()];
    tokens.push(await signer.sign({ grant: grants.public }));
    const [before, between, after] = await ask(underEach(tokens));
    expect([shown(before), between, shown(after)]).toEqual([
      [2, 1, 0, 0],
      refused('UNAUTHENTICATED'),
      [2, 0, 0, 0],
    ]);
  });

  test('because it names a place that holds none, fails alone', async () => {
    const body = underEach([await agency.signer.sign({ grant: agency.grants.firm })]);
    const others = [1, -1].map((place) => [0, place, about(agency.firm)]);
    expect(await ask({ ...body, questions: [...body.questions, ...others] })).toEqual([
      expect.objectContaining({ data: expect.anything() }),
      refused('UNAUTHENTICATED'),
      refused('UNAUTHENTICATED'),
    ]);
  });

  test.each(Object.entries(bad))(
    'and no other in the body (%s): 401, and nothing is read',
    async (_, made) => {
      const body = underEach([await made(), '']);
      const { value: response, statements } = await statementsDuring(() => post(body));
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({
        errors: [
          expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) }),
        ],
      });
      expect(perDatabase(statements)).toEqual({});
    },
  );
});

describe('what fails in one question', () => {
  const wrong: Record<string, [query: string, variables: object, code: string]> = {
    'a text that is no GraphQL': ['{ _entities(', {}, 'INTERNAL_SERVER_ERROR'],
    'a field that there is not': ['{ nothing }', {}, 'INTERNAL_SERVER_ERROR'],
    'a variable that is missing': [ENTITIES, {}, 'INTERNAL_SERVER_ERROR'],
    'a bomb of tokens': [`{ ${'_service { sdl } '.repeat(20_000)} }`, {}, 'TOO_COMPLEX'],
  };

  test.each(Object.entries(wrong))('%s: is its own', async (_, [query, variables, code]) => {
    const { queries, questions, grants } = underEach([
      await agency.signer.sign({ grant: agency.grants.firm }),
    ]);
    const body = { queries: [...queries, query], grants, questions: [[1, 0, variables], ...questions] };
    const [failed, good] = await ask(body);
    expect(failed).toEqual(refused(code));
    expect(shown(good)).toEqual([2, 1, 0, 0]);
  });

  test('a table that cannot be read: masked, and its own', async () => {
    const { city, firm, signer, grants } = agency;
    const owner = openPool(city.running.house.databases.penalties.migratorUrl, { max: 1 });
    await owner.query('alter table inspection rename to elsewhere');
    const list = (field: string) =>
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { ${field} { totalCount } } } }`;
    const answers = await ask({
      queries: [list('inspections'), list('penalties')],
      grants: [await signer.sign({ grant: grants.firm })],
      questions: [
        [0, 0, about(firm)],
        [1, 0, about(firm)],
      ],
    }).finally(async () => {
      await owner.query('alter table elsewhere rename to inspection');
      await owner.end();
    });
    expect(answers).toMatchObject([
      {
        data: { _entities: [{ inspections: null }] },
        errors: [
          {
            message: '内部错误 / internal error',
            path: expect.arrayContaining(['_entities', 0, 'inspections']),
            extensions: { code: 'INTERNAL_SERVER_ERROR' },
          },
        ],
      },
      { data: { _entities: [{ penalties: { totalCount: 2 } }] } },
    ]);
  });
});

test('answers leave as they are ready: a question that waits for a lock holds up none beside it', async () => {
  const { city, firm, signer, grants } = agency;
  const owner = openPool(city.running.house.databases.penalties.migratorUrl, { max: 1 });
  const list = (field: string) =>
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { ${field} { totalCount } } } }`;
  await owner.query('begin; lock table inspection');
  const response = await post({
    queries: [list('inspections'), list('penalties')],
    grants: [await signer.sign({ grant: grants.firm })],
    questions: [
      [0, 0, about(firm)],
      [1, 0, about(firm)],
    ],
  });
  const lines = createInterface(Readable.fromWeb(response.body as never));
  const next = async () => JSON.parse(((await once(lines, 'line')) as [string])[0]);
  expect(await next()).toMatchObject([1, { data: { _entities: [{ penalties: { totalCount: 2 } }] } }]);
  const last = next();
  await owner.query('commit');
  await owner.end();
  expect(await last).toMatchObject([0, { data: { _entities: [{ inspections: { totalCount: 1 } }] } }]);
});

describe('bodies that cannot be read are told so', () => {
  const reasonOf = async (response: Response): Promise<[number, string]> => {
    const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
    expect(errors).toEqual([{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }]);
    return [response.status, errors[0]?.message as string];
  };
  const question = [0, 0, {}];
  const good = { queries: [ENTITIES], grants: ['x'], questions: [question] };

  test.each<[string, unknown, RegExp]>([
    ['broken JSON', '{"queries": [', /JSON/],
    ['no object', [good], /the body/],
    ['no queries', { ...good, queries: undefined }, /queries/],
    ['grants that are no texts', { ...good, grants: [1] }, /grants/],
    ['no questions', { ...good, questions: [] }, /questions/],
    [
      'too many questions',
      { ...good, questions: Array.from({ length: 1_001 }, () => question) },
      /1 to 1000/,
    ],
    ['a question that is no list', { ...good, questions: [question, {}] }, /question 1/],
    ['a text that is not there', { ...good, questions: [[1, 0, {}]] }, /question 0/],
    ['variables that are a list', { ...good, questions: [[0, 0, []]] }, /question 0/],
    ['an operation name that is no text', { ...good, questions: [[0, 0, {}, 1]] }, /question 0/],
  ])('%s: 400', async (_, body, reason) => {
    const [status, message] = await reasonOf(await post(body));
    expect(status).toBe(400);
    expect(message).toMatch(reason);
  });

  test('over 16 MB: 413', async () => {
    const [status] = await reasonOf(await post({ ...good, queries: ['x'.repeat(16 * 1024 * 1024)] }));
    expect(status).toBe(413);
  });

  test('anything else than a POST is not there', async () => {
    expect((await fetch(`${agency.url}/questions`)).status).toBe(404);
  });
});
