import type { Log } from '../platform/log.ts';
import type { Subgraph } from '../records/subgraph.ts';

/** After the rush of a start. */
export const FIRST_TIDY_MS = 60_000;
const EVERY_MS = 24 * 3_600_000;

/**
 * Moves records past their term into the archive and deletes old jobs, once a minute after the start and then every day. Several processes may do so at the
 * same time. A tidy-up that fails is logged, and tried again the next day: no answer hangs on it [SH-27].
 */
export function dailyTidying(
  subgraphs: readonly Pick<Subgraph, 'name' | 'tidy'>[],
  log: Log,
): { close(): Promise<void> } {
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const tidyAll = async () => {
    for (const subgraph of subgraphs) {
      const { name } = subgraph;
      try {
        const tidied = stop.signal.aborted ? undefined : await subgraph.tidy?.(stop.signal);
        if (tidied) log.info({ subgraph: name, tidied }, 'what is past its term is tidied up');
      } catch (error) {
        log.error({ err: error, subgraph: name }, 'the tidy-up failed');
      }
    }
  };
  const run = () => {
    running = running.then(tidyAll);
  };
  const first = setTimeout(run, FIRST_TIDY_MS).unref();
  const daily = setInterval(run, EVERY_MS).unref();
  return {
    async close() {
      clearTimeout(first);
      clearInterval(daily);
      stop.abort();
      await running;
    },
  };
}
