/**
 * The closed vocabularies of the field: each as an array (to loop and to validate), a type of the same name,
 * and the official Chinese term of every value. Order is the order of the source.
 */

/** 信息主体类别: whom information is about. Source: SH-2. */
export const SUBJECT_KINDS = ['NATURAL_PERSON', 'LEGAL_PERSON', 'UNINCORPORATED_ORGANIZATION'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];
export const SUBJECT_KINDS_ZH: Record<SubjectKind, string> = {
  NATURAL_PERSON: '自然人',
  LEGAL_PERSON: '法人',
  UNINCORPORATED_ORGANIZATION: '非法人组织',
};

/** 披露方式: how widely an item or a field may be disclosed, widest first. Source: NT-19, ZD-21. */
export const DISCLOSURE_TIERS = ['PUBLIC', 'SHARED', 'AUTHORIZED'] as const;
export type DisclosureTier = (typeof DISCLOSURE_TIERS)[number];
export const DISCLOSURE_TIERS_ZH: Record<DisclosureTier, string> = {
  PUBLIC: '社会公开',
  SHARED: '政府共享',
  AUTHORIZED: '授权查询',
};

/** 信息类别: the eight classes of items. Source: SP-eight. */
export const RECORD_CLASSES = [
  'REGISTRATION',
  'QUALIFICATION',
  'SUPERVISION',
  'JUDGMENT',
  'ENFORCEMENT',
  'PERFORMANCE',
  'MANAGEMENT',
  'PUBLIC_WELFARE',
] as const;
export type RecordClass = (typeof RECORD_CLASSES)[number];
export const RECORD_CLASSES_ZH: Record<RecordClass, string> = {
  REGISTRATION: '登记类',
  QUALIFICATION: '资质类',
  SUPERVISION: '监管类',
  JUDGMENT: '判决类',
  ENFORCEMENT: '执行类',
  PERFORMANCE: '履约类',
  MANAGEMENT: '管理类',
  PUBLIC_WELFARE: '公益类',
};

/** 失信程度: degree of dishonest conduct, mildest first. Source: SH-17, NT-15. */
export const GRADES = ['MINOR', 'GENERAL', 'SEVERE'] as const;
export type Grade = (typeof GRADES)[number];
export const GRADES_ZH: Record<Grade, string> = {
  MINOR: '轻微',
  GENERAL: '一般',
  SEVERE: '严重',
};

/** 责任人员: who answers for an organization's severe dishonesty. Source: NT-29, SR-28. */
export const RESPONSIBLE_ROLES = ['LEGAL_REPRESENTATIVE', 'PRINCIPAL', 'DIRECTLY_RESPONSIBLE'] as const;
export type ResponsibleRole = (typeof RESPONSIBLE_ROLES)[number];
export const RESPONSIBLE_ROLES_ZH: Record<ResponsibleRole, string> = {
  LEGAL_REPRESENTATIVE: '法定代表人',
  PRINCIPAL: '主要负责人',
  DIRECTLY_RESPONSIBLE: '其他直接责任人员',
};

/** 应用事项类型: the eight kinds of matter that information is used for. Source: SH-18, SP-three-lists. */
export const PURPOSE_KINDS = [
  'ADMINISTRATIVE_APPROVAL',
  'ADMINISTRATIVE_PENALTY',
  'DAILY_SUPERVISION',
  'GOVERNMENT_PROCUREMENT',
  'TENDERING',
  'COMMENDATION',
  'FUNDING',
  'RECRUITMENT',
] as const;
export type PurposeKind = (typeof PURPOSE_KINDS)[number];
export const PURPOSE_KINDS_ZH: Record<PurposeKind, string> = {
  ADMINISTRATIVE_APPROVAL: '行政审批',
  ADMINISTRATIVE_PENALTY: '行政处罚',
  DAILY_SUPERVISION: '日常监管',
  GOVERNMENT_PROCUREMENT: '政府采购',
  TENDERING: '招标投标',
  COMMENDATION: '表彰评优',
  FUNDING: '资金支持',
  RECRUITMENT: '录用晋升',
};

/**
 * Whom a caller's token speaks for: a unit that uses information, one that provides it, the credit center,
 * the supervising authority, a credit service agency, or the subject itself. Without a token a caller is the
 * public and has no role.
 */
export const ROLES = ['agency', 'provider', 'center', 'authority', 'service', 'subject'] as const;
export type Role = (typeof ROLES)[number];
export const ROLES_ZH: Record<Role, string> = {
  agency: '信息使用单位',
  provider: '信息提供单位',
  center: '公共信用信息工作机构',
  authority: '信用管理部门',
  service: '信用服务机构',
  subject: '信息主体',
};
