import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openHouse } from '../../gateway/embedded/house.ts';
import { loadSettings } from '../../platform/settings.ts';
import { City } from '../support/city.ts';
import { copyOfTemplate, environment } from '../support/command.ts';
import { firmCode } from '../support/known.ts';
import { JOB, RESULTS, START, TENDER, desk } from './desk.ts';

const RUNNER = fileURLToPath(new URL('./killedBatch.ts', import.meta.url));
const TOTAL = 4_500;
const codes = Array.from({ length: TOTAL }, (_, i) => firmCode(i + 1));

/** Subjects on file: what is unknown is not told of, and not logged. */
let filled: string;
beforeAll(async () => {
  filled = copyOfTemplate();
  const house = await openHouse(loadSettings(environment(filled)));
  await house.subgraphs.registration.subjects?.register(
    codes.map((code) => ({
      code,
      codeKind: 'USCC',
      kind: 'LEGAL_PERSON',
      name: '甲公司',
      jurisdiction: null,
    })),
  );
  await house.close();
});
afterAll(() => rmSync(filled, { recursive: true, force: true }));

test.each(['before', 'after'])(
  '[SH-20b, SH-19] killed %s the entry of a slice, a batch goes on from there and logs every subject once',
  async (killed) => {
    const folder = copyOfTemplate(filled);
    const gateway = spawn(process.execPath, [RUNNER], {
      env: {
        ...environment(folder, { KILLED: killed, PORT: '0', LOG_LEVEL: 'silent' }),
        CREDIT_DATA: join(folder, 'data'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(gateway, 'exit');
    const [line] = (await once(createInterface(gateway.stdout), 'line')) as [string];
    const { url, token } = JSON.parse(line) as { url: string; token: string };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'query-purpose': TENDER,
      },
      body: JSON.stringify({ query: START, variables: { input: { codes } } }),
    });
    const { data } = (await response.json()) as { data: { startBatchCheck: { job: { id: string } } } };
    const { id } = data.startBatchCheck.job;
    expect(await ended).toEqual([null, 'SIGKILL']);

    const city = await City.open({}, folder);
    try {
      const tender = await desk(city);
      const find = async () => (await tender.ask(JOB, { id })).data.job;
      // The killed one is believed to be alive for some seconds.
      for (let n = 0; n < 60 && (await find()).state !== 'DONE'; n++) await sleep(500);
      expect(await find()).toMatchObject({ state: 'DONE', done: TOTAL, passed: TOTAL });
      const { rows } = await city.database('access').query(
        `select count(*)::int as entries, sum(cardinality(subjects))::int as subjects,
           (select count(*)::int from (select distinct unnest(subjects) from journal_entry where operation like 'batchCheck%') d) as distinct
         from journal_entry where operation like 'batchCheck%'`,
      );
      expect(rows).toEqual([{ entries: 5, subjects: TOTAL, distinct: TOTAL }]);
      const lines: number[] = [];
      for (let after: string | null = null; ; ) {
        const page: { nodes: { line: number }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = (
          await tender.ask(RESULTS, { id, first: 1000, after })
        ).data.job.results;
        lines.push(...page.nodes.map((node) => node.line));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(lines).toEqual(codes.map((_, i) => i + 1));
    } finally {
      await city.close();
    }
  },
  120_000,
);
