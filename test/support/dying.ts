import { AsyncLocalStorage } from 'node:async_hooks';
import type { Socket } from 'node:net';
import pg from 'pg';

interface Life {
  /** Statements until it dies; null before they count. */
  left: number | null;
  isOver: boolean;
  sessions: Set<pg.Client>;
  end: () => void;
}

const living = new AsyncLocalStorage<Life>();

type Method = (this: pg.Client & { database?: string }, ...args: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { connect: Method; query: Method };
const { connect, query } = prototype;
const NEVER = new Promise(() => {});

prototype.connect = function (...args) {
  const life = living.getStore();
  if (life?.isOver) return NEVER;
  life?.sessions.add(this);
  return connect.apply(this, args);
};

prototype.query = function (...args) {
  const life = living.getStore();
  // Of the databases that are written to.
  if (life && life.left !== null && this.database !== 'catalogue' && --life.left === 0) {
    life.isOver = true;
    life.end();
  }
  return life?.isOver ? NEVER : query.apply(this, args);
};

/** What the end of a process is for the databases. The life does not hear of it, so that nothing in it goes on. */
function cut(sessions: Iterable<pg.Client>): void {
  for (const session of sessions) {
    const { stream } = (session as unknown as { connection: { stream: Socket } }).connection;
    stream.removeAllListeners();
    stream.on('error', () => {});
    stream.destroy();
  }
}

/** From here on the statements of the life count; before the nth of them it dies. */
export function dieBefore(statement: number): void {
  const life = living.getStore();
  if (life) life.left = statement;
}

const tell = (outcome: 'died' | 'through'): void => void process.stdout.write(`${outcome}\n`);

/**
 * Lives a program once for each that it is told, until it dies. Loading it takes more than a second: this is one process, and each life in it
 * has sessions of its own, which are cut when it dies. The last one is killed with the process. Prints how each went, as `livesOf` reads it
 * (command.ts), and ends with the first that gets through.
 */
export async function liveEach<Told>(
  told: readonly Told[],
  live: (told: Told) => Promise<void>,
): Promise<void> {
  const last = told.at(-1);
  for (const one of told) {
    const outcome = await new Promise<'died' | 'through'>((resolve, reject) => {
      const life: Life = { left: null, isOver: false, sessions: new Set(), end: () => {} };
      life.end = () => {
        if (one === last) {
          tell('died');
          process.kill(process.pid, 'SIGKILL');
        }
        cut(life.sessions);
        resolve('died');
      };
      void living.run(life, () => live(one).then(() => resolve('through'), reject));
    });
    tell(outcome);
    if (outcome === 'through') process.exit(0);
  }
}
