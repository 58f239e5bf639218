import { GraphQLError } from 'graphql';
import type { BatchReason } from '../../records/checks/batch.ts';
import type { Hit, RuleLine } from '../../records/checks/standing.ts';
import { type DisclosureReport, addDisclosed } from '../../records/disclosure.ts';
import type { Grant } from '../../records/grant.ts';
import type { SubgraphName } from '../../schema/sdl.ts';
import { recordKeepers } from '../../subgraphs/keepers.ts';
import { type ChecksParts, ask } from './parts.ts';
import { type Rule, isPartlyClosed } from './rule.ts';

const STANDING =
  'query Standing($subjects: [ID!]!, $rule: JSON!) { _standing(subjects: $subjects, rule: $rule) }';
const KINDS = 'query Kinds($subjects: [ID!]!) { _kinds(subjects: $subjects) }';

export type Outcome = 'PASS' | 'FAIL' | 'UNKNOWN';

export interface Standing {
  /** Null: nothing is on file of it, or not for the caller to know. */
  subject: string | null;
  outcome: Outcome;
  reasons: BatchReason[];
  hits: Hit[];
}

export const REASONS = {
  unknown: { code: 'SUBJECT_UNKNOWN', zh: '未归集到该主体的信息', en: 'nothing is on file of this subject' },
  notForPersons: {
    code: 'NOT_FOR_PERSONS',
    zh: '该应用事项不涉及自然人',
    en: 'this matter does not concern natural persons',
  },
  notOpen: {
    code: 'NOT_OPEN',
    zh: '规则中有未对查询人开放的事项',
    en: 'the rule asks for items that are not open to the caller',
  },
  unauthorized: {
    code: 'AUTHORIZATION_REQUIRED',
    zh: '信息主体未授权',
    en: 'the subject has not authorized it',
  },
  records: {
    code: 'RECORDS',
    zh: '有规则所列的失信信息',
    en: 'negative records that the rule names are on file',
  },
} as const satisfies Record<string, BatchReason>;

const down = (subgraph: string): BatchReason => ({
  code: 'SUBGRAPH_UNAVAILABLE',
  zh: `${subgraph} 暂时无法应答`,
  en: `${subgraph} cannot answer at the moment`,
  subgraph,
});

/** Lines by the agency that keeps the records. */
function byAgency({ lines }: Rule): Map<SubgraphName, RuleLine[]> {
  const found = new Map<SubgraphName, RuleLine[]>();
  for (const { item, line } of lines) {
    const agency = recordKeepers.get(item.recordType);
    if (!agency) continue;
    const of = found.get(agency);
    if (of) of.push(line);
    else found.set(agency, [line]);
  }
  return found;
}

const newestFirst = (a: Hit, b: Hit): number =>
  (b.determinedOn ?? '').localeCompare(a.determinedOn ?? '') || a.id.localeCompare(b.id);

/**
 * Checks subjects by one rule under one grant: a statement in each agency that keeps what the rule asks for, all at once, however many
 * subjects. An agency that does not answer leaves no subject passed: its part is not known to be clean. Whoever is told of goes into the
 * report, one that passes included.
 */
export async function checkStanding(
  parts: Pick<ChecksParts, 'transports'>,
  rule: Rule,
  subjects: readonly string[],
  grant: Grant,
  report: DisclosureReport,
): Promise<Standing[]> {
  const missing: string[] = [];
  const orDown = async <T>(name: SubgraphName, asked: Promise<T>): Promise<T | null> =>
    asked.catch((error: unknown) => {
      if (!(error instanceof GraphQLError)) throw error;
      missing.push(name);
      return null;
    });
  const [kinds, ...answers] = await Promise.all([
    orDown('registration', ask(parts, 'registration', KINDS, { subjects }, grant)),
    ...[...byAgency(rule)].map(([name, lines]) =>
      orDown(name, ask(parts, name, STANDING, { subjects, rule: lines }, grant)),
    ),
  ]);
  const found = answers.flatMap((answer) => {
    if (!answer) return [];
    addDisclosed(report, answer.disclosed);
    return [answer.data['_standing'] as Hit[][]];
  });
  const downs = [...new Set(missing)].sort().map(down);
  const closed = new Map([true, false].map((person) => [person, isPartlyClosed(rule, grant, person)]));
  return subjects.map((subject, i): Standing => {
    const kind = kinds && (kinds.data['_kinds'] as (string | null)[])[i];
    if (kinds && !kind) return { subject: null, outcome: 'UNKNOWN', reasons: [REASONS.unknown], hits: [] };
    const person = kind === 'NATURAL_PERSON';
    report.subjects.add(subject);
    if (person) report.persons.add(subject);
    const hits = found.flatMap((of) => of[i] ?? []).sort(newestFirst);
    const open = closed.get(person) ? [REASONS.notOpen] : [];
    if (hits.length > 0)
      return { subject, outcome: 'FAIL', reasons: [REASONS.records, ...open, ...downs], hits };
    const reasons = [...open, ...downs];
    return { subject, outcome: reasons.length > 0 ? 'UNKNOWN' : 'PASS', reasons, hits };
  });
}
