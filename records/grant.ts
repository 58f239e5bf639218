import type { Role, SubjectKind } from '../policy/terms.ts';

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
    /** Keeps the accounts of its unit. */
    admin?: boolean;
  };
  /**
   * Division code of the district that the caller's credential is bound to: of records, wherever they are read, its own alone [SP-sub].
   * Left out: the scope alone decides. It goes into every key under which rows are read, as the scope does.
   */
  district?: string;
  /** Number of the matter of a credit service agency's purpose: its scope is the public's, and what it keeps is kept by matter. */
  matter?: number;
  /**
   * Version of the catalogue by which the scope was worked out. An agency whose copy is older catches up before it answers, or does not
   * answer: by the older word a new matter opens nothing, and what is not seen would be taken for absent [SP-check].
   */
  catalogue?: number;
  /** Pseudonymous id of the subject whose code a mutation names: only the gateway can tell it, and only where it is asked for. */
  about?: string;
}

/**
 * PUBLIC: public items; natural persons only as named by exact code and name, `persons` being those that passed.
 * MATTER: public and shared items of the matter's scope; natural persons only where the matter concerns them. SELF: everything about this one subject. REFERENCE: no subject at all,
 * just the catalogue, receipts and the like. AUTHORIZED: of this one subject the items that it authorized, whatever their tier; of everything
 * else, its other items included, what the scope `beside` opens [SH-20].
 */
export type Scope =
  | PublicScope
  | MatterScope
  | { kind: 'SELF'; subject: string }
  | { kind: 'AUTHORIZED'; subject: string; items: readonly number[]; beside: PublicScope | MatterScope }
  | { kind: 'REFERENCE' };

interface PublicScope {
  kind: 'PUBLIC';
  persons: readonly string[];
}
interface MatterScope {
  kind: 'MATTER';
  matter: number;
  persons: boolean;
}

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
export function scopeFor(grant: Pick<Grant, 'scope'>, subjectId: string): number {
  switch (grant.scope.kind) {
    case 'PUBLIC':
      return grant.scope.persons.includes(subjectId) ? PUBLIC_PERSON_SCOPE : PUBLIC_SCOPE;
    case 'MATTER':
      return grant.scope.matter;
    case 'SELF':
      return grant.scope.subject === subjectId ? SELF_SCOPE : NO_SCOPE;
    case 'AUTHORIZED':
      return scopeFor({ scope: grant.scope.beside }, subjectId);
    case 'REFERENCE':
      return NO_SCOPE;
  }
}

/**
 * Items that this subject opened to the caller, beside what the number of the scope opens. They stand in the key itself: an authorization
 * may be granted, used up or revoked at any moment, and scopes of its own in every agency's `scope_item` would lag behind.
 */
export const authorizedItems = ({ scope }: Grant, subjectId: string): readonly number[] | undefined =>
  scope.kind === 'AUTHORIZED' && scope.subject === subjectId ? scope.items : undefined;

/** Whether a caller may know of a subject at all. To whoever may not, it does not exist. */
export function mayKnow(scope: Scope, subject: { id: string; kind: SubjectKind }): boolean {
  const isPerson = subject.kind === 'NATURAL_PERSON';
  switch (scope.kind) {
    case 'SELF':
      // An organization that a record of its own names, such as the one it answers for, is known to everybody.
      return subject.id === scope.subject || !isPerson;
    case 'PUBLIC':
      return !isPerson || scope.persons.includes(subject.id);
    case 'MATTER':
      return !isPerson || scope.persons;
    case 'AUTHORIZED':
      return subject.id === scope.subject || mayKnow(scope.beside, subject);
    case 'REFERENCE':
      return false;
  }
}
