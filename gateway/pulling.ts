import { randomUUID } from 'node:crypto';
import type { Log } from '../platform/log.ts';
import type { Settings } from '../platform/settings.ts';
import type { Journal } from '../records/journal.ts';
import type { Subgraph } from '../records/subgraph.ts';
import type { PullSummary } from '../subgraphs/collection/pull/run.ts';
import { layouts } from '../subgraphs/layouts.ts';

interface Pulling {
  close(): Promise<void>;
}

interface PullingParts {
  settings: Pick<Settings, 'pullConnectors'>;
  collection: Pick<Subgraph, 'intake'>;
  /** The collection's, as the application role. */
  databaseUrl: string;
  /** None in a process that does not pull. */
  journal?: Journal;
  log: Log;
}

/** Pulls units' own databases on schedule, where PULL_CONNECTORS names a folder of connectors. */
export async function pulling(parts: PullingParts): Promise<Pulling> {
  const { settings, collection, databaseUrl, journal, log } = parts;
  const { pullConnectors: folder } = settings;
  const { intake } = collection;
  if (folder === undefined || !intake) return { close: async () => {} };
  const { startPulling } = await import('../subgraphs/collection/pull/schedule.ts');
  const onPulled = async (summary: PullSummary) => {
    if (summary.receipts.length > 0) await journal?.write(pullEntry(summary, null));
  };
  return startPulling({ folder, databaseUrl, intake, layouts, log, onPulled });
}

/** The journal's entry of a pull: the center logs collection too [SH-26]. @param account who typed the command; null: the schedule. */
export const pullEntry = (
  { connector, provider, receipts }: PullSummary,
  account: string | null,
): Parameters<Journal['write']>[0] => ({
  id: randomUUID(),
  at: new Date(),
  officerId: account,
  officer: null,
  unit: provider,
  role: null,
  channel: account === null ? 'schedule' : 'command',
  matter: null,
  caseNumber: null,
  note: `connector ${connector}, receipts ${receipts.join(' ') || '—'}`,
  operation: 'pull',
  subjects: [],
  items: [],
  outcome: 'ANSWERED',
});
