#!/usr/bin/env node
// `npx credit` may run on the machine's own Node; the project brings the one it is made for.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
// Much passes through a command and little stays: a small nursery halves the memory of an import at no cost in time.
const flags = ['--max-semi-space-size=8', '--import', new URL('compileCache.js', import.meta.url).href];
const program = fileURLToPath(new URL('credit.ts', import.meta.url));
const { status, signal } = spawnSync(
  existsSync(pinned) ? pinned : process.execPath,
  [...flags, program, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
if (signal) process.kill(process.pid, signal);
process.exitCode = status ?? 1;
