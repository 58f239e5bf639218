import { type ParsedCode, parseCode, subjectKindOf } from '../../policy/identifiers/code.ts';
import type { SubjectInput } from '../delivery.ts';
import { type Fault, fault, maskedId, quoted } from './fault.ts';
import type { SubjectField } from './layout.ts';

/** What a row says of its subject, each field with the Chinese name of its column. Blank cells are null. */
export interface SubjectCells {
  values: Partial<Record<SubjectField, string | null>>;
  /** Column names, for reasons. */
  headers: Partial<Record<SubjectField, string>>;
  /** 企业类型, where the layout has it. */
  enterpriseType: string | null;
  /** Division of the registrar, where the sender is one. */
  registeredIn: string | null;
}

type SubjectClass = 'PERSON' | 'INDIVIDUAL_BUSINESS' | 'ORGANIZATION';

type CodeField = Exclude<SubjectField, 'name' | 'class'>;

/** In which columns the code is looked for, by class; the first that holds one decides. */
const CODE_FIELDS: Record<SubjectClass | 'UNSTATED', readonly CodeField[]> = {
  PERSON: ['citizenId', 'code'],
  INDIVIDUAL_BUSINESS: ['code', 'registrationNumber', 'organizationCode'],
  ORGANIZATION: ['code', 'registrationNumber', 'organizationCode'],
  UNSTATED: ['code', 'registrationNumber', 'organizationCode', 'taxpayerNumber', 'citizenId'],
};

type CodeReader = (raw: string) => ParsedCode;

/** `parseCode` that remembers the codes of one chunk: a subject often has several rows in a file. */
export function codeReader(today: string): CodeReader {
  const known = new Map<string, ParsedCode>();
  return (raw) => {
    const hit = known.get(raw);
    if (hit) return hit;
    const parsed = parseCode(raw, today);
    known.set(raw, parsed);
    return parsed;
  };
}

function classOf(text: string): SubjectClass | null {
  if (text.includes('自然人')) return 'PERSON';
  if (text.includes('个体')) return 'INDIVIDUAL_BUSINESS';
  return text.includes('法人') || text.includes('组织') ? 'ORGANIZATION' : null;
}

/**
 * Whom a row is about [SH-5]: a natural person by 证件号码, an organization by 代码_1 (统一社会信用代码) and, where that is
 * empty or a placeholder, by a valid 工商注册号 or 组织机构代码. Never by name alone. Faults never show a whole identity
 * number.
 */
export function subjectOf(cells: SubjectCells, read: CodeReader): SubjectInput | Fault[] {
  const faults: Fault[] = [];
  const { values, headers } = cells;
  const name = values.name ?? null;
  if (name === null)
    faults.push(
      fault(
        'SUBJECT_NAME_MISSING',
        headers.name ?? null,
        '主体名称为空',
        'the name of the subject is missing',
      ),
    );
  let stated: SubjectClass | null = null;
  if (values.class) {
    stated = classOf(values.class);
    if (stated === null) faults.push(unknownClass(values.class, headers.class ?? null));
  } else if (headers.class !== undefined) {
    faults.push(fault('REQUIRED_MISSING', headers.class, '必填项为空', 'a required value is missing'));
  }
  const found = findCode(cells, stated, read);
  if ('rule' in found) faults.push(found);
  if (name === null || 'rule' in found || faults.length > 0) return faults;
  const hint = stated === 'INDIVIDUAL_BUSINESS' ? '个体工商户' : (cells.enterpriseType ?? undefined);
  const kind = subjectKindOf(found.codeKind, found.code, hint);
  const isRegistered = cells.registeredIn !== null && kind !== 'NATURAL_PERSON';
  return {
    code: found.code,
    codeKind: found.codeKind,
    kind,
    name,
    jurisdiction: isRegistered ? cells.registeredIn : null,
    authoritative: isRegistered,
  };
}

type Code = Extract<ParsedCode, { ok: true }>;

function findCode(cells: SubjectCells, stated: SubjectClass | null, read: CodeReader): Code | Fault {
  const fields = CODE_FIELDS[stated ?? 'UNSTATED'];
  let first: Fault | null = null;
  for (const [at, field] of fields.entries()) {
    const raw = cells.values[field];
    if (!raw) continue;
    const parsed = read(raw);
    if (!parsed.ok && parsed.none) continue;
    const column = cells.headers[field] ?? null;
    const problem = parsed.ok
      ? unfit(parsed, field, column, stated, cells.registeredIn !== null)
      : invalid(parsed, raw, field, column, stated);
    if (!problem && parsed.ok) return parsed;
    first ??= problem;
    // A wrong code in the first column is the sender's to correct; behind it, whichever valid one there is
    // will do.
    if (at === 0) break;
  }
  if (first) return first;
  const asked = fields.find((field) => cells.headers[field] !== undefined) ?? 'code';
  return fault(
    'SUBJECT_CODE_MISSING',
    cells.headers[asked] ?? null,
    '没有代码，仅凭名称不予归集',
    'there is no code, and a name alone is not collected on',
  );
}

const isPersonal = (field: CodeField, stated: SubjectClass | null): boolean =>
  field === 'citizenId' || stated === 'PERSON';

function invalid(
  parsed: Extract<ParsedCode, { ok: false }>,
  raw: string,
  field: CodeField,
  column: string | null,
  stated: SubjectClass | null,
): Fault {
  const shown = isPersonal(field, stated) ? maskedId(raw) : quoted(raw);
  return fault(
    'SUBJECT_CODE_INVALID',
    column,
    `“${shown}”：${parsed.reason.zh}`,
    `"${shown}": ${parsed.reason.en}`,
  );
}

/** Why a valid code is not one for this subject. */
function unfit(
  code: Code,
  field: CodeField,
  column: string | null,
  stated: SubjectClass | null,
  byRegistrar: boolean,
): Fault | null {
  const isPerson = code.codeKind === 'CITIZEN_ID';
  if (isPersonal(field, stated)) {
    if (isPerson) return null;
    const id = maskedId(code.code);
    return fault(
      'SUBJECT_CLASS_DIFFERS',
      column,
      `自然人的证件号码“${id}”不是身份证号`,
      `"${id}" is not the identity number of a natural person`,
    );
  }
  if (isPerson && (stated !== null || field !== 'code')) {
    const id = maskedId(code.code);
    return fault(
      'SUBJECT_CLASS_DIFFERS',
      column,
      `“${id}”是自然人的身份证号，主体并非自然人`,
      `"${id}" is a natural person's identity number, the subject is not one`,
    );
  }
  // A person under an old number, taken for an organization, would be public [JS-4].
  const isOldId = code.codeKind === 'REGISTRATION_NUMBER' && code.warnings.length > 0;
  if (isOldId && stated === null && !byRegistrar) {
    const id = maskedId(code.code);
    return fault(
      'SUBJECT_CODE_INVALID',
      column,
      `“${id}”可能是 15 位旧身份证号，请改用 18 位代码`,
      `"${id}" may be an old identity number of 15 digits: send the code of 18`,
    );
  }
  if (field === 'taxpayerNumber' && code.codeKind !== 'USCC') {
    return fault(
      'SUBJECT_CODE_INVALID',
      column,
      `“${quoted(code.code)}”不是统一社会信用代码`,
      `"${quoted(code.code)}" is not a unified social credit code`,
    );
  }
  return null;
}

const unknownClass = (text: string, column: string | null): Fault =>
  fault(
    'VALUE_NOT_LISTED',
    column,
    `主体类别“${quoted(text)}”应为法人及非法人组织、自然人或个体工商户`,
    `the class "${quoted(text)}" is none of 法人及非法人组织, 自然人, 个体工商户`,
  );
