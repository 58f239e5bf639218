import { fail } from './fail.ts';

/** Runs a service until it is told to stop, and then lets requests under way finish. */
export async function untilStopped(start: () => Promise<{ close(): Promise<void> }>): Promise<void> {
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
