import type { ReportKind } from '../../../records/creditReport.ts';
import type { CertifiedField } from '../document.ts';

export const KINDS_ZH: Record<ReportKind, string> = {
  STANDARD: '公共信用信息报告',
  NO_VIOLATION: '专用公共信用信息报告（替代无违法违规证明）',
  FINANCE: '公共信用信息报告（融资用）',
};

export const OUTCOMES_ZH: Record<CertifiedField['outcome'], string> = {
  NONE_ON_FILE: '无在查询期限内的失信信息记录',
  ON_FILE: '有记录',
  NOT_STATED: '不作说明：有未对查询人开放的部分，或者目录中没有该领域的失信信息事项',
};

export const LOOK_BASES_ZH: Record<string, string> = {
  MATTER: '应用事项',
  AUTHORIZATION: '本人授权',
  SELF: '本人查询',
  PUBLIC: '社会公开',
  DUTY: '法定职责',
};
