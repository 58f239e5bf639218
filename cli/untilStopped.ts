import { setFlagsFromString } from 'node:v8';
import { fail } from './fail.ts';

/**
 * While schemas and the catalogue are read V8 learns that what parsers make lives long, and from then on puts it into the old generation: there what
 * questions and rows leave behind waits for a collection of everything, which holds the event loop for 150 ms every 20 s (docs/performance.md).
 */
const EVERYTHING_BEGINS_YOUNG = '--no-allocation-site-pretenuring';

/** Runs a service until it is told to stop, and then lets requests under way finish. */
export async function untilStopped(start: () => Promise<{ close(): Promise<void> }>): Promise<void> {
  setFlagsFromString(EVERYTHING_BEGINS_YOUNG);
  try {
    const service = await start();
    const stop = () => {
      service.close().then(
        () => process.exit(0),
        (error: unknown) => {
          fail(error);
          process.exit(1);
        },
      );
    };
    process.once('SIGINT', stop).once('SIGTERM', stop).once('disconnect', stop);
  } catch (error) {
    fail(error);
    process.exit(1);
  }
}
