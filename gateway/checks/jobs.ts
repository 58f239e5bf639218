import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { SubgraphContext } from '../../records/context.ts';
import { type BatchJobRow, type BatchRow, SLICE } from '../../records/checks/batch.ts';
import type { GatewayContext } from '../context.ts';
import { type Asking, askingOf, officerOf, readCode } from './callers.ts';
import { type CodeLine, type SentCodes, sentCodes } from './codeFile.ts';
import { authorizationsOf, demandAuthorizations, demandDocuments } from './conditions.ts';
import type { ChecksParts } from './parts.ts';
import type { BatchStore } from './store.ts';

export type ChecksContext = SubgraphContext & { asked: GatewayContext };

/** The largest batch of the 2016 report has 80,108 codes. */
const MAX_CODES = 200_000;

function rowsOf(codes: readonly CodeLine[], today: string, pseudonym: ChecksParts['pseudonym']): BatchRow[] {
  return codes.map(({ line, raw }): BatchRow => {
    const read = readCode(raw, today, pseudonym);
    return read.ok
      ? [line, read.shown, read.subject, read.person]
      : [line, read.shown, null, false, read.reason];
  });
}

/** Slice by slice, with a turn for other callers between two: every code is hashed, 80,000 of them take a second. */
async function slicesOf(
  codes: readonly CodeLine[],
  today: string,
  pseudonym: ChecksParts['pseudonym'],
): Promise<BatchRow[][]> {
  const slices: BatchRow[][] = [];
  for (let from = 0; from < codes.length; from += SLICE) {
    slices.push(rowsOf(codes.slice(from, from + SLICE), today, pseudonym));
    await setImmediate();
  }
  return slices;
}

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
  input: SentCodes,
  { asked, snapshot, grant }: ChecksContext,
): Promise<BatchJobRow> {
  const asking = askingOf(asked, snapshot);
  const codes = await sentCodes(input, grant.today, MAX_CODES);
  const slices = await slicesOf(codes, grant.today, parts.pseudonym);
  await demandConditions(parts, asking, slices);
  const { caller, purpose } = asking;
  const { role, id: account, name, unit, jurisdiction, channel } = caller;
  const id = randomUUID();
  await store.create(
    id,
    {
      caller: { role: role as string, id: account, name, unit, jurisdiction, channel, code: null },
      purpose: {
        matter: purpose.matter,
        caseNumber: purpose.caseNumber,
        note: purpose.note,
        idDocument: purpose.idDocument ?? null,
        undisclosedUntil: purpose.undisclosedUntil ?? null,
      },
    },
    codes.length,
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
