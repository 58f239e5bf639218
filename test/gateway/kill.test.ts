import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { copyOfTemplate } from '../support/command.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';

const RUNNER = fileURLToPath(new URL('../support/killedGateway.ts', import.meta.url));

test('[SH-19][SH-31] killed between entry and answer, the entry stands, no answer left, and a restart goes on from there', async () => {
  const folder = copyOfTemplate();
  const gateway = spawn(process.execPath, [RUNNER], {
    env: {
      ...process.env,
      CREDIT_DATA: join(folder, 'data'),
      CREDIT_TODAY: '2026-03-02',
      PORT: '0',
      LOG_LEVEL: 'silent',
      CREDIT_PG_PORT: '55001',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(gateway, 'exit');
  const [line] = (await once(createInterface(gateway.stdout), 'line')) as [string];
  const { url, token } = JSON.parse(line) as { url: string; token: string };

  const query = `query Killed { subject(code: "${firmCode(1)}") { name } }`;
  await expect(
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'query-purpose': MATTER.supervision,
      },
      body: JSON.stringify({ query }),
    }),
  ).rejects.toThrow();
  expect(await ended).toEqual([null, 'SIGKILL']);

  const city = await City.open({}, folder);
  try {
    const entries = 'select operation, unit, officer, matter, outcome from journal_entry order by seq';
    const killed = {
      operation: 'Killed',
      unit: UNIT.market,
      officer: '王五',
      matter: MATTER.supervision,
      outcome: 'ANSWERED',
    };
    expect((await city.database('access').query(entries)).rows).toEqual([killed]);
    await city.subject(firmCode(1), '上海余兰贸易有限公司');
    const { data, extensions } = await city.ask(query.replace('Killed', 'Again'), {
      token,
      purpose: MATTER.supervision,
    });
    expect(data).toEqual({ subject: { name: '上海余兰贸易有限公司' } });
    expect(extensions?.receipt).toBeDefined();
    expect((await city.database('access').query(entries)).rows).toEqual([
      killed,
      { ...killed, operation: 'Again' },
    ]);
  } finally {
    await city.close();
  }
});
