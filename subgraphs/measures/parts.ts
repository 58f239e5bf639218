import type pg from 'pg';
import type { Cursors } from '../../records/cursor.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import type { AsOf } from './taskRow.ts';

/** What the parts of this subgraph work with. */
export interface MeasureParts extends Pick<SubgraphParts, 'packs' | 'calendar' | 'today' | 'intake'> {
  pool: pg.Pool;
  cursors: Cursors;
  /** A day, and what it pauses. */
  asOf: (day: string) => AsOf;
}
