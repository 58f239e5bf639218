import { execFile } from 'node:child_process';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The server that runs, or ran last, on a cluster's files, as its postmaster.pid says. */
export interface Postmaster {
  pid: number;
  port: number;
}

/**
 * The server that now runs on these files. A file left by one that was killed counts for nothing. PostgreSQL
 * itself takes any living process of its own user for the old server: where the pid has since gone to another
 * program (containers start at 1 again), the file is removed. It never is while a server runs on these files.
 */
export async function runningPostmaster(data: string): Promise<Postmaster | undefined> {
  const path = join(data, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid = 0, , , port = 0] = text.split('\n').map(Number);
  const written = pid > 0;
  if (written && !isAlive(pid)) return undefined;
  if (written && (await serves(pid, data))) return { pid, port };
  if (written || (await isOld(path))) await rm(path, { force: true });
  return undefined;
}

const EMPTY_FOR_MS = 5000;

/**
 * A server that starts makes the file empty and fills it at once: one that stays empty is left by a crash.
 */
const isOld = (path: string): Promise<boolean> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > EMPTY_FOR_MS,
    () => false,
  );

/** Whether a process has the pid, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A postmaster; its children are named "postgres: …". */
const POSTMASTER = /^\S*postgres(?:\0|\s)/;

async function serves(pid: number, data: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() =>
    execute('ps', ['-o', 'command=', '-p', String(pid)]).then(
      ({ stdout }) => stdout,
      () => undefined,
    ),
  );
  // Where neither can be asked, the file is believed.
  return command === undefined || command.includes(data) || POSTMASTER.test(command);
}
