import type pg from 'pg';
import type { Packs } from '../../../policy/packs/packs.ts';
import type { WorkingCalendar } from '../../../policy/workingDays.ts';
import type { AgencyDoor } from '../../../records/delivery.ts';
import type { Outbox } from '../../../records/orders/outbox.ts';
import type { EvidenceFiles } from '../evidence/files.ts';

/** What repairs and deletions stand on. */
export interface RepairParts {
  pool: pg.Pool;
  outbox: Outbox;
  records: AgencyDoor;
  /** Uploaded files. */
  files: EvidenceFiles;
  packs: Packs;
  calendar: WorkingCalendar;
  today: () => string;
}
