import type { RecordKind } from '../kind.ts';

interface ChangeTrigger {
  name: string;
  timing: 'after';
  events: ('insert' | 'update')[];
  forEach: 'statement';
  expression: string;
}

/**
 * What writes the changes of a table of records into the log, in the statement that brings them about: whatever way a change comes, none is
 * forgotten. One trigger a statement, not a row, since import is by thousands of rows. Their functions are in records/changes/migration.ts.
 */
export const changeTriggers = ({ type, table }: Pick<RecordKind, 'type' | 'table'>): ChangeTrigger[] => [
  {
    name: 'log_added',
    timing: 'after',
    events: ['insert'],
    forEach: 'statement',
    expression: `create trigger log_added after insert on "${table}" referencing new table as new_rows for each statement execute function log_added('${type}')`,
  },
  {
    name: 'log_changed',
    timing: 'after',
    events: ['update'],
    forEach: 'statement',
    expression: `create trigger log_changed after update on "${table}" referencing old table as old_rows new table as new_rows for each statement execute function log_changed('${type}')`,
  },
];
