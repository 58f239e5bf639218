import { parentPort } from 'node:worker_threads';
import type { Answered, Asked } from '../../platform/thread.ts';

/** A thread that says a word again, and never comes back from the word `endless`. */
parentPort?.on('message', ({ id, question }: Asked<string>) => {
  if (question === 'endless') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage({ id, answer: question } satisfies Answered<string>);
});
