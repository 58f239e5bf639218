import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds at a stretch. */
const STRETCH_MS = 10;
/** Things between two looks at the clock. */
const STRIDE = 128;

/** As `forEach`, of many things: other work of the process has its turn before it and in between. */
export async function unhurried<T>(things: readonly T[], each: (thing: T) => void): Promise<void> {
  await turn();
  let since = performance.now();
  for (const [at, thing] of things.entries()) {
    if (at % STRIDE === STRIDE - 1 && performance.now() - since > STRETCH_MS) {
      await turn();
      since = performance.now();
    }
    each(thing);
  }
}
