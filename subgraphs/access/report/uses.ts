import type pg from 'pg';
import { dated, datedValues, upToPeriod } from '../../../records/report/dated.ts';
import type { Reading } from '../../../records/report/reader.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import { type ItemsTold, type Position, USES, itemsTold, usesIn } from './counting.ts';
import type { KeptPart, KeptRow } from './months.ts';
import { pairOf, purposeName, unitName } from './naming.ts';

/** Uses of information; `unit` is who used it, `kind` what for: empty without a matter in force. */
interface UseRow extends KeptRow {
  provider: string;
  kind: string;
}

export const USE_TABLES = ['usesByProvider', 'usesByProviderAndPurpose'] as const;
export type UseTable = (typeof USE_TABLES)[number];

type Untold = ItemsTold & Pick<UseRow, 'month' | 'isNow' | 'isBefore'>;

async function tail(
  client: pg.PoolClient,
  { useSeq }: Position,
  asked: Reading,
  snapshot: Snapshot,
): Promise<UseRow[]> {
  const { rows } = await client.query<Untold>(
    `select ${dated('day')}, unit, matter, items, sum(organizations)::float8 as organizations, sum(persons)::float8 as persons
     from (${itemsTold(String(useSeq), null)}) d
     where ${upToPeriod('day')} and ($5::text is null or unit = $5)
     group by 1, 2, 3, unit, matter, items`,
    [...datedValues(asked), asked.unit],
  );
  return usesIn(rows, snapshot, ({ month, isNow, isBefore }) => `${month} ${isNow} ${isBefore}`);
}

/**
 * 联合奖惩情况: uses of information, a look counting once for each unit that provided any of what it told. There is no total over providers: one look at one
 * person would count in it many times, and be enough persons to be told.
 */
export const USES_PART: KeptPart<UseTable, UseRow> = {
  kept: USES,
  tables: {
    usesByProvider: { name: unitName },
    usesByProviderAndPurpose: { name: pairOf(unitName, purposeName) },
  },
  keys: ({ provider, kind }) => ({
    usesByProvider: provider,
    usesByProviderAndPurpose: `${provider} ${kind || 'OTHER'}`,
  }),
  tail,
};
