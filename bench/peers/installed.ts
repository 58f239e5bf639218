import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { atEnd } from '../harness/cleanup.ts';
import { say } from '../harness/table.ts';

/** Written by npm as its last act. */
const MARK = 'node_modules/.package-lock.json';

/**
 * Installs a peer's packages in its own folder, where that has not been done since its lock file changed.
 * @returns false where they cannot be had
 */
export async function installed(peer: string): Promise<boolean> {
  const folder = fileURLToPath(new URL(`${peer}/`, import.meta.url));
  const lock = statSync(`${folder}package-lock.json`);
  if (existsSync(folder + MARK) && statSync(folder + MARK).mtimeMs >= lock.mtimeMs) return true;
  say(`installing ${peer}`);
  const stopped = new AbortController();
  atEnd(async () => stopped.abort());
  try {
    const how = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await promisify(execFile)('npm', ['ci', ...how], { cwd: folder, signal: stopped.signal });
    return true;
  } catch (error) {
    const { message, stderr } = error as Error & { stderr?: string };
    const [reason] = (stderr || message).split('\n').filter((line) => !line.includes('error code'));
    say(`${peer} cannot be installed and is left out: ${reason}`);
    return false;
  }
}
