import { GraphQLError } from 'graphql';
import { emptyReport } from '../../records/disclosure.ts';
import { refusal } from '../../records/errors.ts';
import type { Journal } from '../../records/journal.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import type { GatewayContext } from '../context.ts';
import type { Caller } from '../identity/caller.ts';
import { entryOf } from '../policy/entry.ts';
import type { Purpose } from '../policy/purpose.ts';

export interface JournaledParts {
  journal: Journal;
  snapshot: () => Snapshot | null;
  onJournalFailure: (error: unknown) => void;
}

export interface Asked {
  caller: Caller;
  purpose: Purpose | null;
  /** As the journal calls it. */
  operation: string;
}

/**
 * Does what is asked and writes its entry before anything leaves [SH-19]; a refusal is an entry, too [SH-31].
 * @param work adds to the context what the entry tells
 * @throws JOURNAL_UNAVAILABLE where the entry cannot be written, whatever was done
 */
export async function journaled<T>(
  { journal, snapshot, onJournalFailure }: JournaledParts,
  { caller, purpose, operation }: Asked,
  work: (context: GatewayContext) => Promise<T>,
): Promise<{ done: T; receipt: string }> {
  const context: GatewayContext = { caller, purposeHeader: null, grant: null, report: emptyReport() };
  const write = async (outcome: string): Promise<string> => {
    const entry = entryOf(context, purpose, operation, outcome, snapshot());
    try {
      await journal.write(entry);
    } catch (error) {
      onJournalFailure(error);
      throw refusal('JOURNAL_UNAVAILABLE', {
        zh: '查询日志无法写入，不予应答',
        en: 'the journal cannot be written: no answer is given',
      });
    }
    return entry.id;
  };
  let done: T;
  try {
    done = await work(context);
  } catch (error) {
    await write(error instanceof GraphQLError ? String(error.extensions['code']) : 'INTERNAL_SERVER_ERROR');
    throw error;
  }
  return { done, receipt: await write('ANSWERED') };
}
