import type { SubjectKind } from '../terms.ts';
import { isIndividualBusiness } from './registrationNumber.ts';
import { usccSubjectKind } from './uscc.ts';

/** 代码类型: which of the four codes identifies a subject. Source: SH-5. */
export type CodeKind = 'USCC' | 'CITIZEN_ID' | 'REGISTRATION_NUMBER' | 'ORGANIZATION_CODE';

const WITHOUT_LEGAL_PERSONALITY = /合伙|个人独资|个体|分公司|分支机构|分店|代表机构|代表处|办事处|非法人/;

/**
 * 主体类别 of a valid code, from the code itself and, where registration tells more, from 企业类型 (普通合伙, 个人独资企业,
 * 集体分支机构（非法人）, 外国(地区)企业常驻代表机构). Partnerships, sole proprietorships, branches, resident offices and 个体工商户 are
 * 非法人组织; a company of one shareholder (自然人独资) is a legal person. Source: SH-2; Civil Code articles 57, 102.
 */
export function subjectKindOf(codeKind: CodeKind, code: string, enterpriseType = ''): SubjectKind {
  if (codeKind === 'CITIZEN_ID') return 'NATURAL_PERSON';
  if (WITHOUT_LEGAL_PERSONALITY.test(enterpriseType)) return 'UNINCORPORATED_ORGANIZATION';
  if (codeKind === 'USCC') return usccSubjectKind(code);
  if (codeKind === 'REGISTRATION_NUMBER' && isIndividualBusiness(code)) return 'UNINCORPORATED_ORGANIZATION';
  return 'LEGAL_PERSON';
}
