import type { BatchFinding, BatchJobRow, BatchRow } from '../../records/checks/batch.ts';
import { SLICE } from '../../records/checks/batch.ts';
import type { Hit } from '../../records/checks/standing.ts';
import { discloseItem, emptyReport } from '../../records/disclosure.ts';
import { districtOf } from '../../records/district.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { type Asking, askingOf } from './callers.ts';
import { demandDocuments, holding } from './conditions.ts';
import { hitOf } from './hits.ts';
import type { ChecksContext } from './jobs.ts';
import type { ChecksParts } from './parts.ts';
import { ruleOf } from './rule.ts';
import { isExcluded } from './slice.ts';
import { REASONS, type Standing, checkStanding } from './standing.ts';
import type { BatchStore } from './store.ts';
import { underAuthorization } from './underAuthorization.ts';

const MAX_RESULTS = 1_000;

/** A row with what was found for it then. */
interface Kept {
  row: BatchRow;
  finding: BatchFinding;
}

/** The same as it may be told now. */
interface Settled {
  outcome: string;
  reasons: BatchFinding[1];
  hits: Hit[];
  on: string;
}

/**
 * How the subjects that failed stand today, by today's rule and under today's grant [ADR 30]: what each agency would tell the caller now.
 * A service is told under the authorizations that it used, as far as they still hold.
 */
async function standingToday(
  parts: ChecksParts,
  kept: readonly Kept[],
  asking: Asking,
  { grant, snapshot }: ChecksContext,
): Promise<(kept: Kept) => Standing | null | undefined> {
  const rule = ruleOf(asking.matter, snapshot, grant);
  const failed = kept.filter(({ finding: [outcome] }) => outcome === 'FAIL');
  // What is shown of it is reported by who shows it.
  const unsaid = emptyReport();
  if (asking.caller.role !== 'service') {
    const subjects = [...new Set(failed.map(({ row }) => row[2] as string))];
    const found = subjects.length > 0 ? await checkStanding(parts, rule, subjects, grant, unsaid) : [];
    const of = new Map(subjects.map((subject, i) => [subject, found[i]]));
    return ({ row: [, , subject] }) => (subject === null ? undefined : of.get(subject));
  }
  await demandDocuments(parts, asking.caller.unit);
  const ids = [...new Set(kept.flatMap(({ finding: [, , , , id] }) => id ?? []))];
  const held = await holding(parts, ids, asking.caller);
  const of = new Map<string, Standing>();
  await Promise.all(
    failed.map(async ({ finding: [, , , , id] }) => {
      const authorization = id === undefined ? undefined : held.get(id);
      if (authorization)
        of.set(
          authorization.id,
          await underAuthorization(parts, { grant, rule, snapshot }, authorization, unsaid),
        );
    }),
  );
  return ({ finding: [, , , , id] }) => (id === undefined ? undefined : held.has(id) ? of.get(id) : null);
}

/**
 * A finding is of its day. A failure shows those of its records that would be hit today, as they stand today; where none is left it is not a
 * failure any more, and what a check finds today stands in its place. @param now null: what it was found under no longer holds.
 */
function settled(
  { row: [, , , person], finding: [outcome, reasons, hits, on] }: Kept,
  now: Standing | null | undefined,
  asking: Asking,
  today: string,
): Settled {
  if (isExcluded(person, asking))
    return { outcome: 'UNKNOWN', reasons: [REASONS.notForPersons], hits: [], on: today };
  if (now === null) return { outcome: 'UNKNOWN', reasons: [REASONS.unauthorized], hits: [], on: today };
  if (outcome !== 'FAIL' || now === undefined) return { outcome, reasons, hits: [], on };
  const ids = new Set(hits);
  const left = now.hits.filter(({ id }) => ids.has(id));
  return left.length > 0
    ? { outcome, reasons, hits: left, on }
    : { outcome: now.outcome, reasons: now.reasons, hits: now.hits, on: today };
}

function shown(
  { row: [line, code, subject, person] }: Kept,
  { outcome, reasons, hits, on }: Settled,
  { report, snapshot }: ChecksContext,
) {
  if (subject !== null) {
    report.subjects.add(subject);
    if (person) report.persons.add(subject);
    for (const { itemId } of hits) discloseItem(report, subject, itemId);
  }
  return { line, code, outcome, reasons, hits: hits.map((hit) => hitOf(hit, snapshot)), checkedOn: on };
}

/** Where an investigation orders that subjects are not told of a job yet, they are not told of it by who reads its results, either [SR-29]. */
function delayLikewise(reading: ChecksContext['asked'], { asked }: BatchJobRow): void {
  const until = asked.purpose.undisclosedUntil;
  const { purpose } = reading;
  // Requests with the same header share one purpose: it is not written to.
  if (purpose && until && until > (purpose.undisclosedUntil ?? ''))
    reading.purpose = { ...purpose, undisclosedUntil: until };
}

/** A page of results, for the matter that they were made for. @throws PURPOSE_REQUIRED, PURPOSE_NOT_ALLOWED, BAD_USER_INPUT */
export async function resultsOf(
  parts: ChecksParts,
  store: BatchStore,
  job: BatchJobRow,
  { first, after }: { first?: number | null; after?: string | null },
  context: ChecksContext,
) {
  const { asked, snapshot, grant } = context;
  const asking = askingOf(asked, snapshot);
  if (asking.matter.code !== job.matter)
    throw refusal('PURPOSE_NOT_ALLOWED', {
      zh: `该任务的应用事项是「${job.matter}」`,
      en: `the matter of this job is "${job.matter}"`,
    });
  // Who passed was seen as far as the credential of the job reached: it says nothing of another place [SP-sub].
  if (districtOf(job.asked.caller, asking.matter, snapshot) !== grant.district)
    throw refusal('PURPOSE_NOT_ALLOWED', {
      zh: '该任务由另一地区的凭据办理',
      en: 'this job was run with a credential of another place',
    });
  const size = first ?? 100;
  if (size < 0 || size > MAX_RESULTS)
    throw badInput('first', { zh: `应在 0 到 ${MAX_RESULTS} 之间`, en: `must be from 0 to ${MAX_RESULTS}` });
  if (after != null && !/^\d{1,7}$/.test(after))
    throw badInput('after', { zh: '格式不正确', en: 'is no cursor of this list' });
  delayLikewise(asked, job);
  // The entries of the job name what each subject authorized: the one that tells of its results leads there.
  (asked.noted ??= []).push(`job ${job.id} results`);
  const from = after == null ? 0 : Number(after);
  const last = Math.max(from, from + size - 1);
  const slices = await store.results(job.id, Math.floor(from / SLICE), Math.floor(last / SLICE));
  const kept = slices.flatMap(({ number, rows, results }) =>
    rows.flatMap((row, i): Kept[] => {
      const position = number * SLICE + i;
      const finding = results?.[i];
      return finding && position >= from && position < from + size ? [{ row, finding }] : [];
    }),
  );
  const today = await standingToday(parts, kept, asking, context);
  const nodes = kept.map((one) => shown(one, settled(one, today(one), asking, grant.today), context));
  const end = from + nodes.length;
  return {
    nodes,
    pageInfo: {
      hasNextPage: end < job.done,
      hasPreviousPage: from > 0,
      startCursor: () => (nodes.length > 0 ? String(from) : null),
      endCursor: () => (nodes.length > 0 ? String(end) : null),
    },
  };
}
