import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clientNetwork } from '../../gateway/http/clientAddress.ts';
import { rateLimit } from '../../gateway/http/rateLimit.ts';
import { type SmallWorld, ask, smallWorld } from './world.ts';

const PER_MINUTE = 3;
const GOOD = 'Bearer good';

let world: SmallWorld | undefined;
let limited = 0;
const start = async (proxies: number): Promise<void> => {
  limited = 0;
  const limit = rateLimit({
    perMinute: PER_MINUTE,
    known: async (authorization) => authorization === GOOD,
    onLimited: () => (limited += 1),
  });
  world = await smallWorld({}, { proxies, before: (app) => app.use('/graphql', limit) });
};
afterEach(async () => {
  await world?.close();
  world = undefined;
});
const url = (): string => (world as SmallWorld).url;

const statuses = async (
  times: number,
  headers: (i: number) => Record<string, string> = () => ({}),
): Promise<number[]> => {
  const found: number[] = [];
  for (let i = 0; i < times; i += 1) found.push((await ask(url(), '{ hello }', headers(i))).status);
  return found;
};

describe('callers without a good token', () => {
  test('are answered so many times a minute, then told when to come again', async () => {
    await start(0);
    expect(await statuses(PER_MINUTE)).toEqual([200, 200, 200]);
    const refused = await ask(url(), '{ hello }');
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await refused.json()).toEqual({
      errors: [
        {
          message: expect.stringContaining(`${wait} s`),
          extensions: expect.objectContaining({ code: 'RATE_LIMITED' }),
        },
      ],
    });
    expect(limited).toBe(1);
  });

  test('count with tokens that are not good, so that tokens cannot be guessed', async () => {
    await start(0);
    expect(await statuses(PER_MINUTE + 1, (i) => ({ authorization: `Bearer guess${i}` }))).toEqual([
      200, 200, 200, 429,
    ]);
    expect(await statuses(1)).toEqual([429]);
  });

  test('do not use up what a good token at the same address may ask', async () => {
    await start(0);
    await statuses(PER_MINUTE + 1);
    expect(await statuses(PER_MINUTE + 1, () => ({ authorization: GOOD }))).toEqual([200, 200, 200, 200]);
  });

  test('are refused before their body is read', async () => {
    await start(0);
    await statuses(PER_MINUTE);
    const response = await fetch(`${url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(response.status).toBe(429);
  });
});

describe('the address of a caller', () => {
  test('is not taken from a header that the caller wrote', async () => {
    await start(0);
    expect(await statuses(PER_MINUTE + 1, (i) => ({ 'x-forwarded-for': `203.0.113.${i}` }))).toEqual([
      200, 200, 200, 429,
    ]);
  });

  test('is what the nearest proxy saw, however many entries the caller put before', async () => {
    await start(1);
    const through = (seen: string) => (i: number) => ({ 'x-forwarded-for': `198.51.100.${i}, ${seen}` });
    expect(await statuses(PER_MINUTE + 1, through('203.0.113.1'))).toEqual([200, 200, 200, 429]);
    expect(await statuses(1, through('203.0.113.2'))).toEqual([200]);
  });
});

describe('one caller on the network', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0:0:ffff::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ])('%s is %s', (address, network) => {
    expect(clientNetwork(address)).toBe(network);
  });

  test('every address of a /64 is the same one', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16));
    const half = fc.array(group, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(half, half, half, (network, one, other) => {
        expect(clientNetwork([...network, ...one].join(':'))).toBe(
          clientNetwork([...network, ...other].join(':')),
        );
      }),
    );
  });
});
