/** What is stored of where an application for repair stands. */
export type RepairState = 'APPLIED' | 'NOTICE' | 'CONFIRMING' | 'REPAIRED' | 'REFUSED' | 'WITHDRAWN';

/** Where it stands on a day. */
export type RepairStage = RepairState | 'CONTESTED';

/** Whose turn it is. */
export type RepairTurn = 'PROVIDER' | 'CENTER' | 'PUBLIC';

export interface RepairStanding {
  state: RepairState;
  /** Last day of the public notice; null where there is none. */
  noticeUntil: string | null;
  /** Objections to the notice that nobody has decided on yet. */
  openObjections: number;
}

/**
 * Where an application stands on a day. A notice is over by its date: the day after, it is the center's to confirm, or, while objections
 * are open, the provider's to verify; no job has to run [NT-35].
 */
export function repairStage(
  { state, noticeUntil, openObjections }: RepairStanding,
  today: string,
): RepairStage {
  if (state !== 'NOTICE' || noticeUntil === null || today <= noticeUntil) return state;
  return openObjections > 0 ? 'CONTESTED' : 'CONFIRMING';
}

const TURNS: Partial<Record<RepairStage, RepairTurn>> = {
  APPLIED: 'PROVIDER',
  NOTICE: 'PUBLIC',
  CONTESTED: 'PROVIDER',
  CONFIRMING: 'CENTER',
};

/** Null: it is closed. */
export const turnAt = (stage: RepairStage): RepairTurn | null => TURNS[stage] ?? null;

export const REPAIR_STAGES_ZH: Record<RepairStage, string> = {
  APPLIED: '待提供单位出具意见',
  NOTICE: '公示中',
  CONTESTED: '公示异议核实中',
  CONFIRMING: '待工作机构采用',
  REPAIRED: '已修复',
  REFUSED: '不予修复',
  WITHDRAWN: '已撤回',
};

export const REPAIR_TURNS_ZH: Record<RepairTurn, string> = {
  PROVIDER: '信息提供单位',
  CENTER: '公共信用信息工作机构',
  PUBLIC: '社会公众',
};
