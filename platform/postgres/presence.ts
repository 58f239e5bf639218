import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '../log.ts';

/**
 * Held in common by every process that uses the cluster, alone by the one that stops it. The number only has
 * to be ours.
 */
const PRESENCE_LOCK = 0x63726564;
const RETURN_AFTER_MS = 250;

/**
 * That a process uses the cluster: a session that holds a shared advisory lock. A process that is killed lets
 * go of it, so nobody is ever counted who is gone.
 */
export interface Presence {
  /**
   * Gives up this process's part. True: no other is left, and none can enter before the server has been
   * stopped.
   */
  leave(): Promise<boolean>;
  /** Ends the session. */
  end(): Promise<void>;
}

type Session = Client & { ref(): void; unref(): void };

/** Enters, or rejects where the server does not answer, shuts down, or serves other files than `data`. */
export async function enter(url: string, data: string, log: Log): Promise<Presence> {
  const state = { session: await join(url, data), leaving: false };

  // A server that lost a backend to a crash ends all sessions and goes on: whoever uses it must be counted again.
  const comeBack = async () => {
    while (!state.leaving) {
      try {
        state.session = await join(url, data);
        watch();
        return;
      } catch (error) {
        log.warn({ err: error }, 'the session that holds the PostgreSQL cluster is lost; trying again');
        await sleep(RETURN_AFTER_MS, undefined, { ref: false });
      }
    }
  };
  const watch = () => state.session.once('end', () => void comeBack());
  watch();

  return {
    async leave() {
      state.leaving = true;
      const { session } = state;
      session.ref();
      await session.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK]);
      const { rows } = await session.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
        PRESENCE_LOCK,
      ]);
      return rows[0]?.last === true;
    },
    async end() {
      state.leaving = true;
      await state.session.end().catch(() => undefined);
    },
  };
}

async function join(url: string, data: string): Promise<Session> {
  const session = new Client({
    connectionString: url,
    application_name: 'presence',
    connectionTimeoutMillis: 10_000,
  }) as Session;
  session.on('error', () => undefined);
  try {
    await session.connect();
    const { rows } = await session.query<{ data: string }>(
      "select current_setting('data_directory') as data",
    );
    if (rows[0]?.data !== data) throw new Error(`another server than that of ${data} answers`);
    await session.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
  } catch (error) {
    await session.end().catch(() => undefined);
    throw error;
  }
  // The session alone keeps no process from ending.
  session.unref();
  return session;
}
