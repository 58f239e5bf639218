import type pg from 'pg';
import type { RepairStage, RepairStanding } from '../../../policy/repair/stage.ts';
import { gathering } from '../../../records/gather.ts';
import { isUuid } from '../../../records/arguments.ts';
import type { CaseReader } from '../callers.ts';
import type { Evidence } from '../evidence/given.ts';

/** An application as its table has it; dates are 'YYYY-MM-DD'. */
export interface RepairRow extends RepairStanding {
  id: string;
  ordinal: string;
  subjectId: string;
  recordType: string;
  recordId: string;
  itemId: number;
  aboutPersons: boolean;
  jurisdiction: string;
  provider: string;
  appliedOn: string;
  source: string;
  article: string;
  effect: 'ORIGINAL_ARCHIVED' | 'REMOVED_FROM_QUERY';
  noticeDays: number | null;
  rectifiedOn: string;
  rectification: string;
  commitment: string | null;
  evidence: Evidence[];
  queuedOn: string;
  opinion: string | null;
  documentDigest: string | null;
  opinionOn: string | null;
  provisional: boolean;
  /** The unit of the center at whose window it was filed; null: its subject filed it. */
  windowUnit: string | null;
  reason: string | null;
  closedOn: string | null;
}

/** An objection to a notice as its table has it. */
export interface RepairObjectionRow {
  id: string;
  repairId: string;
  byUnit: string | null;
  grounds: string;
  evidence: string[];
  filedOn: string;
  state: 'OPEN' | 'UPHELD' | 'DISMISSED';
  opinion: string | null;
  decidedOn: string | null;
}

/** Whose applications, and which. */
export interface RepairReader extends RepairsOf {
  /** Null: all that are open; for a subject all of its own. */
  stage: RepairStage | null;
  today: string;
}

/** Whose applications: a subject's own, those about a unit's records, or all. */
export type RepairsOf = Omit<CaseReader, 'appealedOnly'>;

export interface QueuePosition {
  on: string;
  ordinal: string;
}

export const REPAIR_COLUMNS = `id, ordinal::text, subject_id as "subjectId", record_type as "recordType", record_id as "recordId",
  item_id as "itemId", about_persons as "aboutPersons", jurisdiction, provider, applied_on::text as "appliedOn", source, article, effect,
  notice_days as "noticeDays", rectified_on::text as "rectifiedOn", rectification, commitment, evidence, state,
  queued_on::text as "queuedOn", opinion, document_digest as "documentDigest", opinion_on::text as "opinionOn",
  notice_until::text as "noticeUntil", provisional, window_unit as "windowUnit", open_objections as "openObjections", reason,
  closed_on::text as "closedOn"`;

const OBJECTION_COLUMNS = `id, repair_id as "repairId", by_unit as "byUnit", grounds, evidence, filed_on::text as "filedOn", state, opinion,
  decided_on::text as "decidedOn"`;

/** `policy/repair/stage.ts` in SQL, of the day `$4`. */
const STAGE = `case when state <> 'NOTICE' or $4::date <= notice_until then state
  when open_objections > 0 then 'CONTESTED' else 'CONFIRMING' end`;

const OF_READER = `($1::uuid is null or subject_id = $1) and ($2::text is null or provider = $2) and ($3 or not about_persons)
  and case when $5::text is null then $1::uuid is not null or closed_on is null else ${STAGE} = $5 end`;

const readerValues = ({ subjectId, provider, persons, today, stage }: RepairReader): unknown[] => [
  subjectId,
  provider,
  persons,
  today,
  stage,
];

const RUNNING = `state = 'NOTICE' and notice_until >= $1::date and ($2::text is null or jurisdiction = $2)`;

/** Applications for repair, read. */
export class RepairRows {
  readonly #pool: pg.Pool;
  /** Objections to the notices of many applications, oldest first, by one statement. */
  readonly objectionsOf: (repairId: string) => Promise<RepairObjectionRow[]>;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    this.objectionsOf = gathering(async (ids) => {
      const { rows } = await pool.query<RepairObjectionRow>({
        name: 'repair_objections',
        text: `select ${OBJECTION_COLUMNS} from repair_objection where repair_id = any($1::uuid[]) order by repair_objection.ordinal`,
        values: [ids],
      });
      const found = Map.groupBy(rows, ({ repairId }) => repairId);
      return ids.map((id) => found.get(id) ?? []);
    });
  }

  /** Null in the same way for what does not exist and for what is not this reader's. */
  async one(id: string, { subjectId, provider, persons }: RepairsOf): Promise<RepairRow | null> {
    if (!isUuid(id)) return null;
    const { rows } = await this.#pool.query<RepairRow>({
      name: 'repair',
      text: `select ${REPAIR_COLUMNS} from repair_application
        where id = $1 and ($2::uuid is null or subject_id = $2) and ($3::text is null or provider = $3) and ($4 or not about_persons)`,
      values: [id, subjectId, provider, persons],
    });
    return rows[0] ?? null;
  }

  /** Who gave a file with an objection to the notice of an application: subjects' pseudonymous ids and units' codes. */
  async objectorsWith(repairId: string, digest: string): Promise<string[]> {
    const { rows } = await this.#pool.query<{ owner: string }>({
      name: 'repair_objectors',
      text: `select coalesce(by_unit, by_subject::text) as owner from repair_objection where repair_id = $1 and $2 = any(evidence)`,
      values: [repairId, digest],
    });
    return rows.map(({ owner }) => owner);
  }

  /** By place in the queue; one more than the page where there is a next one. */
  async page(reader: RepairReader, first: number, after: QueuePosition | null): Promise<RepairRow[]> {
    const { rows } = await this.#pool.query<RepairRow>({
      name: 'repair_page',
      text: `select ${REPAIR_COLUMNS} from repair_application a
        where ${OF_READER} and ($6::date is null or (queued_on, a.ordinal) > ($6, $7::bigint)) order by queued_on, a.ordinal limit $8`,
      values: [...readerValues(reader), after?.on ?? null, after?.ordinal ?? null, first + 1],
    });
    return rows;
  }

  async count(reader: RepairReader): Promise<number> {
    const { rows } = await this.#pool.query<{ n: number }>({
      name: 'repair_count',
      text: `select count(*)::int as n from repair_application where ${OF_READER}`,
      values: readerValues(reader),
    });
    return rows[0]?.n ?? 0;
  }

  /** Notices that run on a day, those that end first before others. */
  async notices(
    today: string,
    jurisdiction: string | null,
    first: number,
    after: QueuePosition | null,
  ): Promise<RepairRow[]> {
    const { rows } = await this.#pool.query<RepairRow>({
      name: 'repair_notices',
      text: `select ${REPAIR_COLUMNS} from repair_application a
        where ${RUNNING} and ($3::date is null or (notice_until, a.ordinal) > ($3, $4::bigint))
        order by a.notice_until, a.ordinal limit $5`,
      values: [today, jurisdiction, after?.on ?? null, after?.ordinal ?? null, first + 1],
    });
    return rows;
  }

  async noticeCount(today: string, jurisdiction: string | null): Promise<number> {
    const { rows } = await this.#pool.query<{ n: number }>({
      name: 'repair_notice_count',
      text: `select count(*)::int as n from repair_application where ${RUNNING}`,
      values: [today, jurisdiction],
    });
    return rows[0]?.n ?? 0;
  }
}
