import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { copyOfTemplate, environment } from '../support/command.ts';
import { UNIT, firmCode } from '../support/known.ts';
import { LOCAL, Receiver, Registry } from './pushing.ts';
import { center, collected } from './watching.ts';

const RUNNER = fileURLToPath(new URL('./killedPush.ts', import.meta.url));
const PENALTY = '310116-penalty-amr';
/** Six messages, and some. */
const TOTAL = 3_100;

/** Runs a gateway until it is killed, by itself or by the receiver. */
async function killed(folder: string, at: string, receiver: Receiver): Promise<void> {
  const gateway = spawn(process.execPath, [RUNNER], {
    env: environment(folder, { ...LOCAL, KILLED: at, PORT: '0', LOG_LEVEL: 'silent' }),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(gateway, 'exit');
  receiver.reply = (message) => {
    if (at !== 'received') return 200;
    // It has taken it in, and nobody is told.
    for (const event of message.events) receiver.take(event);
    gateway.kill('SIGKILL');
    return new Promise(() => {});
  };
  expect(await ended).toEqual([null, 'SIGKILL']);
}

test('[SP-push] killed wherever it sends, it goes on so that a receiver that drops what it knows has each change once and in order', async () => {
  const folder = copyOfTemplate();
  const receiver = await Receiver.open();
  receiver.reply = () => 503;
  const filling = await City.open(LOCAL, folder);
  const registry = new Registry(filling, await center(filling));
  await registry.recipient(UNIT.market);
  await registry.webhook(receiver.url);
  const subjectId = await filling.subject(firmCode(1), '甲公司');
  await filling.records(
    PENALTY,
    Array.from({ length: TOTAL }, (_, i) => ({ subjectId, documentNumber: `${i + 1}号` })),
  );
  await collected(filling);
  await filling.running.close();

  for (const at of ['sent', 'received', 'answered', 'stored']) await killed(folder, at, receiver);
  expect(receiver.events.size).toBeLessThan(TOTAL);

  receiver.reply = () => 200;
  const city = await City.open(LOCAL, folder);
  try {
    await city.until(async () => receiver.events.size >= TOTAL);
    const { rows } = await city
      .database('sharing')
      .query<{ record: string }>(
        'select record_id as record from change where record_id is not null order by seq',
      );
    expect([...receiver.events.values()].map(({ data }) => data?.record)).toEqual(
      rows.map(({ record }) => record),
    );
    // What was under way when it was killed came again, and came the same.
    const sent = new Map<string, string>();
    let again = 0;
    for (const { body, headers } of receiver.messages) {
      const id = headers['webhook-id'] as string;
      if (sent.has(id)) again++;
      expect(sent.get(id) ?? body).toBe(body);
      sent.set(id, body);
    }
    expect(again).toBeGreaterThanOrEqual(2);
    await city.until(async () => {
      const state = await new Registry(city, await center(city)).state(UNIT.market);
      return state['failingSince'] === null && state['acknowledgedAt'] !== null;
    });
  } finally {
    await city.close();
    await receiver.close();
  }
}, 120_000);
