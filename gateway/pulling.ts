import type { Log } from '../platform/log.ts';
import type { Settings } from '../platform/settings.ts';
import type { Subgraph } from '../records/subgraph.ts';
import { layouts } from '../subgraphs/layouts.ts';

interface Pulling {
  close(): Promise<void>;
}

/** Pulls units' own databases on schedule, where PULL_CONNECTORS names a folder of connectors. */
export async function pulling(
  { pullConnectors: folder }: Pick<Settings, 'pullConnectors'>,
  { intake }: Pick<Subgraph, 'intake'>,
  databaseUrl: string,
  log: Log,
): Promise<Pulling> {
  if (folder === undefined || !intake) return { close: async () => {} };
  const { startPulling } = await import('../subgraphs/collection/pull/schedule.ts');
  return startPulling({ folder, databaseUrl, intake, layouts, log });
}
