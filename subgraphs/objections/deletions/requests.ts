import { demandPlace } from '../../../records/place.ts';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Message } from '../../../policy/message.ts';
import { deletionRule } from '../../../policy/repair/deletion.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { isUuid } from '../../../records/arguments.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { badInput, refusal } from '../../../records/errors.ts';
import type { OrderAction, OrderInput } from '../../../records/orders/order.ts';
import { type NoticeInput, type NoticeParty, notify } from '../notices.ts';
import { type Applicant, keeperOf, ownRecord } from '../own.ts';
import { holdRecord } from '../recordHold.ts';
import type { RepairParts } from '../repairs/parts.ts';
import { freeText } from '../texts.ts';

/** A request as its table has it; dates are 'YYYY-MM-DD'. */
export interface DeletionRow {
  id: string;
  ordinal: string;
  subjectId: string;
  recordType: string;
  recordId: string;
  itemId: number;
  aboutPersons: boolean;
  jurisdiction: string;
  provider: string;
  requestedOn: string;
  reason: string | null;
  dueOn: string;
  provisional: boolean;
  informed: 'PROVIDER' | 'SUBJECT';
  source: string;
  article: string;
  executedOn: string | null;
}

export interface RequestInput {
  recordType: string;
  record: string;
  reason?: string | null;
  code?: string | null;
}

const LONGEST_REASON = 1_000;

/** Whose requests. */
export interface DeletionReader {
  /** A subject's own; null: anyone's. */
  subjectId: string | null;
  /** Whether those about natural persons are among them. */
  persons: boolean;
  executed: boolean | null;
}

const COLUMNS = `id, ordinal::text, subject_id as "subjectId", record_type as "recordType", record_id as "recordId", item_id as "itemId",
  about_persons as "aboutPersons", jurisdiction, provider, requested_on::text as "requestedOn", reason, due_on::text as "dueOn", provisional, informed, source, article,
  executed_on::text as "executedOn"`;

const OF_READER = `($1::uuid is null or subject_id = $1) and ($2 or not about_persons) and ($3::bool is null or (executed_on is not null) = $3)`;
const readerValues = ({ subjectId, persons, executed }: DeletionReader): unknown[] => [
  subjectId,
  persons,
  executed,
];

const orderOf = ({ recordType, subjectId, recordId }: DeletionRow, action: OrderAction): OrderInput => ({
  to: keeperOf(recordType),
  recordType,
  subjectId,
  recordId,
  action,
});

const noticeOf = (row: DeletionRow, to: NoticeParty, kind: string, { zh, en }: Message): NoticeInput => ({
  about: 'DELETION',
  caseId: row.id,
  subjectId: row.subjectId,
  to,
  unit: to === 'PROVIDER' ? row.provider : null,
  kind,
  dueOn: kind === 'REQUESTED' ? row.dueOn : null,
  zh: `删除表彰奖励、志愿服务、慈善捐赠信息：${zh}（${row.source}，${row.article}）`,
  en: `Deletion of honors, volunteering or donations: ${en} (${row.source}, ${row.article})`,
});

const atTheLatest = ({ dueOn }: DeletionRow): Message => ({
  zh: `信息主体要求删除，最迟显示至 ${dueOn}`,
  en: `its subject had it deleted; it is shown until ${dueOn} at the latest`,
});

/**
 * Deletion of a subject's own honors, volunteering and donations [SH-27b, ZD-35b]. With the request goes the last day on which anyone sees
 * the record, the due date: it is gone the day after whether the center has acted or not, and whoever is to be told of it has been. The
 * center's act takes it out at once and closes the request.
 */
export function deletions({ pool, outbox, records, packs, calendar, today }: RepairParts) {
  const request = async (
    applicant: Applicant,
    input: RequestInput,
    context: SubgraphContext,
  ): Promise<DeletionRow> => {
    const day = today();
    const facts = await ownRecord(records, input, applicant.subjectId, day);
    const item = context.snapshot.items.get(facts.itemId);
    const pack = packs.on(facts.jurisdiction, day);
    if (!item || !pack) throw new Error(`no item ${facts.itemId}, or no rules of ${facts.jurisdiction}`);
    const rule = deletionRule(input.recordType, pack);
    if ('argument' in rule) throw badInput(rule.argument, rule.reason);
    const { on: dueOn, provisional } = calendar.addWorkingDays(day, rule.workingDays);
    const reason = input.reason?.trim() ? freeText('reason', input.reason, LONGEST_REASON) : null;
    const row = await inTransaction(pool, async (client) => {
      await holdRecord(client, facts.id);
      const { rows } = await client.query<DeletionRow>(
        `insert into deletion_request (id, subject_id, record_type, record_id, item_id, about_persons, jurisdiction, provider, requested_by,
           requested_on, reason, due_on, provisional, informed, source, article)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing returning ${COLUMNS}`,
        [
          randomUUID(),
          applicant.subjectId,
          facts.recordType,
          facts.id,
          facts.itemId,
          item.aboutPersons,
          facts.jurisdiction,
          facts.provider,
          applicant.by,
          day,
          reason,
          dueOn,
          provisional,
          rule.notify,
          rule.source,
          rule.article,
        ],
      );
      const [made] = rows;
      if (!made) throw requestedBefore();
      await outbox.enqueue(client, [orderOf(made, { kind: 'HIDE_AFTER', after: dueOn })]);
      await notify(client, [
        noticeOf(made, made.informed, 'REQUESTED', atTheLatest(made)),
        noticeOf(made, 'CENTER', 'REQUESTED', atTheLatest(made)),
      ]);
      return made;
    });
    await outbox.flush();
    return row;
  };

  const execute = async (
    id: string,
    by: string | null,
    persons: boolean,
    { snapshot }: Pick<SubgraphContext, 'snapshot'>,
  ): Promise<DeletionRow> => {
    const row = await inTransaction(pool, async (client) => {
      const held = isUuid(id) ? await heldRequest(client, id) : null;
      if (!held || (held.aboutPersons && !persons))
        throw badInput('id', { zh: '没有这一要求', en: 'there is no such request' });
      demandPlace(by, held.jurisdiction, snapshot, packs, today());
      if (held.executedOn !== null) {
        throw refusal(
          'CONFLICT',
          { zh: `已于 ${held.executedOn} 删除`, en: `it was executed on ${held.executedOn}` },
          { stage: 'EXECUTED', turn: null },
        );
      }
      await holdRecord(client, held.recordId);
      const { rows } = await client.query<DeletionRow>(
        `update deletion_request set executed_on = $2, executed_by = $3 where id = $1 returning ${COLUMNS}`,
        [held.id, today(), by],
      );
      const done = rows[0] as DeletionRow;
      const reason = `信息主体要求删除（${done.source}，${done.article}），要求编号 ${done.id}`;
      await outbox.enqueue(client, [orderOf(done, { kind: 'ARCHIVE', because: 'DELETED', by, reason })]);
      await notify(client, [noticeOf(done, done.informed, 'DELETED', { zh: '已删除', en: 'it is deleted' })]);
      return done;
    });
    await outbox.flush();
    return row;
  };

  return {
    request,
    execute,
    async one(id: string): Promise<DeletionRow | null> {
      const { rows } = await pool.query<DeletionRow>(
        `select ${COLUMNS} from deletion_request where id = $1`,
        [id],
      );
      return rows[0] ?? null;
    },
    /** By due date; one more than the page where there is a next one. */
    async page(
      reader: DeletionReader,
      first: number,
      after: { on: string; ordinal: string } | null,
    ): Promise<DeletionRow[]> {
      const { rows } = await pool.query<DeletionRow>({
        name: 'deletion_page',
        text: `select ${COLUMNS} from deletion_request d
          where ${OF_READER} and ($4::date is null or (due_on, d.ordinal) > ($4, $5::bigint)) order by d.due_on, d.ordinal limit $6`,
        values: [...readerValues(reader), after?.on ?? null, after?.ordinal ?? null, first + 1],
      });
      return rows;
    },
    async count(reader: DeletionReader): Promise<number> {
      const { rows } = await pool.query<{ n: number }>({
        name: 'deletion_count',
        text: `select count(*)::int as n from deletion_request where ${OF_READER}`,
        values: readerValues(reader),
      });
      return rows[0]?.n ?? 0;
    },
  };
}

async function heldRequest(client: pg.PoolClient, id: string): Promise<DeletionRow | null> {
  const { rows } = await client.query<DeletionRow>(
    `select ${COLUMNS} from deletion_request where id = $1 for update`,
    [id],
  );
  return rows[0] ?? null;
}

const requestedBefore = () =>
  refusal(
    'CONFLICT',
    {
      zh: '已要求删除该信息，由工作机构办理',
      en: 'its deletion was asked for before: it is the turn of CENTER',
    },
    { stage: 'REQUESTED', turn: 'CENTER' },
  );
