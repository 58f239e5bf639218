import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startEmbedded } from '../../gateway/embedded/start.ts';
import { loadSettings } from '../../platform/settings.ts';
import { givenOptions } from '../harness/options.ts';

/** How often it is looked whether the loop still turns, in milliseconds. */
const LOOK_MS = 2;

export interface HeldOptions {
  /** Where to ask for how long the event loop was held since the last time, in milliseconds. */
  heldPort: number;
}

/** The gateway, watched. `node bench/report/gateway.ts options.json` */
const { heldPort } = givenOptions() as HeldOptions;
await startEmbedded(loadSettings());
const delay = monitorEventLoopDelay({ resolution: LOOK_MS });
delay.enable();
createServer((_, response) => {
  const held = Math.max(0, delay.max / 1e6 - LOOK_MS);
  delay.reset();
  response.end(String(held));
}).listen(heldPort, '127.0.0.1');
