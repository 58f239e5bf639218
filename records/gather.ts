import DataLoader from 'dataloader';
import { within } from '../platform/within.ts';
import { oneATurn } from '../policy/oneATurn.ts';

/** Keys in one statement at most: the event loop takes the rows of one statement in a few milliseconds. */
const MAX_BATCH = 250;

/** What is done with the rows of so many keys takes some 10 ms: those of several lists are not handed out in one turn of the event loop. */
const MANY = 50;

/** A statement that is out for longer no longer holds the keys behind it. The server ends it in its own time. */
const PATIENCE_MS = 10_000;

/** A statement with this many keys is a sign of load: the next is held back for a moment, to take more at once. */
const SHARED = 4;
const HOLD_MS = 1;

/** Keys that wait for a statement at most: a database that lags is told of, not queued for without end. */
const MAX_WAITING = 50_000;

/**
 * A loader for the whole process: while one statement is out, keys of all requests gather, and the next statement takes them all. That
 * makes the number of statements a matter of time, not of requests (docs/performance.md). Nothing is cached, and a key carries all that
 * decides what its caller may see: what was read for one key is handed to no other.
 */
export function gathering<K, V>(
  read: (keys: readonly K[]) => Promise<ArrayLike<V | Error>>,
): (key: K) => Promise<V> {
  let out = 0;
  let waiting = 0;
  let lastSize = 0;
  let lastEnd = 0;
  const held: (() => void)[] = [];
  const isBusy = () => lastSize >= SHARED && performance.now() - lastEnd < 2 * HOLD_MS;
  const soon = (dispatch: () => void) => {
    if (isBusy()) setTimeout(dispatch, HOLD_MS);
    else setImmediate(dispatch);
  };
  const found = async (keys: readonly K[]): Promise<ArrayLike<V | Error>> => {
    out++;
    waiting -= keys.length;
    try {
      return await within(PATIENCE_MS, read(keys));
    } finally {
      out--;
      lastSize = keys.length;
      lastEnd = performance.now();
      const next = held.shift();
      if (next) soon(next);
    }
  };
  const loader = new DataLoader<K, V>(
    async (keys) => {
      const values = await found(keys);
      if (keys.length >= MANY) await new Promise<void>(oneATurn);
      return values;
    },
    {
      cache: false,
      maxBatchSize: MAX_BATCH,
      batchScheduleFn: (dispatch) => void (out === 0 ? soon(dispatch) : held.push(dispatch)),
    },
  );
  return (key) => {
    if (waiting >= MAX_WAITING) return Promise.reject(new Error('too many keys wait for the database'));
    waiting++;
    return loader.load(key);
  };
}
