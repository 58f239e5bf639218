import { randomUUID } from 'node:crypto';
import type { SubgraphContext } from '../../records/context.ts';
import { type BatchFinding, type BatchJobRow, type BatchRow, SLICE } from '../../records/checks/batch.ts';
import { discloseItem } from '../../records/disclosure.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import type { GatewayContext } from '../context.ts';
import { type Asking, askingOf, officerOf, readCode } from './callers.ts';
import { type CodeLine, readSentFile } from './codeFile.ts';
import { authorizationsOf, demandAuthorizations, demandDocuments } from './conditions.ts';
import { hitOf } from './hits.ts';
import type { ChecksParts } from './parts.ts';
import type { BatchStore } from './store.ts';

export type ChecksContext = SubgraphContext & { asked: GatewayContext };

/** The largest batch of the 2016 report has 80,108 codes. */
const MAX_CODES = 200_000;
const MAX_RESULTS = 1_000;

export interface BatchInput {
  codes?: string[] | null;
  file?: string | null;
}

async function codesOf({ codes, file }: BatchInput, today: string): Promise<CodeLine[]> {
  if ((codes == null) === (file == null))
    throw badInput('input', { zh: '须给出 codes 或 file 之一', en: 'has either `codes` or `file`' });
  if (file != null) return readSentFile(file, today, MAX_CODES);
  const given = codes ?? [];
  if (given.length > MAX_CODES)
    throw badInput('codes', { zh: `最多 ${MAX_CODES} 个`, en: `at most ${MAX_CODES}` });
  return given.map((raw, i) => ({ line: i + 1, raw }));
}

function rowsOf(codes: readonly CodeLine[], today: string, pseudonym: ChecksParts['pseudonym']): BatchRow[] {
  return codes.map(({ line, raw }): BatchRow => {
    const read = readCode(raw, today, pseudonym);
    return read.ok
      ? [line, read.shown, read.subject, read.person]
      : [line, read.shown, null, false, read.reason];
  });
}

const slicesOf = (rows: readonly BatchRow[]): BatchRow[][] =>
  Array.from({ length: Math.ceil(rows.length / SLICE) }, (_, i) => rows.slice(i * SLICE, (i + 1) * SLICE));

/** A credit service agency's preconditions, named one by one [ZD-29]. */
async function demandConditions(
  parts: ChecksParts,
  asking: Asking,
  slices: readonly BatchRow[][],
): Promise<void> {
  if (asking.caller.role !== 'service') return;
  await demandDocuments(parts, asking.caller.unit);
  const lacking: number[] = [];
  for (const slice of slices) {
    const named = slice.filter(([, , subject]) => subject !== null);
    const found = await authorizationsOf(
      parts,
      named.map(([, , subject]) => subject as string),
      asking,
    );
    named.forEach(([line], i) => !found[i] && lacking.push(line));
  }
  demandAuthorizations(lacking);
}

/**
 * Puts a batch in line. Codes of natural persons are not kept: a job knows subjects by their pseudonymous ids, as every database but the
 * registration's does.
 */
export async function startBatch(
  parts: ChecksParts,
  store: BatchStore,
  input: BatchInput,
  { asked, snapshot, grant }: ChecksContext,
): Promise<BatchJobRow> {
  const asking = askingOf(asked, snapshot);
  const rows = rowsOf(await codesOf(input, grant.today), grant.today, parts.pseudonym);
  const slices = slicesOf(rows);
  await demandConditions(parts, asking, slices);
  const { caller, purpose } = asking;
  const { role, id: account, name, unit, jurisdiction, channel } = caller;
  const id = randomUUID();
  await store.create(
    id,
    {
      caller: { role: role as string, id: account, name, unit, jurisdiction, channel, code: null },
      purpose: { matter: purpose.matter, caseNumber: purpose.caseNumber, note: purpose.note },
    },
    rows.length,
  );
  for (const [number, slice] of slices.entries()) await store.add(id, number, slice);
  (asked.noted ??= []).push(`job ${id}`);
  return store.ready(id);
}

/** A job of the caller's unit, or null: another unit's is none. */
export async function ownJob(
  store: BatchStore,
  id: string,
  context: ChecksContext,
): Promise<BatchJobRow | null> {
  const { unit } = officerOf(context.asked);
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)) return null;
  const job = await store.find(id);
  return job?.unit === unit ? job : null;
}

interface Shown {
  line: number;
  code: string;
  outcome: string;
  reasons: unknown[];
  hits: ReturnType<typeof hitOf>[];
  checkedOn: string;
}

function shownOf(
  [line, code, subject, person]: BatchRow,
  [outcome, reasons, hits, checkedOn]: BatchFinding,
  { report, grant }: ChecksContext,
  snapshot: Snapshot,
): Shown {
  const inTerm = hits.filter(({ visibleUntil }) => visibleUntil === null || visibleUntil >= grant.today);
  if (subject !== null) {
    report.subjects.add(subject);
    if (person) report.persons.add(subject);
    for (const { itemId } of inTerm) discloseItem(report, subject, itemId);
  }
  return { line, code, outcome, reasons, hits: inTerm.map((hit) => hitOf(hit, snapshot)), checkedOn };
}

/** A page of results, for the matter that they were made for. @throws PURPOSE_REQUIRED, PURPOSE_NOT_ALLOWED, BAD_USER_INPUT */
export async function resultsOf(
  store: BatchStore,
  job: BatchJobRow,
  { first, after }: { first?: number | null; after?: string | null },
  context: ChecksContext,
) {
  const { snapshot } = context;
  const { matter } = askingOf(context.asked, snapshot);
  if (matter.code !== job.matter)
    throw refusal('PURPOSE_NOT_ALLOWED', {
      zh: `该任务的应用事项是「${job.matter}」`,
      en: `the matter of this job is "${job.matter}"`,
    });
  const size = first ?? 100;
  if (size < 0 || size > MAX_RESULTS)
    throw badInput('first', { zh: `应在 0 到 ${MAX_RESULTS} 之间`, en: `must be from 0 to ${MAX_RESULTS}` });
  if (after != null && !/^\d{1,7}$/.test(after))
    throw badInput('after', { zh: '格式不正确', en: 'is no cursor of this list' });
  const from = after == null ? 0 : Number(after);
  const last = Math.max(from, from + size - 1);
  const slices = await store.results(job.id, Math.floor(from / SLICE), Math.floor(last / SLICE));
  const nodes = slices.flatMap(({ number, rows, results }) =>
    rows.flatMap((row, i) => {
      const position = number * SLICE + i;
      const result = results?.[i];
      return result && position >= from && position < from + size
        ? [shownOf(row, result, context, snapshot)]
        : [];
    }),
  );
  const end = from + nodes.length;
  return {
    nodes,
    pageInfo: {
      hasNextPage: end < job.done,
      hasPreviousPage: from > 0,
      startCursor: nodes.length > 0 ? String(from) : null,
      endCursor: nodes.length > 0 ? String(end) : null,
    },
  };
}
