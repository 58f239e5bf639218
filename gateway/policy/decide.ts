import { parseCode } from '../../policy/identifiers/code.ts';
import { districtOf } from '../../records/district.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { Grant } from '../../records/grant.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import type { Caller } from '../identity/caller.ts';
import type { OperationShape } from './operation.ts';
import { type Purpose, matterOf } from './purpose.ts';

/** Roots by which a subject asks about itself. */
const OWN = [
  'me',
  'authorizations',
  'objection',
  'objections',
  'notices',
  'repairApplication',
  'repairApplications',
  'deletionRequest',
  'deletionRequests',
];

/** Roots that lead to subjects other than oneself. */
const OTHER_SUBJECTS = ['subject', 'subjects', 'searchSubjects'];

export interface Decision {
  grant: Grant;
  /** The query must have its journal entry before its answer leaves. */
  journaled: boolean;
  /** What the entry says where the request names no purpose; undefined: it names one, or sees no more than the public. */
  ground?: string;
}

/** A unit does by law what it has to do: no matter is named for it [SH-19]. */
const DUTY = '法定职责 / statutory duty';
/** A subject asks about itself. */
const ITSELF = '信息主体本人 / the subject itself';

/**
 * What a caller may see with an operation, from who asks, why, and what the operation could touch. Deny is where every path ends that is
 * not named here.
 * @throws UNAUTHENTICATED, PURPOSE_REQUIRED, PURPOSE_NOT_ALLOWED, BAD_USER_INPUT
 */
export function decide(
  caller: Caller,
  purpose: Purpose | null,
  shape: OperationShape,
  snapshot: Snapshot,
  today: string,
  pseudonym: (code: string) => string,
): Decision {
  const grant = (scope: Grant['scope']): Grant => ({
    scope,
    today,
    catalogue: snapshot.version,
    caller: {
      role: caller.role,
      unit: caller.unit,
      subject: null,
      ...(caller.admin && { admin: true }),
    },
  });
  const ofPublic = grant({ kind: 'PUBLIC', persons: [] });
  if (caller.role === null) {
    if (shape.mutation || shape.roots.has('me')) {
      throw refusal(
        'UNAUTHENTICATED',
        { zh: '请先登录', en: 'a token is required' },
        { http: { status: 401 } },
      );
    }
    return { grant: ofPublic, journaled: false };
  }
  if (caller.role === 'subject') {
    const aboutItself = shape.mutation || OWN.some((root) => shape.roots.has(root));
    if (!aboutItself) return { grant: ofPublic, journaled: shape.subjects || shape.duties };
    if (OTHER_SUBJECTS.some((root) => shape.roots.has(root))) {
      throw badInput('me', {
        zh: '请将查询本人与查询他人分为两次',
        en: 'ask `me` in a query of its own, apart from other subjects',
      });
    }
    const own = parseCode(caller.code ?? '', today);
    if (!own.ok) throw badInput('token.code', own.reason);
    const subject = pseudonym(own.code);
    const self = grant({ kind: 'SELF', subject });
    return { grant: { ...self, caller: { ...self.caller, subject } }, journaled: true, ground: ITSELF };
  }
  if (!purpose) {
    if (shape.subjects || (shape.duties && caller.role !== 'provider')) {
      throw refusal('PURPOSE_REQUIRED', {
        zh: '查询须说明用途（extensions.purpose 或 Query-Purpose）',
        en: 'a query needs its purpose (extensions.purpose or Query-Purpose)',
      });
    }
    return { grant: grant({ kind: 'REFERENCE' }), journaled: shape.mutation || shape.duties, ground: DUTY };
  }
  const matter = matterOf(purpose, caller, snapshot);
  const district = districtOf(caller, matter, snapshot);
  const inPlace = (scope: Grant['scope']): Grant => ({ ...grant(scope), ...(district && { district }) });
  // Organs share between themselves; a credit service agency sees no more than the public until a subject authorizes it [SH-20].
  if (caller.role === 'service')
    return { grant: { ...inPlace({ kind: 'PUBLIC', persons: [] }), matter: matter.id }, journaled: true };
  return {
    grant: inPlace({ kind: 'MATTER', matter: matter.id, persons: matter.aboutPersons }),
    journaled: true,
  };
}
