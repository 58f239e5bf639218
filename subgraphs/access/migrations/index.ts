import type { MigrationObject } from '@mikro-orm/postgresql';
import { Initial } from './20261121-initial.ts';
import { Checks } from './20261122-checks.ts';
import { Report } from './20261122-report.ts';
import { Rights } from './20261122-rights.ts';
import { Sealing } from './20261122-sealing.ts';
import { Batches } from './20261123-batches.ts';
import { Reports } from './20261123-reports.ts';
import { OwnReports } from './20261123-own-reports.ts';
import { AccountsOpened } from './20261123-accounts-opened.ts';
import { ReviewRollUp } from './20261123-review-rollup.ts';
import { ReviewKept } from './20261124-review-kept.ts';
import { ReportFigures } from './20261124-report-figures.ts';
import { ReportMonths } from './20261124-report-months.ts';
import { EntryHash } from './20261125-entry-hash.ts';
import { Sealer } from './20261123-sealer.ts';

/** In the order in which they are applied. A released one is never edited: a change is a new one. */
export const migrations: MigrationObject[] = [
  { name: '20261121-initial', class: Initial },
  { name: '20261122-rights', class: Rights },
  { name: '20261122-sealing', class: Sealing },
  { name: '20261122-report', class: Report },
  { name: '20261122-checks', class: Checks },
  { name: '20261123-batches', class: Batches },
  { name: '20261123-sealer', class: Sealer },
  { name: '20261123-accounts-opened', class: AccountsOpened },
  { name: '20261123-reports', class: Reports },
  { name: '20261123-own-reports', class: OwnReports },
  { name: '20261123-review-rollup', class: ReviewRollUp },
  { name: '20261124-review-kept', class: ReviewKept },
  { name: '20261124-report-months', class: ReportMonths },
  { name: '20261124-report-figures', class: ReportFigures },
  { name: '20261125-entry-hash', class: EntryHash },
];
