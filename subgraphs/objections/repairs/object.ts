import { randomUUID } from 'node:crypto';
import { repairStage } from '../../../policy/repair/stage.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { isUuid } from '../../../records/arguments.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { badInput, refusal } from '../../../records/errors.ts';
import { demandPlace } from '../../../records/place.ts';
import { notify } from '../notices.ts';
import { heldDigests } from '../evidence/given.ts';
import { freeText } from '../texts.ts';
import { LONGEST_OPINION, changeRepair, deciderOf, heldRepair, refuse } from './decide.ts';
import type { RepairParts } from './parts.ts';
import type { RepairObjectionRow, RepairRow } from './rows.ts';
import { notNow, repairNotice } from './told.ts';

export interface ObjectToRepairInput {
  notice: string;
  grounds: string;
  evidence?: readonly string[] | null;
}

export interface DecideRepairObjectionInput {
  id: string;
  decision: 'UPHOLD' | 'DISMISS';
  opinion: string;
}

const noSuchNotice = () => badInput('notice', { zh: '没有这一公示', en: 'there is no such notice' });
const noSuchObjection = () => badInput('id', { zh: '没有这一份异议', en: 'there is no such objection' });

/**
 * Objections to public notices of repairs [NT-35]: anyone with a token may raise one, once for each notice, while it runs. The unit that
 * gave the opinion verifies it, or the center's staff for it; one that is upheld ends the application.
 */
export function objecting({ pool, files, packs, today }: RepairParts) {
  return {
    object: (
      { notice, grounds, evidence }: ObjectToRepairInput,
      { grant: { caller } }: SubgraphContext,
    ): Promise<{ id: string; filedOn: string }> =>
      inTransaction(pool, async (client) => {
        if (caller.role === null || (caller.unit === null && caller.subject === null)) {
          throw refusal('UNAUTHENTICATED', { zh: '请先登录', en: 'a token is required' });
        }
        const words = freeText('grounds', grounds, LONGEST_OPINION);
        const digests = await heldDigests(evidence ?? [], caller.unit ?? (caller.subject as string), files);
        const day = today();
        const held = await heldRepair(client, notice, noSuchNotice);
        // Of what was never published nobody learns.
        if (held.noticeUntil === null) throw noSuchNotice();
        if (repairStage(held, day) !== 'NOTICE') throw notNow(held, day);
        const id = randomUUID();
        const { rowCount } = await client.query(
          `insert into repair_objection (id, repair_id, by_unit, by_subject, grounds, evidence, filed_on, state)
           values ($1, $2, $3, $4, $5, $6, $7, 'OPEN') on conflict do nothing`,
          [id, held.id, caller.unit, caller.subject, words, digests, day],
        );
        if (rowCount === 0) {
          throw refusal('CONFLICT', {
            zh: '已对该公示提出过异议',
            en: 'an objection to this notice was raised before',
          });
        }
        const row = await changeRepair(client, held.id, { open_objections: held.openObjections + 1 });
        const told = { zh: '公示期间有异议，须核实并提出意见', en: 'there is an objection to be verified' };
        await notify(client, [
          repairNotice(row, 'PROVIDER', 'CONTESTED', told),
          repairNotice(row, 'CENTER', 'CONTESTED', told),
        ]);
        return { id, filedOn: day };
      }),

    decideObjection: (
      { id, decision, opinion }: DecideRepairObjectionInput,
      context: SubgraphContext,
    ): Promise<RepairRow> =>
      inTransaction(pool, async (client) => {
        const { role, unit, decidesOn } = deciderOf(context);
        const words = freeText('opinion', opinion, LONGEST_OPINION);
        if (!isUuid(id)) throw noSuchObjection();
        const { rows: found } = await client.query<{ repairId: string }>(
          'select repair_id as "repairId" from repair_objection where id = $1',
          [id],
        );
        if (!found[0]) throw noSuchObjection();
        const day = today();
        const held = await heldRepair(client, found[0].repairId);
        if (!decidesOn(held)) throw noSuchObjection();
        if (role === 'CENTER') demandPlace(unit, held.jurisdiction, context.snapshot, packs, day);
        if (held.closedOn !== null) throw notNow(held, day);
        const state = decision === 'UPHOLD' ? 'UPHELD' : 'DISMISSED';
        // Whoever decided first, before the application was held, has decided.
        const { rows } = await client.query<Pick<RepairObjectionRow, 'state'>>(
          `update repair_objection set state = $2, opinion = $3, decided_on = $4, decided_by = $5
           where id = $1 and state = 'OPEN' returning state`,
          [id, state, words, day, unit],
        );
        if (!rows[0])
          throw refusal('CONFLICT', { zh: '该异议已核实', en: 'the objection was decided before' });
        const row = await changeRepair(client, held.id, { open_objections: held.openObjections - 1 });
        if (decision === 'UPHOLD') return refuse(client, row, unit, words, day);
        if (repairStage(row, day) === 'CONFIRMING') {
          await notify(client, [
            repairNotice(row, 'CENTER', 'VERIFIED', {
              zh: '公示异议均不成立，请及时采用修复后的信息',
              en: 'no objection to the notice was upheld; to be adopted in time',
            }),
          ]);
        }
        return row;
      }),
  };
}
