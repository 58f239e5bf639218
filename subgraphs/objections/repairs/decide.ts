import type pg from 'pg';
import { repairStage } from '../../../policy/repair/stage.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { isUuid } from '../../../records/arguments.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { badInput, refusal } from '../../../records/errors.ts';
import { demandPlace } from '../../../records/place.ts';
import { demandPurpose } from '../callers.ts';
import { notify } from '../notices.ts';
import type { Applicant } from '../own.ts';
import { holdRecord } from '../recordHold.ts';
import { digestOf, freeText } from '../texts.ts';
import { archiveOrders, recordRepair, repaired } from './effect.ts';
import type { RepairParts } from './parts.ts';
import { REPAIR_COLUMNS, type RepairRow } from './rows.ts';
import { REFUSED, REPAIRED, WITHDRAWN, notNow, repairNotice } from './told.ts';
import { ownItem } from '../ownItem.ts';

export interface DecideRepairInput {
  id: string;
  decision: 'REPAIR' | 'REFUSE';
  opinion?: string | null;
  documentDigest?: string | null;
}

export const LONGEST_OPINION = 5_000;

/** In the same words for an id that is unknown and one of another's: nobody learns from trying what is under way. */
export const noSuchRepair = () =>
  badInput('id', { zh: '没有这一份申请', en: 'there is no such application' });

export interface RepairDecider {
  role: 'PROVIDER' | 'CENTER';
  unit: string;
  /** Whether the application is for it to decide on at all; to whom it is not, it does not exist. */
  decidesOn: (row: RepairRow) => boolean;
}

/** A provider on its own unit's records, or the center's staff with a purpose. @throws FORBIDDEN for everyone else */
export function deciderOf({ grant }: SubgraphContext): RepairDecider {
  const { role, unit } = grant.caller;
  if (role === 'provider' && unit !== null)
    return { role: 'PROVIDER', unit, decidesOn: ({ provider }) => provider === unit };
  if (role !== 'center' || unit === null) {
    throw refusal('FORBIDDEN', {
      zh: '仅限信息提供单位或公共信用信息工作机构',
      en: 'for the unit that provides the record and for the credit center',
    });
  }
  const { persons } = demandPurpose(grant);
  return { role: 'CENTER', unit, decidesOn: ({ aboutPersons }) => persons || !aboutPersons };
}

/** The application, with its row held until the end of the transaction. */
export async function heldRepair(
  client: pg.PoolClient,
  id: string,
  missing: () => Error = noSuchRepair,
): Promise<RepairRow> {
  if (!isUuid(id)) throw missing();
  const { rows } = await client.query<RepairRow>(
    `select ${REPAIR_COLUMNS} from repair_application where id = $1 for update`,
    [id.toLowerCase()],
  );
  if (!rows[0]) throw missing();
  return rows[0];
}

/** Changes columns of a held application. */
export async function changeRepair(
  client: pg.PoolClient,
  id: string,
  values: Record<string, unknown>,
): Promise<RepairRow> {
  const set = Object.keys(values).map((column, i) => `${column} = $${i + 2}`);
  const { rows } = await client.query<RepairRow>(
    `update repair_application set ${set.join(', ')} where id = $1 returning ${REPAIR_COLUMNS}`,
    [id, ...Object.values(values)],
  );
  return rows[0] as RepairRow;
}

/** Ends an application without a repair; whoever has to do with it is told. */
export async function refuse(
  client: pg.PoolClient,
  { id }: RepairRow,
  by: string,
  reason: string,
  today: string,
): Promise<RepairRow> {
  const row = await changeRepair(client, id, {
    state: 'REFUSED',
    reason,
    closed_on: today,
    closed_by: by,
    queued_on: today,
  });
  const told = { zh: `${REFUSED.zh}：${reason}`, en: `${REFUSED.en}: ${reason}` };
  await notify(client, [
    repairNotice(row, 'SUBJECT', 'REFUSED', told),
    repairNotice(row, 'PROVIDER', 'REFUSED', told),
  ]);
  return row;
}

/**
 * Decisions on an application, each in one transaction with its row held, its orders and its notices. The provider is first; where the
 * rules have a public notice it follows on its opinion. The effect is the center's act even where nobody objected: article 35 has the
 * provider report after the notice and the center adopt what was repaired, and sets no day for either, so there is none that could decide.
 */
export function deciding({ pool, outbox, records, packs, calendar, today }: RepairParts) {
  const support = async (client: pg.PoolClient, row: RepairRow, input: DecideRepairInput, day: string) => {
    const opinion = freeText('opinion', input.opinion, LONGEST_OPINION);
    if (!input.documentDigest) {
      throw badInput('documentDigest', {
        zh: `须有书面意见、确认或者证明（${row.source}，${row.article}）`,
        en: `the written opinion, confirmation or certificate is needed (${row.source}, ${row.article})`,
      });
    }
    const given = {
      opinion,
      document_digest: digestOf('documentDigest', input.documentDigest),
      opinion_on: day,
    };
    if (row.noticeDays === null) {
      const next = await changeRepair(client, row.id, { ...given, state: 'CONFIRMING', queued_on: day });
      await notify(client, [
        repairNotice(next, 'CENTER', 'CONFIRMED', {
          zh: '提供单位已书面确认，请及时采用修复后的信息',
          en: 'its unit confirmed in writing; to be adopted in time',
        }),
      ]);
      return next;
    }
    const { on, provisional } = calendar.addWorkingDays(day, row.noticeDays);
    const next = await changeRepair(client, row.id, {
      ...given,
      state: 'NOTICE',
      notice_until: on,
      provisional,
      queued_on: on,
    });
    const told = { zh: `公示至 ${on}`, en: `public notice until ${on}` };
    await notify(client, [
      repairNotice(next, 'SUBJECT', 'NOTICE', told, on),
      repairNotice(next, 'CENTER', 'NOTICE', told, on),
    ]);
    return next;
  };

  const adopt = async (
    client: pg.PoolClient,
    row: RepairRow,
    by: string,
    day: string,
    { snapshot }: SubgraphContext,
  ) => {
    const found = await repaired(records, row, day);
    if (found.length === 0) {
      throw refusal('CONFLICT', {
        zh: '该信息已不在档，无从修复，只能不予修复',
        en: 'the record is no longer on file: there is nothing to repair, and it can only be refused',
      });
    }
    const next = await changeRepair(client, row.id, {
      state: 'REPAIRED',
      closed_on: day,
      closed_by: by,
      queued_on: day,
    });
    for (const { id } of found) await holdRecord(client, id);
    await outbox.enqueue(client, archiveOrders(row, found, by));
    await recordRepair(client, row, ownItem('Repair', row, snapshot, packs, day), snapshot, day);
    await notify(client, [
      repairNotice(next, 'SUBJECT', 'REPAIRED', REPAIRED),
      repairNotice(next, 'PROVIDER', 'REPAIRED', REPAIRED),
    ]);
    return next;
  };

  return {
    async decide(input: DecideRepairInput, context: SubgraphContext): Promise<RepairRow> {
      const { role, unit, decidesOn } = deciderOf(context);
      const day = today();
      const row = await inTransaction(pool, async (client) => {
        const held = await heldRepair(client, input.id);
        if (!decidesOn(held)) throw noSuchRepair();
        if (role === 'CENTER') demandPlace(unit, held.jurisdiction, context.snapshot, packs, day);
        if (repairStage(held, day) !== (role === 'PROVIDER' ? 'APPLIED' : 'CONFIRMING'))
          throw notNow(held, day);
        if (input.decision === 'REFUSE')
          return refuse(client, held, unit, freeText('opinion', input.opinion, LONGEST_OPINION), day);
        return role === 'PROVIDER'
          ? support(client, held, input, day)
          : adopt(client, held, unit, day, context);
      });
      await outbox.flush();
      return row;
    },
    /** Takes an application back, as long as it is open. */
    withdraw: (id: string, { subjectId, unit }: Applicant): Promise<RepairRow> =>
      inTransaction(pool, async (client) => {
        const day = today();
        const held = await heldRepair(client, id);
        if (held.subjectId !== subjectId) throw noSuchRepair();
        if (held.closedOn !== null) throw notNow(held, day);
        const row = await changeRepair(client, held.id, {
          state: 'WITHDRAWN',
          closed_on: day,
          closed_by: unit,
          queued_on: day,
        });
        await notify(client, [
          repairNotice(row, 'PROVIDER', 'WITHDRAWN', WITHDRAWN),
          repairNotice(row, 'CENTER', 'WITHDRAWN', WITHDRAWN),
        ]);
        return row;
      }),
  };
}
