import { isDate } from '../dates.ts';
import type { Message } from '../message.ts';
import { withoutBlanks } from '../plainText.ts';
import type { SubjectKind } from '../terms.ts';
import { citizenIdFault } from './citizenId.ts';
import { isOrganizationCode } from './organizationCode.ts';
import { isRegistrationNumber } from './registrationNumber.ts';
import { type CodeKind, subjectKindOf } from './subjectKind.ts';
import { hasKnownCategory, hasKnownDivision, usccFault, usccWarnings } from './uscc.ts';

export { birthDate, citizenIdOf } from './citizenId.ts';
export { registrationNumberOf } from './registrationNumber.ts';
export { type CodeKind, subjectKindOf } from './subjectKind.ts';
export { usccOf } from './uscc.ts';

/**
 * `code` is the canonical form, the one that is keyed and stored. `warnings` name what is odd but happens in
 * real codes. `none: true`: the field says that there is no code (empty, 无, -, N/A, zeros), as against a code
 * that is wrong. A reason never quotes the code: reasons are kept with receipts, and a mistyped citizen id is
 * still personal information.
 */
export type ParsedCode =
  | { ok: true; code: string; codeKind: CodeKind; subjectKind: SubjectKind; warnings: Message[] }
  | { ok: false; none: boolean; reason: Message };

const DASHES = /[\u2010-\u2015\u2212]/g;
const NO_CODE = /^(?:[-/\\.]*|0+-?[0X]?|无|暂无|空|不详|未知|N\/?A|NULL|NONE)$/;

/**
 * Reads the code of a subject as people and units write it: any width and case, blanks anywhere, 13830295-X
 * or 13830295X. `today` ('YYYY-MM-DD') bounds dates of birth. Source: SH-5; GB 32100, GB 11643, GS 15-2006,
 * GB 11714.
 *
 * Eighteen digits can pass the checks of both GB 32100 and GB 11643 (one citizen id in 31 does). Then the
 * likelier one is taken, and a warning names the other:
 * - beginning with 9, of a listed category, a division in a province and a right inner organization code, it
 *   is a unified code: there are a hundred million firms, and few foreigners with permanent residence;
 * - else it is a citizen id: citizens outnumber the other organizations a thousandfold, and a person taken
 *   for an organization would be public, which is the worse mistake (JS-4).
 */
export function parseCode(raw: string, today: string): ParsedCode {
  const text = withoutBlanks(raw.normalize('NFKC').toUpperCase()).replace(DASHES, '-');
  if (NO_CODE.test(text)) {
    return { ok: false, none: true, reason: { zh: '没有代码', en: 'there is no code' } };
  }
  const code = /^[0-9A-Z]{8}-[0-9X]$/.test(text) ? text.replace('-', '') : text;
  if (code.length === 18) return parseEighteen(code, today);
  if (code.length === 15) {
    return isRegistrationNumber(code)
      ? accepted(code, 'REGISTRATION_NUMBER', oldIdWarnings(code))
      : refused(
          '15 位注册号校验码不符',
          'the check digit of the 15-digit registration number does not match',
        );
  }
  if (code.length === 9) {
    return isOrganizationCode(code)
      ? accepted(code, 'ORGANIZATION_CODE', [])
      : refused('组织机构代码校验码不符', 'the check character of the organization code does not match');
  }
  if (/^\d{13}$/.test(code)) {
    return refused(
      '13 位旧注册号（2007 年前）没有校验码，不能作为标识',
      'a registration number of 13 digits (before 2007) has no check digit and identifies nobody',
    );
  }
  return refused(
    `代码为 ${code.length} 位，应为 18 位（统一社会信用代码、身份证号）、15 位（注册号）或 9 位（组织机构代码）`,
    `a code of ${code.length} characters: not 18 (unified, citizen id), 15 (registration) or 9 (organization)`,
  );
}

/**
 * 脱敏: the code as whoever needs no full one sees it. Citizen ids keep the region (first 6) and the last 2, so
 * that a file can be told from its neighbour, and lose the date of birth and most of the sequence:
 * 310116**********1X. Organizations' codes are public and stay whole. Source: JS-4.
 */
export function maskCode(code: string, codeKind: CodeKind): string {
  return codeKind === 'CITIZEN_ID' ? `${code.slice(0, 6)}${'*'.repeat(10)}${code.slice(-2)}` : code;
}

function parseEighteen(code: string, today: string): ParsedCode {
  const notUscc = usccFault(code);
  const notCitizen = citizenIdFault(code, today);
  if (notUscc && notCitizen) {
    return { ok: false, none: false, reason: looksLikeCitizenId(code) ? notCitizen : notUscc };
  }
  if (notUscc) return accepted(code, 'CITIZEN_ID', []);
  if (notCitizen) return accepted(code, 'USCC', usccWarnings(code));
  return isLikelierUscc(code)
    ? accepted(code, 'USCC', [
        ...usccWarnings(code),
        { zh: '该代码也符合身份证号校验', en: 'the code would also pass as a citizen id' },
      ])
    : accepted(code, 'CITIZEN_ID', [
        {
          zh: '该代码也符合统一社会信用代码校验',
          en: 'the code would also pass as a unified social credit code',
        },
      ]);
}

function isLikelierUscc(code: string): boolean {
  return (
    code.startsWith('9') &&
    hasKnownCategory(code) &&
    hasKnownDivision(code) &&
    isOrganizationCode(code.slice(8, 17))
  );
}

/** Which of two refusals helps: one for a citizen id if a century stands where a citizen id has it. */
function looksLikeCitizenId(code: string): boolean {
  return /^[1-8]\d{5}(?:19|20)\d{9}[\dX]$/.test(code);
}

/**
 * First-generation citizen ids (until 1999) have 15 digits and no check; one in ten passes as a registration
 * number. Serials of individual businesses and foreign firms can read as a date of birth; those of other
 * firms begin with 0, and nobody alive was born in the years that would be.
 */
function oldIdWarnings(code: string): Message[] {
  const born = `19${code.slice(6, 8)}-${code.slice(8, 10)}-${code.slice(10, 12)}`;
  return isDate(born) && born >= '1910-01-01'
    ? [
        {
          zh: '该号码也可能是 15 位旧身份证号',
          en: 'the number might also be an old citizen id of 15 digits',
        },
      ]
    : [];
}

function accepted(code: string, codeKind: CodeKind, warnings: Message[]): ParsedCode {
  return { ok: true, code, codeKind, subjectKind: subjectKindOf(codeKind, code), warnings };
}

function refused(zh: string, en: string): ParsedCode {
  return { ok: false, none: false, reason: { zh, en } };
}
