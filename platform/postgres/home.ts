import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Problem } from '../problem.ts';
import type { Account } from './account.ts';

const execute = promisify(execFile);

/** A folder of the server's own, `postgres` in the data folder, and the user who owns it. */
export interface Home {
  folder: string;
  account: Account | undefined;
}

/** Makes the folder if missing. Throws Problem where the server's user cannot enter it. */
export async function openHome(dataFolder: string, account: Account | undefined): Promise<Home> {
  const path = join(dataFolder, 'postgres');
  await mkdir(path, { recursive: true, mode: 0o700 });
  const home = { folder: await realpath(path), account };
  if (!account) return home;
  await chown(home.folder, account.uid, account.gid);
  const { mode } = await stat(dataFolder);
  await chmod(dataFolder, (mode & 0o777) | 0o011);
  await execute('/bin/sh', ['-c', 'cd "$1"', 'sh', home.folder], {
    cwd: '/',
    uid: account.uid,
    gid: account.gid,
  }).catch((cause: unknown) => {
    throw new Problem(
      {
        zh: `用户 ${account.name} 无法进入 ${home.folder}；请将 CREDIT_DATA 设为其可进入的目录`,
        en: `the user ${account.name} cannot enter ${home.folder}; set CREDIT_DATA to a folder that it can`,
      },
      { cause },
    );
  });
  return home;
}

/**
 * Runs one of PostgreSQL's programs as the owner of the home, and waits for it. Variables such as PGPORT or
 * PGDATA of the caller's own would change what the programs do, and a translated message could not be
 * recognized: they get a bare environment.
 */
export async function runIn(home: Home, program: string, args: string[]): Promise<void> {
  await execute(program, args, {
    cwd: home.folder,
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    ...(home.account && { uid: home.account.uid, gid: home.account.gid }),
  });
}
