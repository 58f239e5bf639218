import type pg from 'pg';
import { type RecordKind, archiveTable } from '../kind.ts';

/** Whether a subject did again what one of its records is about. */
export interface ConductQuestion {
  recordType: string;
  subjectId: string;
  jurisdiction: string;
  /** Numbers of the catalogue items that count as the same kind. */
  itemIds: readonly number[];
  /** The day after which conduct counts, 'YYYY-MM-DD'. */
  since: string;
  /** Id of the record that is asked for, which does not count itself. */
  except: string;
}

const COLUMNS = 'subject_id, id, jurisdiction, item_id, determined_on, formed_on, effective_on, ended_on';

const conductSql = (kind: RecordKind): string => `
select min(coalesce(determined_on, formed_on, effective_on))::text as on from (
  select ${COLUMNS} from ${kind.table} where subject_id = $1 and revoked_at is null and archived_at is null
  union all
  select ${COLUMNS} from ${archiveTable(kind)} where subject_id = $1) r
where jurisdiction = $2 and item_id = any($3::int[]) and id <> $5
  and coalesce(determined_on, formed_on, effective_on) > $4::date and (ended_on is null or ended_on > $4::date)`;

/**
 * The first day on which a subject did the like again, null where it did not: also what is past its term by now. What was repaired, or
 * taken out as wrong, is kept for the archive alone and held against nobody; nor is conduct that had ended before and was found later.
 */
export async function readConduct(
  pool: pg.Pool,
  kind: RecordKind,
  { subjectId, jurisdiction, itemIds, since, except }: ConductQuestion,
): Promise<string | null> {
  const { rows } = await pool.query<{ on: string | null }>(conductSql(kind), [
    subjectId,
    jurisdiction,
    itemIds,
    since,
    except,
  ]);
  return rows[0]?.on ?? null;
}
