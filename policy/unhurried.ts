import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds at a stretch. */
const STRETCH_MS = 10;

/** When others had their turn last: one thread, whoever works in it. */
let since = 0;

/** As `forEach`, of many things, or of few that take long: other work of the process has its turn in between. */
export async function unhurried<T>(things: Iterable<T>, each: (thing: T) => void): Promise<void> {
  for (const thing of things) {
    if (performance.now() - since > STRETCH_MS) {
      await turn();
      since = performance.now();
    }
    each(thing);
  }
}
