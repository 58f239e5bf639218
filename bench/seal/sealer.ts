import { createLog } from '../../platform/log.ts';
import { loadSettings } from '../../platform/settings.ts';
import { JournalSealer } from '../../subgraphs/access/sealing/sealer.ts';

/** A process that seals a journal and does nothing else, so that its CPU time is that of sealing. Ends on SIGTERM. */
const settings = loadSettings();
const sealer = new JournalSealer({
  url: settings.journalDatabaseUrl as string,
  key: settings.journalSigningKey as object,
  origin: settings.journalOrigin,
  log: createLog(settings, 'sealer'),
});
const alive = setInterval(() => {}, 1_000);
process.once('SIGTERM', () => {
  clearInterval(alive);
  void sealer.close();
});
