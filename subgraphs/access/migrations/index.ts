import type { MigrationObject } from '@mikro-orm/postgresql';
import { Initial } from './20261121-initial.ts';
import { Checks } from './20261122-checks.ts';
import { Report } from './20261122-report.ts';
import { Rights } from './20261122-rights.ts';
import { Sealing } from './20261122-sealing.ts';

/** In the order in which they are applied. A released one is never edited: a change is a new one. */
export const migrations: MigrationObject[] = [
  { name: '20261121-initial', class: Initial },
  { name: '20261122-rights', class: Rights },
  { name: '20261122-sealing', class: Sealing },
  { name: '20261122-report', class: Report },
  { name: '20261122-checks', class: Checks },
];
