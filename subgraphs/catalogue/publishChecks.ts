import { addPeriod } from '../../policy/dates.ts';
import { contentName, contentOfName } from '../../policy/contents.ts';
import { under } from '../../policy/gate/fact.ts';
import type { Packs } from '../../policy/packs/packs.ts';
import type { DisclosureTier, Grade, PurposeKind, RecordClass } from '../../policy/terms.ts';
import { dayArgument } from '../../records/arguments.ts';
import { badInput } from '../../records/errors.ts';
import type { MatterReach, StandingClause } from '../../records/snapshot.ts';
import { DATA_STANDARDS, RECORD_TYPES } from './recordTypes.ts';

export interface PublishItemInput {
  code: string;
  name: string;
  class: RecordClass;
  tier: DisclosureTier;
  jurisdiction: string;
  provider: string;
  dataStandard: string;
  recordType: string;
  aboutPersons: boolean;
  negative: boolean;
  grade?: Grade | null;
  validityPeriod?: string | null;
  updateCycle: string;
  useScope?: string | null;
  validFrom?: string | null;
}

export interface PublishMatterInput {
  code: string;
  name: string;
  unit: string;
  kind: PurposeKind;
  aboutPersons: boolean;
  reach?: MatterReach | null;
  basis?: string | null;
  items: string[];
  rule?: StandingClause[] | null;
  validFrom?: string | null;
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const DIVISION = /^\d{6}$/;
const PERIOD = /^P[\dYMD]{2,15}$/;
const CONTROL = /\p{Cc}/u;
const MAX_NAME = 200;

export function checkNamed(
  input: { code: string; name: string; validFrom?: string | null },
  today: string,
): void {
  if (!CODE.test(input.code)) {
    throw badInput('code', {
      zh: '应为 1 至 64 个字母、数字、点、下划线或连字符',
      en: 'must be 1 to 64 letters, digits, dots, underscores or hyphens',
    });
  }
  const length = [...input.name.trim()].length;
  if (length === 0 || length > MAX_NAME || CONTROL.test(input.name)) {
    throw badInput('name', {
      zh: `应有 1 至 ${MAX_NAME} 个字，不含控制字符`,
      en: `must have 1 to ${MAX_NAME} characters, none of them control characters`,
    });
  }
  const { validFrom } = input;
  if (validFrom == null) return;
  dayArgument('validFrom', validFrom);
  if (validFrom < today) {
    throw badInput('validFrom', {
      zh: `${validFrom} 早于今天（${today}）：已公布的目录不能追溯修改`,
      en: `${validFrom} is before today (${today}): a catalogue that was in force is not rewritten`,
    });
  }
}

function isPeriod(period: string): boolean {
  if (!PERIOD.test(period)) return false;
  try {
    addPeriod('2000-01-01', period);
    return true;
  } catch {
    return false;
  }
}

/** What can be told without the database. @throws BAD_USER_INPUT naming the field. */
export function checkItem(input: PublishItemInput, today: string, packs: Packs): void {
  checkNamed(input, today);
  const pack = DIVISION.test(input.jurisdiction)
    ? packs.on(input.jurisdiction, input.validFrom ?? today)
    : null;
  if (!pack) {
    throw badInput('jurisdiction', {
      zh: `没有地区 ${input.jurisdiction} 的规则`,
      en: `there are no rules for the jurisdiction ${input.jurisdiction}`,
    });
  }
  const { contents, source, article } = pack.prohibited;
  const content = contentOfName(input.name, input.aboutPersons, contents);
  if (content) {
    const forbidden = contentName(content);
    throw badInput('name', {
      zh: `禁止归集“${forbidden.zh}”信息，不得列入目录（${source}，${article}）`,
      en: `information on ${forbidden.en} may not be collected and cannot enter the catalogue (${source}, ${article})`,
    });
  }
  if (!RECORD_TYPES.has(input.recordType)) {
    throw badInput('recordType', {
      zh: `没有记录类型 ${input.recordType}，应为 ${[...RECORD_TYPES].join('、')} 之一`,
      en: `there is no record type ${input.recordType}; it must be one of ${[...RECORD_TYPES].join(', ')}`,
    });
  }
  if (!DATA_STANDARDS.has(input.dataStandard)) {
    throw badInput('dataStandard', {
      zh: `没有数据标准 ${input.dataStandard}，应为 ${[...DATA_STANDARDS].join('、')} 之一`,
      en: `there is no data standard ${input.dataStandard}; it must be one of ${[...DATA_STANDARDS].join(', ')}`,
    });
  }
  if (input.grade != null && !input.negative) {
    throw badInput('grade', {
      zh: '只有失信信息分程度',
      en: 'only records of dishonest conduct have a degree',
    });
  }
  if (input.negative && input.grade == null && pack.grading) {
    throw badInput(
      'grade',
      under(pack.grading, '失信信息事项应当标明失信程度', 'an item of dishonest conduct states its degree'),
    );
  }
  if (input.validityPeriod != null && !isPeriod(input.validityPeriod)) {
    throw badInput('validityPeriod', {
      zh: '应为年、月、日组成的期限，如 P5Y',
      en: 'must be a period of years, months and days such as P5Y',
    });
  }
  if (input.updateCycle.trim() === '') {
    throw badInput('updateCycle', { zh: '不能为空', en: 'must not be empty' });
  }
}

/** What can be told without the database. @throws BAD_USER_INPUT naming the field. */
/** Terms of records end long before. */
const MAX_YEARS = 50;

export function checkMatter(input: PublishMatterInput, today: string): void {
  checkNamed(input, today);
  input.rule?.forEach((clause, i) => checkClause(clause, `rule[${i}]`, input.items));
  if (input.rule?.length === 0)
    throw badInput('rule', {
      zh: '至少有一个条件；省略则为范围内全部失信信息',
      en: 'has at least one clause; left out, it is every negative record in scope',
    });
}

function checkClause(clause: StandingClause, argument: string, items: readonly string[]): void {
  const { item, years } = clause;
  if (Object.values(clause).every((value) => value == null))
    throw badInput(argument, { zh: '条件为空', en: 'names nothing' });
  if (item != null && !items.includes(item))
    throw badInput(`${argument}.item`, {
      zh: `${item} 不在该事项的信息范围内`,
      en: `${item} is not in the scope of the matter`,
    });
  if (years != null && (years < 1 || years > MAX_YEARS))
    throw badInput(`${argument}.years`, {
      zh: `应在 1 到 ${MAX_YEARS} 之间`,
      en: `must be from 1 to ${MAX_YEARS}`,
    });
}
