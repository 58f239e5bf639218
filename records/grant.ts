import type { Role } from '../policy/terms.ts';

/**
 * What a caller may see, as the gateway worked it out from who asks and why. Subgraphs trust nothing else: over HTTP it travels signed
 * and short-lived, in memory as this value.
 */
export interface Grant {
  scope: Scope;
  /** The day that decides what is in term, Asia/Shanghai. */
  today: string;
  caller: {
    /** Null: the public. */
    role: Role | null;
    /** 统一社会信用代码 of the caller's unit. */
    unit: string | null;
    /** Pseudonymous id of a caller of role `subject`. */
    subject: string | null;
  };
}

/**
 * PUBLIC: public items; natural persons only as named by exact code and name, `persons` being those that passed.
 * MATTER: public and shared items of the matter's scope; natural persons only where the matter concerns them. SELF: everything about this one subject. REFERENCE: no subject at all,
 * just the catalogue, receipts and the like.
 */
export type Scope =
  | { kind: 'PUBLIC'; persons: readonly string[] }
  | { kind: 'MATTER'; matter: number; persons: boolean }
  | { kind: 'SELF'; subject: string }
  | { kind: 'REFERENCE' };

/**
 * Numbers of scopes in `scope_item`: a matter's own number, or one of these. What is public about natural persons is a scope of its own, so
 * that an agency, which cannot tell a person's id from a firm's, still gives it out for a proved pair of code and name alone.
 */
export const PUBLIC_SCOPE = 0;
export const PUBLIC_PERSON_SCOPE = -3;
export const SELF_SCOPE = -1;
/** Matches no row of `scope_item`. */
export const NO_SCOPE = -2;

/**
 * The item scope under which one subject's rows are read. It goes into every loader key, so a row can only come back under the key that
 * may see it, even where one statement serves many callers.
 */
export function scopeFor(grant: Grant, subjectId: string): number {
  switch (grant.scope.kind) {
    case 'PUBLIC':
      return grant.scope.persons.includes(subjectId) ? PUBLIC_PERSON_SCOPE : PUBLIC_SCOPE;
    case 'MATTER':
      return grant.scope.matter;
    case 'SELF':
      return grant.scope.subject === subjectId ? SELF_SCOPE : NO_SCOPE;
    case 'REFERENCE':
      return NO_SCOPE;
  }
}
