import { badInput, refusal } from '../../records/errors.ts';
import { gatewayGrant } from '../policy/rights.ts';
import { type Asking, type ReadCode, askingOf, notForPersons, readCode } from './callers.ts';
import { type CodeLine, type SentCodes, sentCodes } from './codeFile.ts';
import type { ChecksContext } from './jobs.ts';
import { type ChecksParts, ask } from './parts.ts';

/** Suppliers that a unit watches; the list may grow beyond it by further calls. */
const MOST_CODES = 20_000;
const LONGEST_NAME = 100;

const WATCH = 'mutation Watch($list: JSON!, $subjects: JSON!) { _watch(list: $list, subjects: $subjects) }';
const UNWATCH =
  'mutation Unwatch($owner: JSON!, $list: ID!, $subjects: JSON) { _unwatch(owner: $owner, list: $list, subjects: $subjects) }';

export interface WatchInput extends SentCodes {
  name: string;
}
export interface UnwatchInput {
  list: string;
  codes?: string[] | null;
  all?: boolean | null;
}

interface Watched {
  id: string;
  name: string;
  added: number;
  subjects: number;
}

type Named = Extract<ReadCode, { ok: true }>;

/** Organs watch for their matters, credit service agencies what is public; the subject, the center and providers have other ways to know. */
function watcherOf({ asked, snapshot }: ChecksContext): Asking {
  const asking = askingOf(asked, snapshot);
  if (asking.caller.role === 'agency' || asking.caller.role === 'service') return asking;
  throw refusal('FORBIDDEN', {
    zh: '仅限查询单位和信用服务机构',
    en: 'for units that query, and credit service agencies',
  });
}

function nameOf(text: string): string {
  const name = text.trim();
  if (name !== '' && [...name].length <= LONGEST_NAME && /^\P{C}*$/u.test(name)) return name;
  throw badInput('name', {
    zh: `须为 1 至 ${LONGEST_NAME} 字，不含控制字符`,
    en: `must have from 1 to ${LONGEST_NAME} characters, none of them control characters`,
  });
}

/** Each subject once, in any order. @throws BAD_USER_INPUT naming the first that is malformed, by its position. */
function subjectsOf(
  codes: readonly CodeLine[],
  argument: string,
  { grant }: ChecksContext,
  pseudonym: ChecksParts['pseudonym'],
): { line: number; named: Named }[] {
  if (codes.length === 0) throw badInput(argument, { zh: '没有代码', en: 'holds no codes' });
  const found = new Map<string, { line: number; named: Named }>();
  for (const { line, raw } of codes) {
    const named = readCode(raw, grant.today, pseudonym);
    if (!named.ok)
      throw badInput(argument, {
        zh: `第 ${line} 个：${named.reason.zh}`,
        en: `number ${line}: ${named.reason.en}`,
      });
    if (!found.has(named.subject)) found.set(named.subject, { line, named });
  }
  return [...found.values()];
}

/**
 * Puts subjects on a watch list. Nothing is looked up: a subject that is on file is answered as one that is not, and takes as long. To name
 * somebody to be told of is to look at them, and the journal says so.
 * @throws BAD_USER_INPUT, FORBIDDEN, PURPOSE_REQUIRED, PURPOSE_NOT_ALLOWED
 */
export async function watch(parts: ChecksParts, input: WatchInput, context: ChecksContext) {
  const { caller, matter } = watcherOf(context);
  const name = nameOf(input.name);
  const argument = input.file == null ? 'codes' : 'file';
  const codes = await sentCodes(input, context.grant.today, MOST_CODES);
  const subjects = subjectsOf(codes, argument, context, parts.pseudonym);
  const publicOnly = caller.role === 'service';
  if (publicOnly || !matter.aboutPersons) {
    const person = subjects.find(({ named }) => named.person);
    if (person) throw notForPersons(person.line);
  }
  const { data } = await ask(
    parts,
    'sharing',
    WATCH,
    {
      list: { unit: caller.unit, matterId: matter.id, matter: matter.code, name, publicOnly },
      subjects: {
        ids: subjects.map(({ named }) => named.subject),
        persons: subjects.map(({ named }) => named.person),
      },
    },
    gatewayGrant(parts.today()),
  );
  const { id, ...watched } = data['_watch'] as Watched;
  for (const { named } of subjects) {
    context.report.subjects.add(named.subject);
    if (named.person) context.report.persons.add(named.subject);
  }
  (context.asked.noted ??= []).push(`list ${id}`);
  return { list: id, ...watched };
}

/** Takes subjects off a watch list of the unit's, or gives it up. @throws BAD_USER_INPUT, FORBIDDEN, PURPOSE_REQUIRED */
export async function unwatch(parts: ChecksParts, input: UnwatchInput, context: ChecksContext) {
  const { caller, matter } = watcherOf(context);
  const { list, codes, all } = input;
  if ((codes == null) === !all)
    throw badInput('input', { zh: '须给出 codes 或 all 之一', en: 'has either `codes` or `all`' });
  const sent = all ? null : await sentCodes({ codes: codes ?? [] }, context.grant.today, MOST_CODES);
  const subjects = sent && subjectsOf(sent, 'codes', context, parts.pseudonym);
  const { data } = await ask(
    parts,
    'sharing',
    UNWATCH,
    {
      owner: { unit: caller.unit, matterId: matter.id },
      list,
      subjects: subjects && subjects.map(({ named }) => named.subject),
    },
    gatewayGrant(parts.today()),
  );
  (context.asked.noted ??= []).push(`list ${list}`);
  return { removed: data['_unwatch'] as number };
}
