import type { MigrationObject } from '@mikro-orm/postgresql';
import { Initial } from './20261121-initial.ts';
import { Lists } from './20261121-lists.ts';
import { Rule } from './20261122-rule.ts';
import { Reach } from './20261123-reach.ts';

/** In the order in which they are applied. A released one is never edited: a change is a new one. */
export const migrations: MigrationObject[] = [
  { name: '20261121-initial', class: Initial },
  { name: '20261121-lists', class: Lists },
  { name: '20261122-rule', class: Rule },
  { name: '20261123-reach', class: Reach },
];
