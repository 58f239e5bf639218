import type { Snapshot } from '../../records/snapshot.ts';
import { unavailable } from '../errors.ts';
import type { Caller } from '../identity/caller.ts';
import { type Decision, decide } from '../policy/decide.ts';
import type { OperationShape } from '../policy/operation.ts';
import type { Purpose } from '../policy/purpose.ts';
import { type Rights, barred, refuseUngranted } from '../policy/rights.ts';

export interface GrantParts {
  /** Null while they are stale: then nothing is answered. */
  snapshot: () => Snapshot | null;
  rights: () => Rights | null;
  today: () => string;
  pseudonym: (code: string) => string;
}

const nothing: OperationShape = {
  mutation: false,
  subjects: false,
  duties: false,
  roots: new Set(),
  named: [],
  authorizing: [],
  lostCharacters: false,
};

/** To policy, giving evidence is as a mutation, reading it as `objection(id)` or `repairApplication(id)`, and a report a look at its subject. */
const SHAPES = {
  give: { ...nothing, mutation: true },
  read: { ...nothing, duties: true, roots: new Set(['objection', 'repairApplication']) },
  report: { ...nothing, subjects: true, roots: new Set(['me']) },
};

/** What a caller may do with evidence, or read of its reports, by the same policy as any operation. @throws as `decide` */
export function grantFor(
  what: keyof typeof SHAPES,
  caller: Caller,
  purpose: Purpose | null,
  { snapshot, rights, today, pseudonym }: GrantParts,
): Decision {
  const held = rights();
  const refused = barred(caller, held);
  if (refused) throw refused;
  const catalogue = snapshot();
  if (!catalogue) throw unavailable('catalogue');
  const decision = decide(caller, purpose, SHAPES[what], catalogue, today(), pseudonym);
  refuseUngranted(caller, purpose, held);
  return decision;
}
