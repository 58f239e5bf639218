import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../platform/log.ts';
import type { Transport } from './federation/transport.ts';
import { type Rights, gatewayGrant } from './policy/rights.ts';

const LOOK_MS = 500;
/** The word holds for a minute where it is heard. */
const SAY_AGAIN_MS = 15_000;

const TELL =
  'mutation Withdrawn($revision: Float!, $units: [String!]!) { _tellWithdrawn(revision: $revision, units: $units) }';

export interface WithdrawalParts {
  sharing: Transport;
  /** Null while it is not known: then nothing is told, and nobody is pushed anything after a while. */
  rights: () => Rights | null;
  today: () => string;
  log: Log;
}

/**
 * Tells those who push to units which of them are given nothing any more [SH-34]. They receive without asking, so that no caller is refused;
 * and a subgraph that shares does not follow accounts itself.
 */
export function tellWithdrawals({ sharing, rights, today, log }: WithdrawalParts): {
  close(): Promise<void>;
} {
  const stop = new AbortController();
  const { signal } = stop;
  let told = { revision: -1, at: 0 };
  const tell = async (): Promise<void> => {
    const now = rights();
    if (!now || (now.revision === told.revision && Date.now() - told.at < SAY_AGAIN_MS)) return;
    const variables = { revision: now.revision, units: now.withdrawn() };
    const { errors } = await sharing.ask(TELL, variables, 'Withdrawn', gatewayGrant(today()));
    if (errors?.length) throw errors[0];
    told = { revision: now.revision, at: Date.now() };
  };
  const run = async (): Promise<void> => {
    let silent = false;
    while (!signal.aborted) {
      try {
        await tell();
        silent = false;
      } catch (error) {
        if (!silent && !signal.aborted) log.warn({ err: error }, 'withdrawals cannot be told');
        silent = true;
      }
      await sleep(LOOK_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  const running = run();
  return {
    async close() {
      stop.abort();
      await running;
    },
  };
}
