import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { atEnd } from './cleanup.ts';
import { trees } from './proc.ts';

/** A program of this project at work. */
export interface Child {
  name: string;
  pid: number;
  process: ChildProcess;
  /** What it wrote, for when it fails. */
  logFile: string;
}

const PATIENCE_MS = 10_000;
const ROOT = new URL('../../', import.meta.url);

/** What a child inherits: nothing that would point it at other data. */
const KEPT = ['PATH', 'HOME', 'TMPDIR', 'LANG'];
const environment = (own: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(KEPT.map((name) => [name, process.env[name]])),
  NODE_ENV: 'production',
  APOLLO_TELEMETRY_DISABLED: 'true',
  ...own,
});

export interface Launch {
  /** Path in the project. */
  file: string;
  args?: readonly string[];
  /** Options of Node itself. */
  nodeArgs?: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** Where its log goes. */
  folder: string;
  /** `pipe`: the caller reads its standard output, which then is not in the log. */
  stdout?: 'pipe';
}

/** Starts a program on the Node of this process; it is ended with the run at the latest. */
export function launch(name: string, launched: Launch): Child {
  const { file, args = [], nodeArgs = [], env = {}, folder, stdout } = launched;
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, 'a');
  const started = spawn(process.execPath, [...nodeArgs, fileURLToPath(new URL(file, ROOT)), ...args], {
    env: environment(env),
    stdio: ['ignore', stdout ?? log, log],
  });
  const child = { name, pid: started.pid as number, process: started, logFile };
  atEnd(() => stop(child));
  return child;
}

export const hasEnded = ({ process: { exitCode, signalCode } }: Child): boolean =>
  exitCode !== null || signalCode !== null;

export const logOf = ({ logFile }: Child): string => readFileSync(logFile, 'utf8').slice(-4_000);

/** Resolves with its exit status; rejects, with the end of its log, where a signal ended it. */
export async function ended(child: Child): Promise<number> {
  if (!hasEnded(child)) await new Promise((resolve) => child.process.once('exit', resolve));
  const { exitCode } = child.process;
  if (exitCode === null)
    throw new Error(`${child.name} was ended by ${child.process.signalCode}\n${logOf(child)}`);
  return exitCode;
}

const isAlive = (pid: number): boolean => signal([pid], 0);

/** Ends the whole tree: some programs are started by another that does not pass signals on. */
export async function stop(child: Child): Promise<void> {
  if (hasEnded(child)) return;
  const pids = trees([child.pid]);
  signal(pids, 'SIGCONT');
  signal(pids, 'SIGTERM');
  for (const deadline = Date.now() + PATIENCE_MS; pids.some(isAlive) && Date.now() < deadline; )
    await sleep(50);
  signal(pids.filter(isAlive), 'SIGKILL');
}

/** @returns whether any of the processes was there to take it; 0 only asks. */
function signal(pids: readonly number[], name: NodeJS.Signals | 0): boolean {
  let taken = false;
  for (const pid of pids) {
    try {
      taken = process.kill(pid, name) || taken;
    } catch {
      // It has ended meanwhile.
    }
  }
  return taken;
}

const treesOf = (children: readonly Child[]): number[] =>
  trees(children.filter((child) => !hasEnded(child)).map(({ pid }) => pid));

/** Halts whole process trees, so that what they do by the clock costs nothing while another target is measured. */
export const freeze = (children: readonly Child[]): boolean => signal(treesOf(children), 'SIGSTOP');
export const thaw = (children: readonly Child[]): boolean => signal(treesOf(children), 'SIGCONT');
