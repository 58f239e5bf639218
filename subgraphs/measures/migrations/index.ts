import type { MigrationObject } from '@mikro-orm/postgresql';
import { Initial } from './20261122-initial.ts';

/** In the order in which they are applied. A released one is never edited: a change is a new one. */
export const migrations: MigrationObject[] = [{ name: '20261122-initial', class: Initial }];
