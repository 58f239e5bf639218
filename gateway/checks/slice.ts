import { randomUUID } from 'node:crypto';
import type { BatchFinding, BatchJobRow, BatchRow, SavedSlice } from '../../records/checks/batch.ts';
import { type DisclosureReport, emptyReport } from '../../records/disclosure.ts';
import type { Grant } from '../../records/grant.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import { unavailable } from '../errors.ts';
import type { Caller } from '../identity/caller.ts';
import { decide } from '../policy/decide.ts';
import { entryOf } from '../policy/entry.ts';
import type { OperationShape } from '../policy/operation.ts';
import { barred, refuseUngranted } from '../policy/rights.ts';
import { type Asking, askingOf } from './callers.ts';
import { authorizationsOf, demandDocuments } from './conditions.ts';
import type { ChecksParts } from './parts.ts';
import { type Rule, ruleOf } from './rule.ts';
import { REASONS, type Standing, checkStanding } from './standing.ts';

/** A batch looks at subjects, and at nothing else. */
const LOOK: OperationShape = {
  mutation: false,
  subjects: true,
  duties: false,
  roots: new Set(['checkStanding']),
  named: [],
  authorizing: [],
  lostCharacters: false,
};

interface Under {
  asking: Asking;
  grant: Grant;
  rule: Rule;
  snapshot: Snapshot;
}

/**
 * What a job may see now, as if it were asked anew: a matter that ended, an account that was suspended and a unit whose access was withdrawn
 * stop a batch under way [SH-34]. @throws whatever refuses the query
 */
async function underNow(parts: ChecksParts, { asked }: BatchJobRow): Promise<Under> {
  const caller = asked.caller as Caller;
  const rights = parts.rights();
  const refused = barred(caller, rights);
  if (refused) throw refused;
  const snapshot = parts.snapshot();
  if (!snapshot) throw unavailable('catalogue');
  const { grant } = decide(caller, asked.purpose, LOOK, snapshot, parts.today(), parts.pseudonym);
  refuseUngranted(caller, asked.purpose, rights);
  const asking = askingOf({ caller, purpose: asked.purpose }, snapshot);
  if (caller.role === 'service') await demandDocuments(parts, asking.caller.unit);
  return { asking, grant, rule: ruleOf(asking.matter, snapshot, grant.today), snapshot };
}

interface Found {
  standings: Map<string, Standing>;
  authorizations: string[];
}

/** All subjects under the one grant of a matter: one statement an agency. */
async function byMatter(
  parts: ChecksParts,
  { grant, rule }: Under,
  subjects: readonly string[],
  report: DisclosureReport,
): Promise<Found> {
  const found = subjects.length > 0 ? await checkStanding(parts, rule, subjects, grant, report) : [];
  return { standings: new Map(subjects.map((id, i) => [id, found[i] as Standing])), authorizations: [] };
}

/** Each subject under its own authorization; the agencies gather what comes at the same time into statements of their own. */
async function byAuthorizations(
  parts: ChecksParts,
  { asking, grant, rule, snapshot }: Under,
  subjects: readonly string[],
  report: DisclosureReport,
): Promise<Found> {
  const authorizations = await authorizationsOf(parts, subjects, asking);
  const { scope } = grant;
  if (scope.kind !== 'PUBLIC') throw new Error('a service sees what is public, until it is authorized');
  const standings = await Promise.all(
    subjects.map(async (subject, i): Promise<Standing> => {
      const authorized = authorizations[i];
      if (!authorized)
        return { subject: null, outcome: 'UNKNOWN', reasons: [REASONS.unauthorized], hits: [] };
      const items = [...snapshot.items.values()]
        .filter(
          ({ code, class: of, inForce }) =>
            inForce && [of, code].some((c) => authorized.categories.includes(c)),
        )
        .map(({ id }) => id);
      const own: Grant = { ...grant, scope: { kind: 'AUTHORIZED', subject, items, beside: scope } };
      return (await checkStanding(parts, rule, [subject], own, report))[0] as Standing;
    }),
  );
  return {
    standings: new Map(subjects.map((id, i) => [id, standings[i] as Standing])),
    authorizations: [...new Set(authorizations.flatMap((a) => a?.id ?? []))],
  };
}

/** Checks one slice, and makes the entry that is to tell of all its subjects. */
export async function checkSlice(
  parts: ChecksParts,
  job: BatchJobRow,
  number: number,
  rows: readonly BatchRow[],
): Promise<SavedSlice> {
  const under = await underNow(parts, job);
  const { asking, grant, snapshot } = under;
  const isService = asking.caller.role === 'service';
  const excluded = (person: boolean) => person && !isService && !asking.matter.aboutPersons;
  const subjects = [
    ...new Set(rows.flatMap(([, , subject, person]) => (subject && !excluded(person) ? [subject] : []))),
  ];
  const report = emptyReport();
  const { standings, authorizations } = await (isService ? byAuthorizations : byMatter)(
    parts,
    under,
    subjects,
    report,
  );
  const results = rows.map(([, , subject, person, fault]): BatchFinding => {
    if (subject === null || fault)
      return ['UNKNOWN', [{ code: 'CODE_MALFORMED', ...(fault ?? { zh: '', en: '' }) }], [], grant.today];
    if (excluded(person)) return ['UNKNOWN', [REASONS.notForPersons], [], grant.today];
    const { outcome, reasons, hits } = standings.get(subject) as Standing;
    return [outcome, reasons, hits, grant.today];
  });
  const { purpose } = job.asked;
  const entry = entryOf(
    {
      caller: asking.caller,
      purposeHeader: null,
      grant,
      report,
      noted: [`job ${job.id} slice ${number + 1}`],
    },
    purpose,
    'batchCheck',
    'ANSWERED',
    snapshot,
  );
  return { number, results, entry: { ...entry, id: randomUUID() }, authorizations };
}
