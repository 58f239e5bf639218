import pg from 'pg';
import { createLog } from '../../platform/log.ts';
import { loadSettings } from '../../platform/settings.ts';
import { JournalSealer } from '../../subgraphs/access/sealing/sealer.ts';

/**
 * Seals what a journal has, and is killed by its own hand before it sends its nth statement: its one argument. Exit status 0: there was
 * nothing left to do before that statement came.
 */
const statement = Number(process.argv[2]);
const settings = loadSettings();
let seen = 0;
type Query = (this: pg.Client, ...args: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const { query } = prototype;
prototype.query = function counted(...args) {
  if (++seen === statement) process.kill(process.pid, 'SIGKILL');
  return query.apply(this, args);
};

const sealer = new JournalSealer({
  url: settings.journalDatabaseUrl as string,
  key: settings.journalSigningKey as object,
  origin: settings.journalOrigin,
  log: createLog(settings, 'killed'),
});
// It seals what is there in one more round before it ends.
await sealer.close();
