import { parseCode } from '../../policy/identifiers/code.ts';
import { mayKnow } from '../../records/grant.ts';
import type { GatewayContext } from '../context.ts';
import type { Foresight } from '../federation/compiled/ahead.ts';

export interface ForesightParts {
  today: () => string;
  pseudonym: (code: string) => string;
}

/**
 * The subject that a query is about follows from its code, or from the caller's own, by keyed hash: agencies can be asked what they hold of it while
 * registration still looks up whether it is on file. Nobody is asked about a subject that the caller may not know of; whatever else registration
 * may find (it is not on file, it has another name), what was asked ahead is dropped unseen and no entry tells of it.
 */
export const subjectForesight =
  ({ today, pseudonym }: ForesightParts): Foresight =>
  (field, args, context) => {
    const scope = (context as GatewayContext).grant?.scope;
    if (!scope) return null;
    if (field === 'me') return scope.kind === 'SELF' ? { __typename: 'Subject', id: scope.subject } : null;
    if (field !== 'subject') return null;
    const parsed = parseCode(String(args['code']), today());
    if (!parsed.ok) return null;
    const id = pseudonym(parsed.code);
    return mayKnow(scope, { id, kind: parsed.subjectKind }) ? { __typename: 'Subject', id } : null;
  };
