import type { MigrationObject } from '@mikro-orm/postgresql';
import { ByPosition, ChangeLog, PublicAfter, logged } from '../../../records/changes/migration.ts';
import { History } from './20261121-history.ts';
import { Initial } from './20261121-initial.ts';
import { Late } from './20261121-late.ts';
import { EvidenceTable } from './20261122-evidence.ts';
import { NoticeTable } from './20261122-notices.ts';
import { ObjectionCases } from './20261122-objection-cases.ts';
import { RepairWindows } from './20261122-repair-windows.ts';
import { Repairs } from './20261122-repairs.ts';
import { Orders } from '../../../records/orders/migration.ts';

/** In the order in which they are applied. A released one is never edited: a change is a new one. */
export const migrations: MigrationObject[] = [
  { name: '20261121-initial', class: Initial },
  { name: '20261121-history', class: History },
  { name: '20261121-late', class: Late },
  { name: '20261122-orders', class: Orders },
  { name: '20261122-notices', class: NoticeTable },
  { name: '20261122-objection-cases', class: ObjectionCases },
  { name: '20261122-repairs', class: Repairs },
  { name: '20261122-evidence', class: EvidenceTable },
  { name: '20261122-repair-windows', class: RepairWindows },
  { name: '20261123-changes', class: ChangeLog },
  { name: '20261123-logged', class: logged('Objection', 'Repair') },
  { name: '20261123-public-after', class: PublicAfter },
  { name: '20261124-by-position', class: ByPosition },
];
