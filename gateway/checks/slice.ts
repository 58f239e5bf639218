import type {
  BatchAuthorization,
  BatchFinding,
  BatchJobRow,
  BatchRow,
  KeptEntry,
  SavedSlice,
} from '../../records/checks/batch.ts';
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
import { underAuthorization } from './underAuthorization.ts';

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
  return { asking, grant, rule: ruleOf(asking.matter, snapshot, grant), snapshot };
}

/** What one entry is to tell of. */
interface Told {
  report: DisclosureReport;
  /** What it was looked at under [ZD-22]. */
  authorization?: BatchAuthorization;
}

interface Found {
  standings: Map<string, Standing>;
  told: Told[];
}

/** All subjects under the one grant of a matter: one statement an agency. */
async function byMatter(
  parts: ChecksParts,
  { grant, rule }: Under,
  subjects: readonly string[],
): Promise<Found> {
  const report = emptyReport();
  const found = subjects.length > 0 ? await checkStanding(parts, rule, subjects, grant, report) : [];
  return { standings: new Map(subjects.map((id, i) => [id, found[i] as Standing])), told: [{ report }] };
}

/** Each subject under its own authorization, with an entry of its own that names it. */
async function byAuthorizations(
  parts: ChecksParts,
  under: Under,
  subjects: readonly string[],
): Promise<Found> {
  const authorizations = await authorizationsOf(parts, subjects, under.asking);
  const told: Told[] = [];
  const standings = await Promise.all(
    authorizations.map(async (authorization): Promise<Standing> => {
      if (!authorization)
        return { subject: null, outcome: 'UNKNOWN', reasons: [REASONS.unauthorized], hits: [] };
      const report = emptyReport();
      told.push({ report, authorization });
      return underAuthorization(parts, under, authorization, report);
    }),
  );
  return { standings: new Map(subjects.map((id, i) => [id, standings[i] as Standing])), told };
}

/** Whether a row's subject is none that the matter concerns. */
export const isExcluded = (person: boolean, { caller, matter }: Pick<Asking, 'caller' | 'matter'>): boolean =>
  person && caller.role !== 'service' && !matter.aboutPersons;

/** How many rows told of no subject, and why: codes that are unknown stand in no entry, of a single look or of many. */
function untold(results: readonly BatchFinding[]): string[] {
  const counts = new Map<string, number>();
  for (const [, reasons] of results)
    for (const { code } of reasons) if (UNTOLD.has(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort().map(([code, n]) => `${code} ${n}`);
}
const UNTOLD: ReadonlySet<string> = new Set([
  'CODE_MALFORMED',
  REASONS.unknown.code,
  REASONS.notForPersons.code,
  REASONS.unauthorized.code,
]);

/** Checks one slice, and makes the entries that are to tell of all its subjects. */
export async function checkSlice(
  parts: ChecksParts,
  job: BatchJobRow,
  number: number,
  rows: readonly BatchRow[],
): Promise<SavedSlice> {
  const under = await underNow(parts, job);
  const { asking, grant, snapshot } = under;
  const subjects = [
    ...new Set(
      rows.flatMap(([, , subject, person]) => (subject && !isExcluded(person, asking) ? [subject] : [])),
    ),
  ];
  const isService = asking.caller.role === 'service';
  const { standings, told } = await (isService ? byAuthorizations : byMatter)(parts, under, subjects);
  const used = new Map(
    told.flatMap(({ authorization }) => (authorization ? [[authorization.subject, authorization.id]] : [])),
  );
  const results = rows.map(([, , subject, person, fault]): BatchFinding => {
    if (subject === null || fault)
      return ['UNKNOWN', [{ code: 'CODE_MALFORMED', ...(fault ?? { zh: '', en: '' }) }], [], grant.today];
    if (isExcluded(person, asking)) return ['UNKNOWN', [REASONS.notForPersons], [], grant.today];
    const { outcome, reasons, hits } = standings.get(subject) as Standing;
    const authorization = used.get(subject);
    const ids = hits.map(({ id }) => id);
    return authorization === undefined
      ? [outcome, reasons, ids, grant.today]
      : [outcome, reasons, ids, grant.today, authorization];
  });
  const entry = ({ report, authorization }: Told, ...more: string[]): KeptEntry => {
    const made = entryOf(
      {
        caller: asking.caller,
        purposeHeader: null,
        grant,
        report,
        noted: [[`job ${job.id} slice ${number + 1}`, ...more].join(', ')],
        ...(authorization && {
          agreedPurpose: authorization.purpose ?? authorization.matter ?? asking.matter.code,
        }),
      },
      { ...job.asked.purpose, ...(authorization && { authorization: authorization.id }) },
      'batchCheck',
      'ANSWERED',
      snapshot,
    );
    return { ...made, at: made.at.toISOString() };
  };
  const rest = untold(results);
  const entries = isService
    ? [
        ...told.map((of) => entry(of)),
        ...(rest.length > 0 || told.length === 0 ? [entry({ report: emptyReport() }, ...rest)] : []),
      ]
    : told.map((of) => entry(of, ...rest));
  return { number, results, entries, authorizations: [...used.values()] };
}
