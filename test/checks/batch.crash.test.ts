import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
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

const WHENS = ['before', 'after'] as const;
type When = (typeof WHENS)[number];

/** A data folder whose gateway was killed there, and its batch. */
interface Left {
  folder: string;
  id: string;
}

/** Kills a gateway at a batch that it was given. */
async function killed(when: When, folder: string): Promise<Left> {
  const gateway = spawn(process.execPath, [RUNNER], {
    env: environment(folder, { KILLED: when, PORT: '0', LOG_LEVEL: 'silent' }),
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
  expect(await ended).toEqual([null, 'SIGKILL']);
  return { folder, id: data.startBatchCheck.job.id };
}

/** Both at once: a killed one is believed to be alive for some seconds, which then go by for both. */
let left: Record<When, Left>;
beforeAll(async () => {
  // Subjects on file: what is unknown is not told of, and not logged.
  const filled = copyOfTemplate();
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
  const [before, after] = await Promise.all([
    killed('before', copyOfTemplate(filled)),
    killed('after', filled),
  ]);
  left = { before, after };
});
afterAll(() => {
  for (const { folder } of Object.values(left ?? {})) rmSync(folder, { recursive: true, force: true });
});

test.each(WHENS)(
  '[SH-20b, SH-19] killed %s the entry of a slice, a batch goes on from there and logs every subject once',
  async (when) => {
    const { folder, id } = left[when];
    const city = await City.open({}, folder);
    try {
      const tender = await desk(city);
      const find = async () => (await tender.ask(JOB, { id })).data.job;
      // The killed one is believed to be alive for some seconds.
      for (let n = 0; n < 600 && (await find()).state !== 'DONE'; n++) await sleep(100);
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
