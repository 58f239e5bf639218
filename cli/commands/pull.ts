import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { Command } from 'commander';
import { pullEntry } from '../../gateway/pulling.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { Problem } from '../../platform/problem.ts';
import { loadSettings } from '../../platform/settings.ts';
import { type Mapping, readMapping, readMappings } from '../../subgraphs/collection/pull/mapping.ts';
import { type PullSummary, pull } from '../../subgraphs/collection/pull/run.ts';
import { layouts } from '../../subgraphs/layouts.ts';
import { inHouse } from '../house.ts';
import { progress } from '../progress.ts';

interface Options {
  once?: boolean;
  fromStart?: boolean;
  json?: boolean;
}

/** A mapping file, or the name of a connector of PULL_CONNECTORS. */
function mappingOf(nameOrFile: string): Mapping {
  if (/\.ya?ml$/.test(nameOrFile) || existsSync(nameOrFile)) return readMapping(nameOrFile, layouts);
  const { pullConnectors } = loadSettings();
  const known = pullConnectors === undefined ? [] : readMappings(pullConnectors, layouts);
  const found = known.find(({ name }) => name === nameOrFile);
  if (found) return found;
  const names = known.map(({ name }) => name).join(', ') || '—';
  throw new Problem({
    zh: `没有连接器“${nameOrFile}”；PULL_CONNECTORS 中有：${names}`,
    en: `there is no connector "${nameOrFile}"; PULL_CONNECTORS has: ${names}`,
  });
}

function print({ receipts, position, ...counts }: PullSummary): void {
  const lines = [
    `收到 received      ${counts.received}`,
    `入库 accepted      ${counts.accepted}`,
    `重复 duplicates    ${counts.duplicates}`,
    `退回 rejected      ${counts.rejected}`,
    `待定 quarantined   ${counts.quarantined}`,
    ...receipts.map((receipt) => `回执 receipt       ${receipt}`),
  ];
  if (position) lines.push(`进度 position      ${position.watermark}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

export const pullCommand = (): Command =>
  new Command('pull')
    .description('立即从单位数据库拉取 / pull from a unit’s own database now')
    .argument(
      '<connector>',
      'PULL_CONNECTORS 中的名称，或映射文件 / name in PULL_CONNECTORS, or a mapping file',
    )
    .option('--once', '至多一个回执 / one receipt at most')
    .option('--from-start', '从头读起，已有的不变 / read from the start; what is known does not change')
    .option('--json', '最后一行输出一个 JSON 对象 / print one JSON object, last on stdout')
    .action(async (nameOrFile: string, { json, ...options }: Options) => {
      const mapping = mappingOf(nameOrFile);
      const summary = await inHouse(async ({ subgraphs, databases, journal }) => {
        const { intake } = subgraphs.collection;
        if (!intake) throw new Error('collection has no intake');
        const pool = openPool(databases.collection.appUrl, { max: 2 });
        const bar = progress(mapping.name, 0);
        try {
          const done = await pull(
            mapping,
            { intake, pool },
            { ...options, onProgress: ({ received }) => bar.update(received) },
          );
          await journal.write(pullEntry(done, userInfo().username));
          return done;
        } finally {
          bar.stop();
          await pool.end();
        }
      });
      if (json) process.stdout.write(`${JSON.stringify(summary)}\n`);
      else print(summary);
      if (summary.rejected + summary.quarantined > 0) process.exitCode = 2;
    });
