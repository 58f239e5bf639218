import { birthDate, parseCode } from '../../policy/identifiers/code.ts';
import type { Message } from '../../policy/message.ts';
import { isUuid } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Amended, Amendment } from '../../records/delivery.ts';
import type { Correction } from '../../records/recordInput.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { readCorrection } from '../../records/import/correction.ts';
import type { ResolverMap } from '../../records/resolvers.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import { ENTERED, plainLayouts } from '../plainLayouts.ts';
import { NO_SUCH_RECORD, unitOrCenter } from './unitOrCenter.ts';

const LONGEST_REASON = 1_000;

interface AmendedRecord {
  record: string;
  code: string;
  recordType: string;
  reason: string;
}

export interface CorrectInput extends AmendedRecord {
  values: unknown;
}

export type RevokeInput = AmendedRecord;

type Done = Extract<Amended, { itemId: number }>;

const ACT: Message = { zh: '更正或撤销', en: 'correct or revoke' };

const notFound = () => badInput('record', NO_SUCH_RECORD);

function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason !== '' && reason.length <= LONGEST_REASON) return reason;
  throw badInput('reason', {
    zh: `须说明理由，至多 ${LONGEST_REASON} 字`,
    en: `a reason is needed, of at most ${LONGEST_REASON} characters`,
  });
}

function plainLayoutOf(recordType: string) {
  const layout = plainLayouts.get(recordType);
  if (layout) return layout;
  const types = [...plainLayouts.keys()].join(', ');
  throw badInput('recordType', {
    zh: `没有记录类型“${recordType}”；可用：${types}`,
    en: `there is no record type "${recordType}"; there are ${types}`,
  });
}

/** Corrections (更正) and revocations (撤销) on their way to the agency. What was touched is reported for the journal [SH-26]. */
export function amendmentResolvers({
  intake: { records, subjects },
  packs,
  today,
}: Pick<SubgraphParts, 'intake' | 'packs' | 'today'>): ResolverMap {
  const amend = async (
    input: AmendedRecord,
    who: Pick<Amendment, 'provider' | 'jurisdictions' | 'by'>,
    correction: Correction | null,
    { report }: SubgraphContext,
  ): Promise<Done> => {
    const parsed = parseCode(input.code, today());
    if (!parsed.ok) throw badInput('code', parsed.reason);
    const reason = reasonOf(input.reason);
    if (!isUuid(input.record)) throw notFound();
    const subjectId = await subjects.idOf(parsed.code);
    const amended = await records.amend({
      ...who,
      recordType: input.recordType,
      subjectId,
      id: input.record.toLowerCase(),
      reason,
      bornOn: parsed.codeKind === 'CITIZEN_ID' ? birthDate(parsed.code) : null,
      correction,
    });
    switch (amended.outcome) {
      case 'NOT_FOUND':
        throw notFound();
      case 'OTHER_FACT':
        throw refusal('CONFLICT', {
          zh: '更正后将成为另一事实：请撤销后重新报送',
          en: 'that would be another fact: revoke this record and submit the other',
        });
      case 'NOT_COLLECTED':
        throw badInput('values', {
          zh: amended.reasons.map(({ zh }) => zh).join('；'),
          en: amended.reasons.map(({ en }) => en).join('; '),
        });
      default:
        report.subjects.add(subjectId);
        report.items.set(amended.itemId, 1);
        return amended;
    }
  };

  return {
    Mutation: {
      correctRecord: async (_: unknown, { input }: { input: CorrectInput }, context: SubgraphContext) => {
        const who = unitOrCenter(context, ACT, packs, today());
        const { values } = input;
        const layout = plainLayoutOf(input.recordType);
        if (ENTERED.has(input.recordType)) {
          throw badInput('recordType', {
            zh: '关联信息随原记录更正：请更正原记录',
            en: 'entries follow the original record: correct that one',
          });
        }
        if (typeof values !== 'object' || values === null || Array.isArray(values)) {
          throw badInput('values', {
            zh: '应为对象',
            en: 'must be an object by column name or field code',
          });
        }
        const correction = await readCorrection(layout, values as Record<string, unknown>, today());
        const { outcome, revision, visibleUntil } = await amend(input, who, correction, context);
        return {
          record: input.record.toLowerCase(),
          revision,
          visibleUntil,
          changed: outcome === 'AMENDED',
        };
      },
      revokeRecord: async (_: unknown, { input }: { input: RevokeInput }, context: SubgraphContext) => {
        const who = unitOrCenter(context, ACT, packs, today());
        plainLayoutOf(input.recordType);
        const { outcome, revokedAt } = await amend(input, who, null, context);
        return { record: input.record.toLowerCase(), revokedAt, changed: outcome === 'AMENDED' };
      },
    },
  };
}
