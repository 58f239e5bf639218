import { expect, test } from '@jest/globals';
import { faultOfUrl } from '../../subgraphs/sharing/push/address.ts';
import { signedMessage } from '../../subgraphs/sharing/push/message.ts';
import { Networks } from '../../subgraphs/sharing/push/networks.ts';
import { pauseAfter } from '../../subgraphs/sharing/push/pause.ts';
import { Poster } from '../../subgraphs/sharing/push/post.ts';
import { Receiver } from './pushing.ts';

const MESSAGE = signedMessage([{ id: 'x', tooOld: true }], 'whsec_c2VjcmV0', new Date());
const giveUp = new AbortController().signal;
const encrypted = { encrypted: true };

test.each([
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::a00:1',
  '2002:a00:1::1',
  '2001:db8::1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  'localhost',
])('no message goes to %s', (address) => {
  expect(new Networks().allows(address, encrypted)).toBe(false);
});

test('messages go to addresses of the Internet, and to private networks that are named', () => {
  for (const address of ['8.8.8.8', '114.114.114.114', '172.32.0.1', '2400:3200::1'])
    expect([address, new Networks().allows(address, encrypted)]).toEqual([address, true]);
  const named = new Networks(['10.2.0.0/16', 'fd00::/8']);
  expect(named.allows('10.2.3.4', encrypted)).toBe(true);
  expect(named.allows('fd12::1', encrypted)).toBe(true);
  expect(named.allows('10.3.0.1', encrypted)).toBe(false);
  expect(named.allows('10.2.3.4', { encrypted: false })).toBe(false);
  expect(new Networks(['127.0.0.0/8']).allows('127.0.0.1', { encrypted: false })).toBe(true);
});

test.each(['https://2130706433/', 'https://0x7f.1/', 'https://127.1/', 'https://[::ffff:7f00:1]/'])(
  'an address is told however it is written: %s',
  (url) => {
    expect(faultOfUrl(url, new Networks())).not.toBeNull();
  },
);

test('a name is judged by what it stands for when the connection is made, and an address as it stands', async () => {
  const receiver = await Receiver.open();
  const [closed, open] = [new Poster(new Networks()), new Poster(new Networks(['127.0.0.0/8']))];
  try {
    for (const host of ['localhost', '127.0.0.1'])
      for (const scheme of ['http', 'https']) {
        const url = `${scheme}://${host}:${receiver.port}/`;
        expect([url, await closed.post(url, MESSAGE, giveUp)]).toEqual([url, 'ADDRESS_NOT_ALLOWED']);
      }
    expect(receiver.messages).toEqual([]);
    expect(await open.post(`http://localhost:${receiver.port}/`, MESSAGE, giveUp)).toBeNull();
    expect(receiver.messages).toHaveLength(1);
  } finally {
    await closed.close();
    await open.close();
    await receiver.close();
  }
});

test('pauses grow to a bound, and no two receivers keep step', () => {
  expect([0, 1, 2, 3].map((attempts) => pauseAfter(attempts, 1))).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect([0, 1, 2, 3].map((attempts) => pauseAfter(attempts, 0))).toEqual([500, 1_000, 2_000, 4_000]);
  expect(pauseAfter(1_000, 1)).toBe(600_000);
});
