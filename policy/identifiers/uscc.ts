import type { Message } from '../message.ts';
import type { SubjectKind } from '../terms.ts';
import { isOrganizationCode } from './organizationCode.ts';
import { inProvince } from './provinces.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const FOREIGN = new RegExp(`[^${ALPHABET}]`, 'u');

/**
 * Registering department and category (登记管理部门, 机构类别) whose organizations have no legal personality of their
 * own.
 */
const UNINCORPORATED = new Set([
  '21', // 外国常驻新闻机构
  '29', // 外交其他
  '31', // 律师执业机构
  '33', // 基层法律服务所
  '39', // 司法行政其他
  '41', // 外国在华文化中心
  '49', // 文化其他
  '61', // 外国旅游部门常驻代表机构
  '62', // 港澳台地区旅游部门常驻内地代表机构
  '69', // 旅游其他
  '71', // 宗教活动场所
  '79', // 宗教其他
  '92', // 个体工商户
  'Y1', // 其他
]);

/** Department and category of legal persons (法人), special ones included. */
const LEGAL_PERSONS = new Set([
  '11', // 机关
  '12', // 事业单位
  '13', // 中央编办直接管理机构编制的群众团体
  '19', // 机构编制其他
  '32', // 公证处
  '34', // 司法鉴定机构
  '35', // 仲裁委员会
  '51', // 社会团体
  '52', // 民办非企业单位
  '53', // 基金会
  '54', // 基层群众性自治组织
  '59', // 民政其他
  '72', // 宗教院校
  '81', // 基层工会
  '89', // 工会其他
  '91', // 企业
  '93', // 农民专业合作社
  'A1', // 军队事业单位
  'A9', // 军队其他
  'N1', // 组级集体经济组织
  'N2', // 村级集体经济组织
  'N3', // 乡镇级集体经济组织
  'N9', // 农业其他
]);

/**
 * 统一社会信用代码, GB 32100-2015 with its amendment of 2016: department 1, category 1, division 6, organization code
 * 9, check 1, of an alphabet of 31 characters (no I, O, S, V, Z). The check notices every change of one
 * character.
 *
 * Null if it is one, else why not. Only length, alphabet, department and check character refuse; see
 * `usccWarnings`.
 */
export function usccFault(code: string): Message | null {
  if (code.length !== 18) {
    return { zh: '统一社会信用代码应为 18 位', en: 'a unified social credit code has 18 characters' };
  }
  const foreign = FOREIGN.exec(code)?.[0];
  if (foreign !== undefined) {
    return {
      zh: `统一社会信用代码不使用字符“${foreign}”`,
      en: `a unified social credit code has no character "${foreign}"`,
    };
  }
  if (!/^[1-9ANY]/.test(code)) {
    return {
      zh: `统一社会信用代码首位“${code.charAt(0)}”不是登记管理部门代码`,
      en: `a unified social credit code does not begin with "${code.charAt(0)}"`,
    };
  }
  if (code !== usccOf(code.slice(0, 17))) {
    return {
      zh: '统一社会信用代码校验码不符',
      en: "the unified social credit code's check character does not match",
    };
  }
  return null;
}

/**
 * What is odd about a valid code but occurs in real ones, so that it never refuses: an unlisted category, a
 * division that is in no province, a failing check inside the organization code (2 of 202,727 real codes).
 */
export function usccWarnings(code: string): Message[] {
  const warnings: Message[] = [];
  if (!hasKnownCategory(code)) {
    warnings.push({
      zh: `机构类别“${code.slice(0, 2)}”不在 GB 32100 表中`,
      en: `category "${code.slice(0, 2)}" is not in the table of GB 32100`,
    });
  }
  if (!hasKnownDivision(code)) {
    warnings.push({
      zh: `登记机关行政区划码 ${code.slice(2, 8)} 不属于任何省份`,
      en: `division ${code.slice(2, 8)} belongs to no province`,
    });
  }
  if (!isOrganizationCode(code.slice(8, 17))) {
    warnings.push({
      zh: `其中的组织机构代码 ${code.slice(8, 17)} 校验码不符`,
      en: `the check character of the organization code ${code.slice(8, 17)} inside it does not match`,
    });
  }
  return warnings;
}

/**
 * The whole code from its first 17 characters. Throws RangeError if they are not 17 characters of the
 * alphabet.
 */
export function usccOf(first17: string): string {
  if (first17.length !== 17 || FOREIGN.test(first17)) {
    throw new RangeError(`not the first 17 characters of a unified social credit code: ${first17}`);
  }
  let sum = 0;
  for (let at = 16; at >= 0; at--) sum = (sum * 3 + ALPHABET.indexOf(first17.charAt(at))) % 31;
  return first17 + ALPHABET.charAt((31 - sum) % 31);
}

/**
 * Kind of subject by department and category. Legal persons (法人) are those that the Civil Code calls so,
 * special ones (机关, 农民专业合作社, 集体经济组织, 村居委会) included; 个体工商户, law firms and resident offices are 非法人组织. An
 * unlisted category counts as a legal person.
 */
export function usccSubjectKind(code: string): SubjectKind {
  return UNINCORPORATED.has(code.slice(0, 2)) ? 'UNINCORPORATED_ORGANIZATION' : 'LEGAL_PERSON';
}

/** Whether department and category are a pair of GB 32100's table. */
export function hasKnownCategory(code: string): boolean {
  return UNINCORPORATED.has(code.slice(0, 2)) || LEGAL_PERSONS.has(code.slice(0, 2));
}

/** Whether the division begins with a province, or is 10…, the national registering authorities. */
export function hasKnownDivision(code: string): boolean {
  return inProvince(code.slice(2)) || code.startsWith('10', 2);
}
