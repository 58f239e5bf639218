import type { MigrationObject } from '@mikro-orm/postgresql';
import { Initial } from './20261123-initial.ts';
import { Follow } from './20261124-follow.ts';
import { Given } from './20261123-given.ts';
import { PublicAfter } from './20261123-public-after.ts';
import { Push } from './20261123-push.ts';
import { Watch } from './20261123-watch.ts';

/** In the order in which they are applied. A released one is never edited: a change is a new one. */
export const migrations: MigrationObject[] = [
  { name: '20261123-initial', class: Initial },
  { name: '20261123-watch', class: Watch },
  { name: '20261123-push', class: Push },
  { name: '20261123-public-after', class: PublicAfter },
  { name: '20261123-given', class: Given },
  { name: '20261124-follow', class: Follow },
];
