import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomPort } from './ports.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/** A copy of the run's prepared data folder: databases migrated, catalogue loaded. @param source another such folder, at rest. */
export function copyOfTemplate(source = process.env['CREDIT_TEST_TEMPLATE'] as string): string {
  const folder = join(process.env['CREDIT_TEST_TEMPLATE'] as string, randomUUID());
  mkdirSync(folder, { mode: 0o755 });
  execFileSync('cp', ['-a', join(source, 'data'), folder]);
  return folder;
}

/** Settings of a process of its own on a copy of the data. */
export const environment = (folder: string, env: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  CREDIT_DATA: join(folder, 'data'),
  CREDIT_PG_PORT: String(randomPort()),
  CREDIT_TODAY: '2026-03-02',
  NODE_ENV: 'test',
  LOG_LEVEL: 'error',
  // As `npx credit` and `npm start` have it: many processes are started, and all load the same.
  NODE_COMPILE_CACHE: join(PROJECT, 'node_modules/.cache/compiled'),
  ...env,
});

export interface Finished {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs `credit` as whoever types it does. */
export function credit(args: string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  return new Promise((done) => {
    execFile(process.execPath, [join(PROJECT, 'cli/bin.js'), ...args], { env }, (error, stdout, stderr) => {
      done({ status: error ? ((error as { code?: number }).code ?? 1) : 0, stdout, stderr });
    });
  });
}

/** How the lives of a program went that dies again and again (dying.ts): the first that got through is the last. */
export async function livesOf(program: string, told: readonly unknown[]): Promise<('died' | 'through')[]> {
  const compiled = join(PROJECT, 'cli/compileCache.js');
  const child = spawn(process.execPath, ['--import', compiled, program, JSON.stringify(told)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
  const [status, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (status !== 0 && signal !== 'SIGKILL') throw new Error(`${program} ended with ${status ?? signal}`);
  return said.trim().split('\n') as ('died' | 'through')[];
}

export interface Started {
  pid: number;
  /** All that it has said. */
  output: () => string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a long-lived program and resolves once it has said `until`. */
export function start(program: string, env: NodeJS.ProcessEnv, until: RegExp): Promise<Started> {
  const child = spawn(process.execPath, [join(PROJECT, program)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  return new Promise((done, failed) => {
    const hear = (piece: Buffer) => {
      said += piece.toString();
      if (until.test(said)) {
        done({
          pid: child.pid as number,
          output: () => said,
          kill: (signal) =>
            new Promise((ended) => {
              child.once('exit', () => ended());
              child.kill(signal);
            }),
        });
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => failed(new Error(`${program} ended with ${code}: ${said}`)));
  });
}
