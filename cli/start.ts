import { startEmbedded } from '../gateway/embedded/start.ts';
import { loadSettings } from '../platform/settings.ts';
import { banner } from './banner.ts';
import { prepareDemo } from './demoData.ts';
import { fail } from './fail.ts';

/** `npm start`: everything in one process, with demonstration data on first start. */
async function start(): Promise<void> {
  const running = await startEmbedded(loadSettings(), prepareDemo);
  process.stdout.write(await banner(running));
  const stop = () => {
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        fail(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

await start().catch((error: unknown) => {
  fail(error);
  process.exit(1);
});
