import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Problem } from '../problem.ts';

const run = promisify(execFile);

/** Whom PostgreSQL runs as, where that is not the user of this process. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root: root runs it as this user, made if missing. Undefined for anyone else.
 */
export async function serverAccount(name = 'postgres'): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  try {
    return (await find(name)) ?? (await make(name));
  } catch (cause) {
    throw new Problem(
      {
        zh: `PostgreSQL 不能以 root 运行，且无法创建用户 ${name}；请创建该用户，或以普通用户运行`,
        en: `PostgreSQL does not run as root, and the user ${name} could not be made; make it, or run as another user than root`,
      },
      { cause },
    );
  }
}

async function find(name: string): Promise<Account | undefined> {
  try {
    const [user, group] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(user.stdout), gid: Number(group.stdout) };
  } catch {
    return undefined;
  }
}

async function make(name: string): Promise<Account> {
  await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    name,
  ]);
  const account = await find(name);
  if (!account) throw new Error(`no user ${name} after useradd`);
  return account;
}
