import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { notStored } from '../../gateway/http/security.ts';
import { type SmallWorld, ask, smallWorld } from './world.ts';

let world: SmallWorld;
const unexpected: unknown[] = [];
beforeAll(async () => {
  world = await smallWorld(
    { onUnexpected: (error) => unexpected.push(error) },
    { before: (app) => app.use('/graphql', notStored) },
  );
});
afterAll(() => world.close());

const post = (type: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${world.url}/graphql`, { method: 'POST', headers: { 'content-type': type, ...headers }, body });

interface Answer {
  data?: Record<string, unknown>;
  errors?: { message: string; extensions: { code: string } }[];
}
const told = async (response: Response): Promise<[number, string | undefined]> => {
  expect(response.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
  return [response.status, ((await response.json()) as Answer).errors?.[0]?.extensions.code];
};

describe('what another site could make a browser send', () => {
  test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
    'a simple POST as %s is refused',
    async (type) => {
      const response = await post(type, JSON.stringify({ query: 'mutation { shout(word: "x") }' }));
      expect(await told(response)).toEqual([400, 'BAD_REQUEST']);
    },
  );

  test('a simple GET is refused', async () => {
    expect(await told(await fetch(`${world.url}/graphql?query={hello}`))).toEqual([400, 'BAD_REQUEST']);
  });

  test('a POST of another origin gets no leave to read the answer', async () => {
    const response = await ask(world.url, '{ hello }', { origin: 'https://elsewhere.example' });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('bodies that cannot be read are told so as JSON, in the shape of GraphQL errors', () => {
  test('broken JSON: 400', async () => {
    expect(await told(await post('application/json', '{"query": "{ hello'))).toEqual([400, 'BAD_REQUEST']);
  });

  test('a body over the limit: 413', async () => {
    const body = JSON.stringify({ query: '{ hello }', variables: { pad: 'x'.repeat(17_000_000) } });
    expect(await told(await post('application/json', body))).toEqual([413, 'BAD_REQUEST']);
  });

  test('an unknown charset: 415', async () => {
    expect(await told(await post('application/json; charset=nonsense', '{}'))).toEqual([415, 'BAD_REQUEST']);
  });

  test('an unknown encoding: 415', async () => {
    expect(await told(await post('application/json', '{}', { 'content-encoding': 'nonsense' }))).toEqual([
      415,
      'BAD_REQUEST',
    ]);
  });

  test.each(['null', '[]', '"text"', '{"query": 1}'])('JSON that is no request, %s: 400', async (body) => {
    expect(await told(await post('application/json', body))).toEqual([400, 'BAD_REQUEST']);
  });
});

describe('methods', () => {
  test('GET answers a query and refuses a mutation', async () => {
    const get = (query: string) =>
      fetch(`${world.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { 'apollo-require-preflight': '1' },
      });
    expect(await (await get('{ hello(name: "信用") }')).json()).toEqual({ data: { hello: 'hello 信用' } });
    const refused = await get('mutation { shout(word: "x") }');
    expect(refused.status).toBe(405);
    expect(refused.headers.get('allow')).toBe('POST');
  });

  test.each(['PUT', 'DELETE', 'PATCH'])('%s is not allowed', async (method) => {
    const init = {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ hello }' }),
    };
    const response = await fetch(`${world.url}/graphql`, init);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
  });

  test('an unknown address is 404 as JSON', async () => {
    expect(await told(await fetch(`${world.url}/nowhere`))).toEqual([404, 'NOT_FOUND']);
  });
});

describe('answers', () => {
  test('are not stored by browsers or proxies, not sniffed, not framed, and do not name the server', async () => {
    const { headers } = await ask(world.url, '{ hello }');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('hold nothing of what went wrong inside a subgraph', async () => {
    const text = await (await ask(world.url, '{ broken }')).text();
    expect(text).toContain('INTERNAL_SERVER_ERROR');
    expect(text).not.toMatch(/ECONNREFUSED|10\.9\.8\.7|stacktrace|127\.0\.0\.1|node_modules/);
    expect(unexpected).not.toEqual([]);
  });

  test.each([
    ['two operations and no name', { query: 'query A { hello } query B { hello }' }],
    ['a name that no operation has', { query: 'query A { hello }', operationName: 'B' }],
    ['a root type that the schema has not', { query: 'subscription { hello }' }],
  ])("%s: the mistake is the client's, 400", async (_, request) => {
    const before = unexpected.length;
    expect(await told(await post('application/json', JSON.stringify(request)))).toEqual([
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ]);
    expect(unexpected).toHaveLength(before);
  });

  test('an error of the request keeps its place and code', async () => {
    const response = await ask(world.url, '{ nonesuch }');
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as Answer;
    expect(errors).toEqual([
      expect.objectContaining({
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      }),
    ]);
  });
});
