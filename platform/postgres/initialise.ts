import { chown, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Problem } from '../problem.ts';
import type { Binaries } from './binaries.ts';
import { type Home, runIn } from './home.ts';
import { isAlive } from './postmaster.ts';

export interface InitialOptions {
  superuserPassword: string;
  /** Memory for PostgreSQL's own cache, such as '256MB'. */
  sharedBuffers: string;
}

/**
 * Which letters pg_trgm knows comes from the C library's locale alone; in "C" a Chinese name has no letters
 * and matches nothing. Sorting and case come from the built-in C.UTF-8, the same on every machine.
 */
const LETTER_LOCALES = ['C.UTF-8', 'en_US.UTF-8'];

/** First values of postgresql.conf, which is the operator's afterwards. */
const configuration = (sharedBuffers: string): string[] => [
  `shared_buffers=${sharedBuffers}`,
  'max_connections=200',
  'max_wal_size=4GB',
  'synchronous_commit=on',
  'jit=off',
  'password_encryption=scram-sha-256',
  'timezone=UTC',
  'log_timezone=UTC',
];

/**
 * Makes the cluster's files at `<home>/data` unless they are there; returns that path. The files are made
 * beside it and renamed, so that `data` is whole or not there, whenever the process is killed and however
 * many start at once.
 */
export async function initialise(home: Home, binaries: Binaries, options: InitialOptions): Promise<string> {
  const data = join(home.folder, 'data');
  if (await isFolder(data)) return data;
  await removeAbandoned(home.folder);

  const draft = join(home.folder, `${DRAFT}${process.pid}`);
  const passwordFile = `${draft}.password`;
  await writeFile(passwordFile, options.superuserPassword, { mode: 0o600 });
  if (home.account) await chown(passwordFile, home.account.uid, home.account.gid);
  try {
    await initdb(home, binaries, draft, passwordFile, options);
    await rename(draft, data).catch(async (error: unknown) => {
      if (!(await isFolder(data))) throw error;
    });
  } finally {
    await Promise.all([draft, passwordFile].map((path) => rm(path, { recursive: true, force: true })));
  }
  return data;
}

async function initdb(
  home: Home,
  binaries: Binaries,
  folder: string,
  passwordFile: string,
  { sharedBuffers }: InitialOptions,
): Promise<void> {
  const failures: unknown[] = [];
  for (const locale of LETTER_LOCALES) {
    try {
      return await runIn(home, binaries.initdb, [
        `--pgdata=${folder}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        `--lc-ctype=${locale}`,
        ...configuration(sharedBuffers).map((line) => `--set=${line}`),
      ]);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new Problem(
    {
      zh: `无法在 ${home.folder} 初始化 PostgreSQL`,
      en: `PostgreSQL could not be initialised in ${home.folder}`,
    },
    { cause: new AggregateError(failures) },
  );
}

const DRAFT = 'new-';

/** What processes left that were killed during initdb. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const pid = Number.parseInt(basename(entry).slice(DRAFT.length), 10);
    const abandoned = entry.startsWith(DRAFT) && (pid === process.pid || !isAlive(pid));
    if (abandoned) await rm(join(folder, entry), { recursive: true, force: true, maxRetries: 5 });
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
