import { badInput, refusal } from '../../records/errors.ts';
import { addDisclosed } from '../../records/disclosure.ts';
import type { SubgraphContext } from '../../records/context.ts';
import { recordKeepers } from '../../subgraphs/keepers.ts';
import type { GatewayContext } from '../context.ts';
import { gatewayGrant } from '../policy/rights.ts';
import { askingOf, namedSubject } from './callers.ts';
import { type ChecksParts, ask } from './parts.ts';

const VERIFY = 'query Verify($subject: ID!, $fact: JSON!) { _verify(subject: $subject, fact: $fact) }';
const IDENTIFY =
  'query Known($code: String!, $name: String, $subjects: [ID!]!) { _identify(code: $code, name: $name) _kinds(subjects: $subjects) }';
const COUNT =
  'mutation Try($unit: String!, $officer: String!, $subject: ID!) { _countTry(unit: $unit, officer: $officer, subject: $subject) }';

/** Tries of a caller at one subject a day: enough for the documents of a file, too few to search. */
export const TRIES_A_DAY = 10;

const MAX_VALUES = 10;
const MAX_VALUE = 500;

export interface FactInput {
  name?: string | null;
  recordType?: string | null;
  documentNumber?: string | null;
  values?: { field: string; value: string }[] | null;
}

/** @throws BAD_USER_INPUT */
function statedOf({ name, recordType, documentNumber, values }: FactInput) {
  const all = [
    ...(documentNumber == null ? [] : [{ field: 'documentNumber', value: documentNumber }]),
    ...(values ?? []),
  ];
  if (name != null && name.trim() === '')
    throw badInput('fact.name', { zh: '不能为空', en: 'must not be empty' });
  if (all.length > MAX_VALUES)
    throw badInput('fact.values', { zh: `最多 ${MAX_VALUES} 项`, en: `at most ${MAX_VALUES}` });
  if (all.some(({ value }) => value.length > MAX_VALUE))
    throw badInput('fact.values', {
      zh: `最多 ${MAX_VALUE} 个字符`,
      en: `at most ${MAX_VALUE} characters each`,
    });
  if (recordType == null) {
    if (name == null || all.length > 0)
      throw badInput('fact', { zh: '须写明姓名或记录类型', en: 'must state a name, or a type of record' });
    return null;
  }
  const keeper = recordKeepers.get(recordType);
  if (!keeper) throw badInput('fact.recordType', { zh: '没有这种记录', en: 'is no type of record' });
  if (all.length === 0) throw badInput('fact', { zh: '没有要核验的内容', en: 'states no value' });
  return { keeper, fact: { recordType, values: all } };
}

/**
 * 数据核验 [JS-12]. A try is counted before anything is asked, in the access database: one count for all gateways, which a restart does not
 * forget. An unknown subject takes the same questions as a known one, so that neither answer nor time tells them apart.
 * @throws BAD_USER_INPUT, RATE_LIMITED, FORBIDDEN, AUTHORIZATION_REQUIRED, SUBGRAPH_UNAVAILABLE
 */
export async function verifyFact(
  parts: ChecksParts,
  args: { code: string; fact: FactInput },
  context: SubgraphContext & { asked: GatewayContext },
): Promise<boolean> {
  const { grant, report, asked, snapshot } = context;
  const { caller } = askingOf(asked, snapshot);
  const { subject, person } = namedSubject(args.code, grant, parts.pseudonym);
  const stated = statedOf(args.fact);
  const { name } = args.fact;
  // Told of whatever comes out: an entry that names known subjects alone would tell who is on file.
  report.subjects.add(subject);
  if (person) report.persons.add(subject);
  const fields = [
    ...(name == null ? [] : ['name']),
    ...(stated?.fact.values ?? []).map(({ field }) => field),
  ];
  const note = (outcome: string) =>
    (asked.noted ??= []).push(
      `verifyFact ${args.fact.recordType ?? 'Subject'}(${fields.join(',')}) ${outcome}`.replace(
        /[^\w(),. -]/g,
        '?',
      ),
    );
  const tried = await ask(
    parts,
    'access',
    COUNT,
    { unit: caller.unit, officer: caller.id, subject },
    gatewayGrant(grant.today),
  );
  if ((tried.data['_countTry'] as number) > TRIES_A_DAY) {
    note('LIMITED');
    throw refusal('RATE_LIMITED', {
      zh: `每日对同一主体最多核验 ${TRIES_A_DAY} 次`,
      en: `at most ${TRIES_A_DAY} tries a day at one subject`,
    });
  }
  try {
    const [known, verified] = await Promise.all([
      ask(parts, 'registration', IDENTIFY, { code: args.code, name: name ?? '', subjects: [subject] }, grant),
      stated && ask(parts, stated.keeper, VERIFY, { subject, fact: stated.fact }, grant),
    ]);
    const isKnown = (known.data['_kinds'] as (string | null)[])[0] !== null;
    const isNamed = name == null || known.data['_identify'] === subject;
    const matches = isKnown && isNamed && (!verified || verified.data['_verify'] === true);
    // What was shown of a record is that it is as stated: nothing, where the whole does not match.
    if (matches && verified) addDisclosed(report, verified.disclosed);
    note(matches ? 'MATCH' : 'NO_MATCH');
    return matches;
  } catch (error) {
    note('REFUSED');
    throw error;
  }
}
