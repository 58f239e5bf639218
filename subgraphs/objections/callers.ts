import { refusal } from '../../records/errors.ts';
import type { Grant, Scope } from '../../records/grant.ts';
import type { Party } from '../../policy/objections/stages.ts';

/** Which cases a caller has to do with. */
export interface CaseReader {
  /** This subject's alone. */
  subjectId: string | null;
  /** About this unit's records alone. */
  provider: string | null;
  /** Appealed ones alone. */
  appealedOnly: boolean;
  /** Whether those about natural persons are among them. */
  persons: boolean;
}

/** Who acts, and for which unit. */
export interface Actor {
  party: Party;
  unit: string | null;
  reader: CaseReader;
}

type MatterScope = Extract<Scope, { kind: 'MATTER' }>;

/** The matter of a purpose, if one was given. */
export function matterScope({ scope }: Pick<Grant, 'scope'>): MatterScope | null {
  if (scope.kind === 'AUTHORIZED') return scope.beside.kind === 'MATTER' ? scope.beside : null;
  return scope.kind === 'MATTER' ? scope : null;
}

const EVERY: CaseReader = { subjectId: null, provider: null, appealedOnly: false, persons: true };

/** Null: nothing of it is for this caller. */
export function readerOf(grant: Grant): CaseReader | null {
  const { role, unit, subject } = grant.caller;
  if (role === 'subject') return subject === null ? null : { ...EVERY, subjectId: subject };
  if (role === 'provider') return unit === null ? null : { ...EVERY, provider: unit };
  const matter = matterScope(grant);
  if (matter === null) return null;
  const { persons } = matter;
  if (role === 'agency') return unit === null ? null : { ...EVERY, persons, provider: unit };
  if (role === 'center') return { ...EVERY, persons };
  if (role === 'authority') return { ...EVERY, persons, appealedOnly: true };
  return null;
}

/** As `readerOf`, of repairs: no appeal takes one to the authority. */
export function repairReaderOf(grant: Grant): Omit<CaseReader, 'appealedOnly'> | null {
  const reader = readerOf(grant);
  return reader === null || reader.appealedOnly ? null : reader;
}

/** For the center's and the authority's staff as for everyone who looks at others' information [SH-26]. */
export function demandPurpose(grant: Grant): MatterScope {
  const matter = matterScope(grant);
  if (matter) return matter;
  throw refusal('PURPOSE_REQUIRED', {
    zh: '须说明用途（extensions.purpose 或 Query-Purpose）',
    en: 'a purpose is needed (extensions.purpose or Query-Purpose)',
  });
}

/**
 * Who decides: the unit that provides the record, the center, the authority.
 * @throws FORBIDDEN, PURPOSE_REQUIRED
 */
export function deciderOf(grant: Grant): Actor {
  const { role, unit } = grant.caller;
  if (role === 'provider' && unit !== null)
    return { party: 'PROVIDER', unit, reader: { ...EVERY, provider: unit } };
  if (role !== 'center' && role !== 'authority') {
    throw refusal('FORBIDDEN', {
      zh: '仅限信息提供单位、公共信用信息工作机构和信用管理部门办理',
      en: 'for the unit that provides the record, the credit center and the authority',
    });
  }
  const { persons } = demandPurpose(grant);
  return { party: role === 'center' ? 'CENTER' : 'AUTHORITY', unit, reader: { ...EVERY, persons } };
}

/** @throws FORBIDDEN to all but the subject itself. */
export function subjectActor({ caller }: Grant): Actor {
  if (caller.role === 'subject' && caller.subject !== null)
    return { party: 'SUBJECT', unit: null, reader: { ...EVERY, subjectId: caller.subject } };
  throw refusal('FORBIDDEN', { zh: '仅限信息主体本人', en: 'for the subject itself' });
}
