import { refusal } from './errors.ts';
import type { Grant } from './grant.ts';

/** Bytes of one file of evidence (证明材料). */
export const MAX_EVIDENCE = 20 * 1024 * 1024;

/** A file as it came. */
export interface EvidenceFile {
  /** SHA-256 of the content, in hex. */
  digest: string;
  content: Buffer;
  /** As whoever sent it said; never trusted. */
  contentType: string | null;
  name: string | null;
}

export interface StoredEvidence {
  /** SHA-256, in hex. */
  digest: string;
  /** Bytes. */
  size: number;
  name: string | null;
}

/** A file for who may read the case that it belongs to, and what the journal says of it. */
export interface FoundEvidence {
  content: Buffer;
  name: string | null;
  /** Pseudonymous id of the case's subject. */
  subjectId: string;
  /** Number of the catalogue item of the record that the case is about. */
  itemId: number;
}

/** Where evidence is kept. Whose it is, and who may read what, follows from the grant. */
export interface EvidenceStore {
  /**
   * Repeating it changes nothing, and gives what was stored first.
   * @throws FORBIDDEN to roles that give no evidence; RATE_LIMITED to who has given too much of it today
   */
  put(grant: Grant, file: EvidenceFile): Promise<StoredEvidence>;
  /** Null in the same way for what does not exist and for what is not for this caller. */
  get(grant: Grant, caseId: string, digest: string): Promise<FoundEvidence | null>;
}

const GIVERS = ['provider', 'agency', 'center'] as const;

/** Whose a file is that this caller gives: a subject's pseudonymous id, else the unit's code. @throws FORBIDDEN */
export function evidenceOwner({ caller: { role, unit, subject } }: Grant): string {
  if (role === 'subject' && subject !== null) return subject;
  if (GIVERS.some((giver) => giver === role) && unit !== null) return unit;
  throw refusal('FORBIDDEN', {
    zh: '仅限信息主体、信息提供单位、信息使用单位和工作机构提交材料',
    en: 'evidence is given by subjects, by units that provide or use information and by the credit center',
  });
}
