import type { Objection, Rules } from '../packs/rules.ts';

/** 处理状态 of an objection. Source: SH-29, ZD-37, NT-32, NT-33, SR-31. */
export const STAGES = ['FILED', 'VERIFYING', 'UPHELD', 'DISMISSED', 'APPEALED'] as const;
export type Stage = (typeof STAGES)[number];
export const STAGES_ZH: Record<Stage, string> = {
  FILED: '已受理',
  VERIFYING: '核查中',
  UPHELD: '异议成立',
  DISMISSED: '异议不成立',
  APPEALED: '申诉中',
};

/** Who acts in an objection. */
export const PARTIES = ['CENTER', 'PROVIDER', 'AUTHORITY', 'SUBJECT'] as const;
export type Party = (typeof PARTIES)[number];
export const PARTIES_ZH: Record<Party, string> = {
  CENTER: '公共信用信息工作机构',
  PROVIDER: '信息提供单位',
  AUTHORITY: '信用管理部门',
  SUBJECT: '信息主体',
};

/**
 * COMPARE 比对一致: what is on file is what the provider submitted. FORWARD 转办: over to the provider; that it was compared goes with it.
 * UPHOLD, DISMISS: 异议成立, 不成立. APPEAL 申诉, ACCEPT 接受处理结果: the subject's.
 */
export const STEPS = ['COMPARE', 'FORWARD', 'UPHOLD', 'DISMISS', 'APPEAL', 'ACCEPT'] as const;
export type Step = (typeof STEPS)[number];

/** 处理方式 of an objection that is upheld: put right, taken back, closed to the public, or sent to the archive. */
export const REMEDIES = ['CORRECT', 'REVOKE', 'WITHHOLD', 'ARCHIVE'] as const;
export type Remedy = (typeof REMEDIES)[number];

/** An objection as far as rules go by it. Dates are 'YYYY-MM-DD'. */
export interface CaseState {
  filedOn: string;
  stage: Stage;
  /** Whose turn it is; null: nobody's. */
  turn: Party | null;
  /** When it was compared and nothing differed. */
  comparedOn: string | null;
  /** Until when it is that turn; null: no law says. */
  dueOn: string | null;
  provisional: boolean;
  /** Until when all of it is done; null: no law says. */
  reviewDueOn: string | null;
  remedy: Remedy | null;
  appealed: boolean;
  /** The record carries its mark. */
  marked: boolean;
  /** The public no longer sees the record from the day after the provider's due date. */
  withheld: boolean;
  acceptedOn: string | null;
  closedOn: string | null;
}

/** What a pack says of objections. */
export type ObjectionRules = Pick<Rules, 'objectionAppeal' | 'overdueVerification'> & {
  objection: Objection;
};

type Moves = Partial<Record<Stage, { by: Party; to: Stage }>>;

/** Which step leads from where to where, and whose it is. */
export const MOVES: Record<Step, Moves> = {
  COMPARE: { FILED: { by: 'CENTER', to: 'FILED' } },
  FORWARD: { FILED: { by: 'CENTER', to: 'VERIFYING' } },
  UPHOLD: {
    FILED: { by: 'CENTER', to: 'UPHELD' },
    VERIFYING: { by: 'PROVIDER', to: 'UPHELD' },
    APPEALED: { by: 'AUTHORITY', to: 'UPHELD' },
  },
  DISMISS: {
    VERIFYING: { by: 'PROVIDER', to: 'DISMISSED' },
    APPEALED: { by: 'AUTHORITY', to: 'DISMISSED' },
  },
  APPEAL: {
    UPHELD: { by: 'SUBJECT', to: 'APPEALED' },
    DISMISSED: { by: 'SUBJECT', to: 'APPEALED' },
  },
  ACCEPT: { DISMISSED: { by: 'SUBJECT', to: 'DISMISSED' } },
};

/** What is left of a record after these is nothing to go on about. */
const ENDS_THE_RECORD = new Set<Remedy | null>(['REVOKE', 'ARCHIVE']);
export const endsTheRecord = (remedy: Remedy | null): boolean => ENDS_THE_RECORD.has(remedy);

/** Conditions of a step beside its stage. */
const MAY: Partial<Record<Step, (state: CaseState, rules: ObjectionRules) => boolean>> = {
  COMPARE: ({ comparedOn }) => comparedOn === null,
  UPHOLD: ({ stage, comparedOn }) => stage !== 'FILED' || comparedOn === null,
  APPEAL: ({ appealed, remedy }, { objectionAppeal }) =>
    objectionAppeal !== undefined && !appealed && !endsTheRecord(remedy),
  ACCEPT: ({ marked, acceptedOn }) => marked && acceptedOn === null,
};

/** Steps that can follow, whoever takes them. */
export const stepsFrom = (state: CaseState, rules: ObjectionRules): Step[] =>
  STEPS.filter((step) => MOVES[step][state.stage] && (MAY[step]?.(state, rules) ?? true));

export function turnOf(state: CaseState, rules: ObjectionRules): Party | null {
  const [next] = stepsFrom(state, rules);
  return next ? (MOVES[next][state.stage]?.by ?? null) : null;
}
