import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type SmallWorld, ask, smallWorld } from './world.ts';

/** How a subgraph may fail on the way to its answer. */
const failures: Record<string, RequestListener> = {
  'says nothing within its time': () => {},
  'stops in the middle of its answer': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":');
  },
  'breaks the connection': (request) => void request.socket.destroy(),
  'answers something else than JSON': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>10.9.8.7');
  },
  'is refused by something in between': (_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"host":"10.9.8.7"}');
  },
};

let fail: RequestListener = () => {};
const failing = createServer((request, response) => fail(request, response));
let world: SmallWorld;
const unexpected: unknown[] = [];
beforeAll(async () => {
  await new Promise<void>((resolve) => failing.listen(0, '127.0.0.1', resolve));
  world = await smallWorld({
    subgraphs: { small: `http://127.0.0.1:${(failing.address() as AddressInfo).port}` },
    timeout: 100,
    onUnexpected: (error) => unexpected.push(error),
  });
});
afterAll(async () => {
  await world.close();
  failing.closeAllConnections();
  failing.close();
});

test.each(Object.keys(failures))('a subgraph that %s costs its fields and is named', async (name) => {
  fail = failures[name] as RequestListener;
  unexpected.length = 0;
  const response = await ask(world.url, '{ hello __typename }');
  expect(response.status).toBe(200);
  const answer = (await response.json()) as { data: unknown; errors: unknown };
  expect(answer.data).toEqual({ hello: null, __typename: 'Query' });
  expect(answer.errors).toEqual([
    expect.objectContaining({
      extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'small' }),
    }),
  ]);
  expect(JSON.stringify(answer)).not.toMatch(/10\.9\.8\.7|127\.0\.0\.1|abort/);
  expect(unexpected).toMatchObject([{ message: 'subgraph small did not answer', cause: expect.anything() }]);
});
