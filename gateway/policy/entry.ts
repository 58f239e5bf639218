import { randomUUID } from 'node:crypto';
import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import { ERROR_CODES } from '../../records/errors.ts';
import type { JournalEntry } from '../../records/journal.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import type { GatewayContext } from '../context.ts';
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
  { caller, report }: GatewayContext,
  purpose: Purpose | null,
  operation: string,
  outcome: string,
  snapshot: Snapshot | null,
): JournalEntry {
  return {
    id: randomUUID(),
    at: new Date(),
    officerId: caller.id,
    officer: caller.name,
    unit: caller.unit,
    role: caller.role,
    channel: caller.channel,
    matter: purpose?.matter ?? null,
    caseNumber: purpose?.caseNumber ?? null,
    note: purpose?.note ?? null,
    operation,
    subjects: [...report.subjects],
    items: [...report.items].map(([id, count]) => ({
      code: snapshot?.items.get(id)?.code ?? String(id),
      count,
    })),
    outcome,
  };
}
