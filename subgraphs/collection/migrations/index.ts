import type { MigrationObject } from '@mikro-orm/postgresql';
import { Initial } from './20261121-initial.ts';
import { Gate } from './20261121-gate.ts';
import { Pull } from './20261121-pull.ts';
import { Report } from './20261122-report.ts';
import { Timeliness } from './20261121-timeliness.ts';

/** In the order in which they are applied. A released one is never edited: a change is a new one. */
export const migrations: MigrationObject[] = [
  { name: '20261121-initial', class: Initial },
  { name: '20261121-gate', class: Gate },
  { name: '20261121-pull', class: Pull },
  { name: '20261121-timeliness', class: Timeliness },
  { name: '20261122-report', class: Report },
];
