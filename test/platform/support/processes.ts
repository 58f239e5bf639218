import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Holder {
  child: ChildProcess;
  /** What it says once it holds the cluster. */
  opened: Promise<{ port: number; owned: boolean }>;
  leave(): Promise<void>;
  kill(): Promise<void>;
}

/** Another process that opens the cluster. */
export function startHolder(folder: string, preferredPort: number, superuserPassword: string): Holder {
  const script = join(import.meta.dirname, 'holder.ts');
  const child = spawn(process.execPath, [script, folder, String(preferredPort), superuserPassword], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const opened = Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => JSON.parse(String(line))),
    exited.then(([status]) =>
      Promise.reject(new Error(`the process ended with ${status} before it held the cluster`)),
    ),
  ]);
  return {
    child,
    opened,
    async leave() {
      child.stdin.end();
      await exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('what was waited for did not come about in 15 seconds');
    await sleep(10);
  }
}
