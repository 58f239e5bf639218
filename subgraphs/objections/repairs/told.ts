import type { Message } from '../../../policy/message.ts';
import { REPAIR_STAGES_ZH, REPAIR_TURNS_ZH, repairStage, turnAt } from '../../../policy/repair/stage.ts';
import { refusal } from '../../../records/errors.ts';
import type { NoticeInput, NoticeParty } from '../notices.ts';
import type { RepairRow } from './rows.ts';

/** CONFLICT: what was asked is not to be done now; it names where the application stands and whose turn it is. */
export function notNow(row: RepairRow, today: string) {
  const stage = repairStage(row, today);
  const turn = turnAt(stage);
  return refusal(
    'CONFLICT',
    {
      zh: `该申请${REPAIR_STAGES_ZH[stage]}${turn ? `，现由${REPAIR_TURNS_ZH[turn]}办理` : '，已办结'}`,
      en: turn
        ? `the application is ${stage}: it is the turn of ${turn}`
        : `the application is closed: ${stage}`,
    },
    { stage, turn },
  );
}

/** A notice of an application, with the article that it goes by. */
export const repairNotice = (
  row: RepairRow,
  to: NoticeParty,
  kind: string,
  { zh, en }: Message,
  dueOn: string | null = null,
): NoticeInput => ({
  about: 'REPAIR',
  caseId: row.id,
  subjectId: row.subjectId,
  to,
  unit: to === 'PROVIDER' ? row.provider : null,
  kind,
  dueOn,
  zh: `信用修复申请：${zh}（${row.source}，${row.article}）`,
  en: `Application for repair: ${en} (${row.source}, ${row.article})`,
});

export const REFUSED: Message = { zh: '不予修复', en: 'it was refused' };
export const WITHDRAWN: Message = { zh: '已由信息主体撤回', en: 'its subject withdrew it' };
export const REPAIRED: Message = {
  zh: '已修复，原始失信信息不再显示',
  en: 'it is repaired; the original is shown no longer',
};
