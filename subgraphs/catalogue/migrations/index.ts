import type { MigrationObject } from '@mikro-orm/postgresql';
import { Initial } from './20261121-initial.ts';
import { Lists } from './20261121-lists.ts';

/** In the order in which they are applied. A released one is never edited: a change is a new one. */
export const migrations: MigrationObject[] = [
  { name: '20261121-initial', class: Initial },
  { name: '20261121-lists', class: Lists },
];
