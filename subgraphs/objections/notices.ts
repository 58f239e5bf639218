import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type pg from 'pg';
import type { Message } from '../../policy/message.ts';

export type NoticeAbout = 'OBJECTION' | 'REPAIR' | 'DELETION';
export type NoticeParty = 'SUBJECT' | 'PROVIDER' | 'CENTER' | 'AUTHORITY';

/** 通知 of what became of a case, or of what somebody has to do about it. */
export interface NoticeInput extends Message {
  about: NoticeAbout;
  caseId: string;
  subjectId: string;
  to: NoticeParty;
  /** 统一社会信用代码 of a PROVIDER that is told; null for all others. */
  unit: string | null;
  /** What it tells, such as FORWARDED: upper case, one word a kind. */
  kind: string;
  /** Until when it is due: to be told, or to be done by whom it tells; null where no law says. */
  dueOn: string | null;
}

/** A notice as its table has it. `position` grows with time. */
export interface NoticeRow extends NoticeInput {
  id: string;
  position: string;
  sentAt: string;
}

/** Whose notices: a subject's own, a unit's own, or all that go to the center or the authority. */
export interface NoticeReader {
  to: NoticeParty;
  subjectId: string | null;
  unit: string | null;
}

export const NoticeEntity = defineEntity({
  name: 'Notice',
  tableName: 'notice',
  comment:
    '通知: what subjects and units are told of objections, repairs and deletions [SH-29, ZD-37, NT-32]',
  indexes: [
    { name: 'notice_subject', properties: ['subjectId', 'position'] },
    { name: 'notice_unit', properties: ['unit', 'position'] },
    { name: 'notice_case', properties: ['caseId'] },
  ],
  properties: {
    position: p.bigint('string').primary().autoincrement().comment('Order of sending'),
    id: p.uuid().comment('通知编号'),
    about: p.string().length(16).comment('OBJECTION 异议, REPAIR 信用修复, DELETION 删除'),
    caseId: p.uuid().comment('Id of the objection, application or request'),
    subjectId: p.uuid().comment('信息主体: pseudonymous id'),
    recipient: p
      .string()
      .length(16)
      .comment('被通知方: SUBJECT 信息主体, PROVIDER 信息提供单位, CENTER 工作机构, AUTHORITY 主管部门'),
    unit: p.string().length(18).nullable().comment('被通知单位: 统一社会信用代码'),
    kind: p.text().comment('通知事项'),
    dueOn: p.date().nullable().comment('到期日'),
    zh: p.text().comment('通知内容'),
    en: p.text().comment('通知内容, in English'),
    sentAt: p.datetime().defaultRaw('now()').comment('通知时间'),
  },
});

const COLUMNS = `position::text, id, about, case_id as "caseId", subject_id as "subjectId", recipient as "to", unit, kind,
  due_on::text as "dueOn", zh, en, sent_at as "sentAt"`;

/** Writes notices in the caller's transaction: nobody is told of what did not come about. */
export async function notify(
  client: Pick<pg.PoolClient, 'query'>,
  notices: readonly NoticeInput[],
): Promise<void> {
  if (notices.length === 0) return;
  await client.query(
    `insert into notice (id, about, case_id, subject_id, recipient, unit, kind, due_on, zh, en)
     select id, about, "caseId", "subjectId", "to", unit, kind, "dueOn", zh, en
     from rows from (jsonb_to_recordset($1::jsonb) as (id uuid, about text, "caseId" uuid, "subjectId" uuid, "to" text, unit text,
       kind text, "dueOn" date, zh text, en text)) with ordinality order by ordinality`,
    [JSON.stringify(notices.map((notice) => ({ ...notice, id: randomUUID() })))],
  );
}

const OF_READER = `recipient = $1 and ($2::uuid is null or subject_id = $2) and ($3::text is null or unit = $3)`;
const readerValues = ({ to, subjectId, unit }: NoticeReader): unknown[] => [to, subjectId, unit];

export class Notices {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Newest first; one more than the page where there is a next one. */
  async page(reader: NoticeReader, first: number, after: string | null): Promise<NoticeRow[]> {
    const { rows } = await this.#pool.query<NoticeRow>({
      name: 'notice_page',
      text: `select ${COLUMNS} from notice
        where ${OF_READER} and ($4::bigint is null or position < $4) order by notice.position desc limit $5`,
      values: [...readerValues(reader), after, first + 1],
    });
    return rows;
  }

  async count(reader: NoticeReader): Promise<number> {
    const { rows } = await this.#pool.query<{ n: number }>({
      name: 'notice_count',
      text: `select count(*)::int as n from notice where ${OF_READER}`,
      values: readerValues(reader),
    });
    return rows[0]?.n ?? 0;
  }

  /** Those of several cases, oldest first, in the order of the cases. */
  async ofCases(cases: readonly string[]): Promise<NoticeRow[][]> {
    const { rows } = await this.#pool.query<NoticeRow>({
      name: 'notices_of_cases',
      text: `select ${COLUMNS} from notice where case_id = any($1::uuid[]) order by notice.position`,
      values: [cases],
    });
    const found = Map.groupBy(rows, ({ caseId }) => caseId);
    return cases.map((id) => found.get(id) ?? []);
  }
}
