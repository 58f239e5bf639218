import { randomUUID } from 'node:crypto';
import { isDate } from '../../../policy/dates.ts';
import { isOfPromises } from '../../../policy/repair/promise.ts';
import { type RepairBasis, lacking, repairBasis } from '../../../policy/repair/conditions.ts';
import type { Pack } from '../../../policy/packs/packs.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { badInput, refusal } from '../../../records/errors.ts';
import type { RecordFacts } from '../../../records/orders/order.ts';
import type { SnapshotItem } from '../../../records/snapshot.ts';
import { type EvidenceInput, evidenceOf } from '../evidence/given.ts';
import { notify } from '../notices.ts';
import { type Applicant, ownRecord } from '../own.ts';
import { freeText } from '../texts.ts';
import type { RepairParts } from './parts.ts';
import { REPAIR_COLUMNS, type RepairRow } from './rows.ts';
import { notNow, repairNotice } from './told.ts';

export interface ApplyInput {
  recordType: string;
  record: string;
  rectifiedOn?: string | null;
  rectification?: string | null;
  commitment?: string | null;
  evidence?: readonly EvidenceInput[] | null;
  code?: string | null;
}

const LONGEST = 5_000;

/** Null where nothing was written: whether it is needed is for the rules to say. */
const given = (argument: string, text: string | null | undefined): string | null =>
  text?.trim() ? freeText(argument, text, LONGEST) : null;

const noRepair = ({ name, code }: Pack) =>
  badInput('record', {
    zh: `该信息适用${name.zh}（${code}）的规定，其中没有信用修复的条款`,
    en: `the rules of ${name.en} (${code}) govern this record, and none provides for its repair`,
  });

/** A record's repair, as far as its own jurisdiction's rules of the day know one. */
async function basisOf(
  { records }: Pick<RepairParts, 'records'>,
  facts: RecordFacts,
  item: SnapshotItem,
  pack: Pack,
): Promise<RepairBasis> {
  const asked = pack.promiseRepair && isOfPromises(facts.recordType) ? pack.promiseRepair : null;
  const promise = asked ? await records.brokenPromise(facts.recordType, facts.subjectId, facts.id) : null;
  const ofPromise = promise !== null && promise.breaches.length > 0;
  if (asked && !ofPromise && !item.negative) {
    throw badInput('record', {
      zh: `没有与该信息关联的违背告知承诺信息，无须修复（${asked.source}，${asked.article}）`,
      en: `no broken promise belongs to this record: there is nothing to repair (${asked.source}, ${asked.article})`,
    });
  }
  const basis = repairBasis(pack, ofPromise);
  if (!basis) throw noRepair(pack);
  if (!item.negative && !ofPromise) {
    throw badInput('record', {
      zh: `只有失信信息可以修复（${basis.source}，${basis.article}）`,
      en: `only negative information is repaired (${basis.source}, ${basis.article})`,
    });
  }
  return basis;
}

/** Takes an application in, where nothing lacks; the provider is told. */
export const applying = (parts: RepairParts) => {
  const { pool, records, packs, files, today } = parts;
  return async (applicant: Applicant, input: ApplyInput, context: SubgraphContext): Promise<RepairRow> => {
    const day = today();
    const { subjectId } = applicant;
    const facts = await ownRecord(records, input, subjectId, day);
    const item = context.snapshot.items.get(facts.itemId);
    const pack = packs.on(facts.jurisdiction, day);
    if (!item || !pack) throw new Error(`no item ${facts.itemId}, or no rules of ${facts.jurisdiction}`);
    const basis = await basisOf(parts, facts, item, pack);

    const rectifiedOn = input.rectifiedOn ?? null;
    if (rectifiedOn !== null && !isDate(rectifiedOn))
      throw badInput('rectifiedOn', { zh: '没有这一天', en: 'there is no such day' });
    const rectification = given('rectification', input.rectification);
    const commitment = given('commitment', input.commitment);
    const evidence = await evidenceOf(input.evidence ?? [], { ...applicant, today: day }, { records, files });
    const relapsedOn =
      basis.cleanPeriod === undefined || rectifiedOn === null
        ? null
        : await records.conductSince({
            recordType: facts.recordType,
            subjectId,
            jurisdiction: facts.jurisdiction,
            itemIds: [facts.itemId],
            since: rectifiedOn,
            except: facts.id,
          });
    const missing = lacking(
      basis,
      {
        grade: facts.grade,
        rectifiedOn,
        proved: rectification !== null && evidence.length > 0,
        committed: commitment !== null,
        relapsedOn,
      },
      day,
    );
    const [first] = missing;
    if (first) {
      throw refusal(
        'BAD_USER_INPUT',
        {
          zh: `不符合信用修复条件：${missing.map(({ reason }) => reason.zh).join('；')}`,
          en: `not to be repaired: ${missing.map(({ reason }) => reason.en).join('; ')}`,
        },
        { argument: first.argument, lacking: missing.map(({ condition }) => condition) },
      );
    }

    return inTransaction(pool, async (client) => {
      const { rows } = await client.query<RepairRow>(
        `insert into repair_application (id, subject_id, record_type, record_id, item_id, about_persons, jurisdiction, provider, applied_by, window_unit,
           applied_on, source, article, effect, notice_days, rectified_on, rectification, commitment, evidence, state, queued_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 'APPLIED', $11)
         on conflict do nothing returning ${REPAIR_COLUMNS}`,
        [
          randomUUID(),
          subjectId,
          facts.recordType,
          facts.id,
          facts.itemId,
          item.aboutPersons,
          facts.jurisdiction,
          facts.provider,
          applicant.by,
          applicant.unit,
          day,
          basis.source,
          basis.article,
          basis.effect,
          basis.publicNotice ?? null,
          rectifiedOn,
          rectification,
          commitment,
          JSON.stringify(evidence),
        ],
      );
      const [made] = rows;
      if (!made) {
        // The last one, which may have been closed this moment.
        const { rows: before } = await client.query<RepairRow>(
          `select ${REPAIR_COLUMNS} from repair_application a where record_id = $1 and subject_id = $2 order by a.ordinal desc limit 1`,
          [facts.id, subjectId],
        );
        throw notNow(before[0] as RepairRow, day);
      }
      await notify(client, [
        repairNotice(made, 'SUBJECT', 'APPLIED', { zh: '已受理', en: 'it was taken in' }),
        repairNotice(made, 'PROVIDER', 'APPLIED', {
          zh: '请出具书面修复意见、确认或者证明',
          en: 'your written opinion, confirmation or certificate is asked for',
        }),
      ]);
      return made;
    });
  };
};
