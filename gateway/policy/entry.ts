import { randomUUID } from 'node:crypto';
import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import { ERROR_CODES } from '../../records/errors.ts';
import type { JournalEntry } from '../../records/journal.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import type { GatewayContext } from '../context.ts';
import type { Caller } from '../identity/caller.ts';
import type { Purpose } from './purpose.ts';

/**
 * ANSWERED as soon as any data leaves; else why none did. Of several reasons the first in the list of codes: which error was met first is a
 * matter of chance.
 */
export function outcomeOf(
  result: FormattedExecutionResult,
  errors: readonly GraphQLError[] | undefined,
): string {
  if (result.data && Object.values(result.data).some((value) => value !== null)) return 'ANSWERED';
  const codes = [...(errors ?? []), ...(result.errors ?? [])].map(({ extensions }) => extensions?.['code']);
  const told = ERROR_CODES.find((code) => codes.includes(code)) ?? codes[0];
  return typeof told === 'string' ? told : 'ANSWERED';
}

/** Who looked, when, why, at what [SH-19]. Arguments are left out: they hold identity numbers, the subjects' ids do not. */
export function entryOf(
  { caller, report, agreedPurpose, ground, entryId, noted = [] }: GatewayContext,
  purpose: Purpose | null,
  operation: string,
  outcome: string,
  snapshot: Snapshot | null,
): JournalEntry {
  const codeOf = (id: number): string => snapshot?.items.get(id)?.code ?? String(id);
  const subjects = [...report.subjects];
  const isPerson = (subject: string): boolean =>
    report.persons.has(subject) ||
    [...(report.of.get(subject) ?? [])].some((id) => snapshot?.items.get(id)?.aboutPersons);
  return {
    id: entryId ?? randomUUID(),
    at: new Date(),
    officerId: caller.id,
    officer: caller.name,
    unit: caller.unit,
    role: caller.role,
    channel: caller.channel,
    matter: purpose?.matter ?? null,
    caseNumber: purpose?.caseNumber ?? null,
    note: purpose ? purpose.note : (ground ?? null),
    operation: [operation, ...noted].join(' ').trim(),
    subjects,
    ...(subjects.length > 0 && { persons: subjects.filter(isPerson).length }),
    items: [...report.items].map(([id, count]) => ({ code: codeOf(id), count })),
    ...(subjects.length > 1 && {
      subjectItems: subjects.map((subject) => [...(report.of.get(subject) ?? [])].map(codeOf)),
    }),
    undisclosedUntil: purpose?.undisclosedUntil ?? null,
    authorization: purpose?.authorization ?? null,
    agreedPurpose: agreedPurpose ?? null,
    idDocument: idDocumentOf(purpose, caller),
    outcome,
  };
}

/** Who queries under an authorization shows who it is [ZD-22]: the document that it names, else the account that its unit vouches for. */
const idDocumentOf = (purpose: Purpose | null, caller: Caller): string | null =>
  purpose?.idDocument ?? (purpose?.authorization ? `account ${caller.id}` : null);
