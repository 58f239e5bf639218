import type { Running } from '../gateway/embedded/start.ts';
import { loadSettings } from '../platform/settings.ts';

/** By a gateway of its own over the data folder, beside one that may be running; it listens to this machine alone and pulls nothing. */
export async function inOwnGateway<T>(work: (running: Running) => Promise<T>): Promise<T> {
  const alone = { port: 0, host: '127.0.0.1', pullConnectors: undefined, logLevel: 'error' as const };
  // A gateway is much to load for commands that need none.
  const { startEmbedded } = await import('../gateway/embedded/start.ts');
  const running = await startEmbedded({ ...loadSettings(), ...alone });
  try {
    return await work(running);
  } finally {
    await running.close();
  }
}
