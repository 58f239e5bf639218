import { startEmbedded } from '../gateway/embedded/start.ts';
import { loadSettings } from '../platform/settings.ts';
import { banner } from './banner.ts';
import { prepareDemo } from './demoData.ts';
import { explorerData } from './explorerData.ts';
import { untilStopped } from './untilStopped.ts';

/** `npm start`: everything in one process, with demonstration data on first start. */
await untilStopped(async () => {
  const running = await startEmbedded(loadSettings(), { prepare: prepareDemo, explorer: explorerData });
  process.stdout.write(await banner(running.house, running.url));
  return running;
});
