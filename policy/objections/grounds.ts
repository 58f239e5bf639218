import type { Objection } from '../packs/rules.ts';
import type { Remedy } from './stages.ts';

/** 异议事由. Source: SH-28, ZD-36, NT-31, SR-31. */
export type Ground = Objection['grounds'][number];

export const GROUNDS_ZH: Record<Ground, string> = {
  ERROR_OR_OMISSION: '记载存在错误或者遗漏',
  SECRET_OR_PRIVACY: '侵犯商业秘密、个人隐私',
  PAST_ITS_TERM: '失信信息超过期限',
  PROHIBITED: '归集了禁止归集的信息',
  NOT_TO_BE_PUBLIC: '依法不应当公开',
};

/** What puts right what each ground complains of. */
export const REMEDIES_FOR: Record<Ground, readonly Remedy[]> = {
  ERROR_OR_OMISSION: ['CORRECT', 'REVOKE'],
  SECRET_OR_PRIVACY: ['WITHHOLD', 'CORRECT', 'REVOKE'],
  PAST_ITS_TERM: ['ARCHIVE', 'CORRECT'],
  PROHIBITED: ['REVOKE', 'CORRECT'],
  NOT_TO_BE_PUBLIC: ['WITHHOLD', 'CORRECT'],
};
