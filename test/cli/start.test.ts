import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { copyOfTemplate, environment, start } from '../support/command.ts';
import { randomPort } from '../support/ports.ts';

const READY = /credit units/;

let folder: string;
beforeAll(() => {
  folder = copyOfTemplate();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The query that the banner offers to paste. */
function offered(output: string): { url: string; init: RequestInit } {
  const url = /curl -s (\S+)/.exec(output)?.[1] as string;
  const headers = Object.fromEntries(
    [...output.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name, value]) => [name, value]),
  );
  return { url, init: { method: 'POST', headers, body: /-d '(.*)'/.exec(output)?.[1] as string } };
}

const ask = async (output: string): Promise<{ data: unknown }> => {
  const { url, init } = offered(output);
  return (await fetch(url, init)).json() as Promise<{ data: unknown }>;
};

describe('npm start and npm run start:distributed', () => {
  test('the first start has demonstration data; a killed one recovers; the distributed shape answers the same', async () => {
    const port = String(randomPort());
    const env = environment(folder, { PORT: port });
    const first = await start('cli/start.ts', env, READY);
    const answer = await ask(first.output());
    expect(answer).toMatchObject({
      data: { subject: { name: expect.any(String), penalties: { totalCount: expect.any(Number) } } },
      extensions: { receipt: expect.any(String) },
    });
    await first.kill('SIGKILL');

    const second = await start('cli/start.ts', env, READY);
    expect((await ask(second.output())).data).toEqual(answer.data);
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect(await page.text()).toContain('<app-root');
    await second.kill('SIGTERM');

    const distributed = await start('cli/distributed.ts', env, /access\s+http\S+/);
    expect((await ask(distributed.output())).data).toEqual(answer.data);
    const penalties = /penalties\s+(http\S+)/.exec(distributed.output())?.[1];
    const direct = await fetch(`${penalties}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ _disclosed(subjects: []) }' }),
    });
    expect(direct.status).toBe(401);
    await distributed.kill('SIGTERM');
  });
});
