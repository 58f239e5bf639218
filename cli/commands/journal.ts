import { randomUUID } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { createLog } from '../../platform/log.ts';
import { Problem } from '../../platform/problem.ts';
import { type Settings, loadSettings } from '../../platform/settings.ts';
import { verifierKey } from '../../platform/transparency/note.ts';
import { GroupJournal } from '../../subgraphs/access/journal.ts';
import { exportedJournal } from '../../subgraphs/access/sealing/export.ts';
import { onSnapshot } from '../../subgraphs/access/sealing/session.ts';
import { type Verification, verifyJournal } from '../../subgraphs/access/sealing/verify.ts';
import { onGround } from '../house.ts';
import { progress } from '../progress.ts';

interface Options {
  key: string[];
  checkpoint?: string[];
  json?: boolean;
}

interface Place {
  settings: Settings;
  /** The journal's database as its own role. */
  url: string;
  /** Verifier key of this installation. */
  key: string | null;
}

/** The journal that JOURNAL_DATABASE_URL names, or that of the data folder. */
async function onJournal<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const settings = loadSettings();
  const { journalDatabaseUrl: url, journalSigningKey: signing, journalOrigin: origin } = settings;
  if (url !== undefined) return work({ settings, url, key: signing ? verifierKey(origin, signing) : null });
  return onGround(({ journalUrl, secrets }) =>
    work({ settings, url: journalUrl, key: verifierKey(origin, signing ?? secrets.journalSigningKey) }),
  );
}

function keysOf({ key }: Place, given: readonly string[]): [string, ...string[]] {
  const [first, ...rest] = [...(key === null ? [] : [key]), ...given];
  if (first === undefined)
    throw new Problem({
      zh: '请用 --key 指明验证公钥（GraphQL journalKey），或设置 JOURNAL_SIGNING_KEY',
      en: 'name the verifier key with --key (GraphQL journalKey), or set JOURNAL_SIGNING_KEY',
    });
  return [first, ...rest];
}

function print({ size, root, checkpoints, findings, findingCount }: Verification): void {
  const lines = [
    `已封存条目 sealed entries  ${size}`,
    `检查点 checkpoints         ${checkpoints}`,
    `根 root                   ${root}`,
    ...findings.map(({ kind, zh, en }) => `✗ ${kind.padEnd(10)} ${zh}\n  ${' '.repeat(10)} ${en}`),
  ];
  const more = findingCount - findings.length;
  if (more > 0) lines.push(`✗ 另有 ${more} 处 / and ${more} more`);
  if (findingCount === 0) lines.push('✓ 无误 intact');
  process.stdout.write(`${lines.join('\n')}\n`);
}

const gathered = (value: string, before: string[]): string[] => [...before, value];
const KEY = [
  '--key <key>',
  '另一验证公钥，如更换密钥之前的 / a further verifier key, such as one from before a change of keys',
  gathered,
  [] as string[],
] as const;

const verifyCommand = (): Command =>
  new Command('verify')
    .description(
      '核验查询日志：被改动、删除、插入、调换的条目，以及相对于另行保存的检查点的截短 / verify the journal: entries changed, removed, inserted or reordered, and truncation against checkpoints held elsewhere',
    )
    .option('--checkpoint <file...>', '另行保存的检查点 / checkpoints held elsewhere')
    .option(...KEY)
    .option('--json', '最后一行输出一个 JSON 对象 / print one JSON object, last on stdout')
    .action(async ({ key, checkpoint = [], json }: Options) => {
      const held = checkpoint.map((file) => ({ file, note: readFileSync(file, 'utf8') }));
      const bar = progress('verify', 0);
      const verification = await onJournal((place) =>
        onSnapshot(place.url, (session) =>
          verifyJournal(session, {
            keys: keysOf(place, key),
            held,
            onProgress: (entries) => bar.update(entries),
          }),
        ),
      ).finally(() => bar.stop());
      if (json) process.stdout.write(`${JSON.stringify(verification)}\n`);
      else print(verification);
      if (verification.findingCount > 0) process.exitCode = 1;
    });

/** Whoever takes the journal away leaves an entry in it. */
async function journalExport({ settings, url }: Place): Promise<void> {
  const journal = new GroupJournal(url, createLog(settings, 'journal'));
  try {
    await journal.write({
      id: randomUUID(),
      at: new Date(),
      officerId: userInfo().username,
      officer: null,
      unit: null,
      role: null,
      channel: 'command',
      matter: null,
      caseNumber: null,
      note: null,
      operation: 'journal export',
      subjects: [],
      items: [],
      outcome: 'ANSWERED',
    });
  } finally {
    await journal.close();
  }
}

const exportCommand = (): Command =>
  new Command('export')
    .description(
      '导出查询日志，供 verifier/verify.mjs 独立核验 / write the journal to a file that verifier/verify.mjs checks on its own',
    )
    .argument('<file>')
    .option(...KEY)
    .action(async (file: string, { key }: Options) => {
      await onJournal(async (place) => {
        const [own] = keysOf(place, key);
        await journalExport(place);
        await onSnapshot(place.url, (session) =>
          pipeline(Readable.from(exportedJournal(session, own)), createWriteStream(file, { mode: 0o600 })),
        );
      });
    });

export const journalCommand = (): Command =>
  new Command('journal')
    .description('查询日志 / the journal of queries')
    .addCommand(verifyCommand())
    .addCommand(exportCommand());
