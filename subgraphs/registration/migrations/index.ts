import type { MigrationObject } from '@mikro-orm/postgresql';
import { ByPosition, ChangeLog, PublicAfter, logged } from '../../../records/changes/migration.ts';
import { CurrencyTerm } from './20261123-currency-term.ts';
import { History } from './20261121-history.ts';
import { Initial } from './20261121-initial.ts';
import { Late } from './20261121-late.ts';
import { Orders } from '../../../records/orders/migration.ts';

/** In the order in which they are applied. A released one is never edited: a change is a new one. */
export const migrations: MigrationObject[] = [
  { name: '20261121-initial', class: Initial },
  { name: '20261121-history', class: History },
  { name: '20261121-late', class: Late },
  { name: '20261122-orders', class: Orders },
  { name: '20261123-changes', class: ChangeLog },
  {
    name: '20261123-logged',
    class: logged(
      'Registration',
      'Permit',
      'Qualification',
      'Certification',
      'Commitment',
      'Evaluation',
      'Declaration',
      'ResponsiblePerson',
    ),
  },
  { name: '20261123-currency-term', class: CurrencyTerm },
  { name: '20261123-public-after', class: PublicAfter },
  { name: '20261124-by-position', class: ByPosition },
];
