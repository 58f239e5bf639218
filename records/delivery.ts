import type { Correction, RecordInput } from './recordInput.ts';
import type { Message } from '../policy/message.ts';
import type { SubjectKind } from '../policy/terms.ts';
import type { ConductQuestion } from './orders/conduct.ts';
import type { RecordKey } from './orders/facts.ts';
import type { RecordFacts } from './orders/order.ts';

/**
 * What became of a delivered chunk. `differing` are positions whose fact is on file with other content, `revoked` those whose fact was
 * revoked.
 */
export interface DeliveryResult {
  accepted: number;
  duplicates: number;
  differing: number[];
  revoked: number[];
  /** Positions of what was on file before, whatever became of them. */
  known: number[];
}

/** A correction (更正) or revocation (撤销) of one record [ZD-33, SR-32b]. */
export interface Amendment {
  recordType: string;
  subjectId: string;
  id: string;
  /** The unit whose record it has to be; null: whoever's. */
  provider: string | null;
  /** Jurisdictions of which the record has to be one's; left out: of any. */
  jurisdictions?: readonly string[];
  /** The unit that amends. */
  by: string | null;
  reason: string;
  /** Date of birth of a natural person, for the rules on age; null for organizations. */
  bornOn: string | null;
  /** Null: the record is revoked. */
  correction: Correction | null;
  /** True: nothing changes; the outcome is what it would be. */
  rehearsal?: boolean;
}

/**
 * What became of an amendment. NOT_FOUND: not on file, or another unit's. OTHER_FACT: the fields that make it this fact would be others.
 * NOT_COLLECTED: the law of collection refuses it as corrected. UNCHANGED: it stands already.
 */
export type Amended =
  | { outcome: 'NOT_FOUND' | 'OTHER_FACT' }
  | { outcome: 'NOT_COLLECTED'; reasons: Message[] }
  | {
      outcome: 'AMENDED' | 'UNCHANGED';
      itemId: number;
      revision: number;
      visibleUntil: string | null;
      /** As the database gives it. */
      revokedAt: string | null;
    };

/** A permit on a promise (告知承诺), or the promise itself, and what of it was broken [JS-24]. */
export interface BrokenPromise {
  /** Records of broken promises on file. */
  breaches: RecordFacts[];
  /** The permit, where it was taken back: then its repair archives it as well. One in force stays. */
  takenBack: RecordFacts | null;
}

/** What the keeper of the archive asks of one agency. */
export interface ArchiveQuestion {
  subjectId: string;
  /** Null: all that the agency keeps. */
  recordType: string | null;
  /** Of which records are asked for. */
  jurisdictions: readonly string[];
  first: number;
  /** Only records with a greater id. */
  after: string | null;
}

/** A record out of its term. `content` is by GraphQL field. */
export interface ArchivedRow {
  id: string;
  recordType: string;
  itemId: number;
  visibleUntil: string | null;
  /** As the database gives it; null: past its term, and still in its table. */
  archivedAt: string | null;
  content: Record<string, unknown>;
}

/** In the order of ids. */
export interface ArchivePage {
  rows: ArchivedRow[];
  total: number;
}

/** A subject met in a submission, with its code in clear: only `registration` takes these. */
export interface SubjectInput {
  code: string;
  codeKind: 'USCC' | 'CITIZEN_ID' | 'REGISTRATION_NUMBER' | 'ORGANIZATION_CODE';
  kind: SubjectKind;
  name: string;
  /** Division code of the place of registration; null where the submission does not tell, and for natural persons. */
  jurisdiction: string | null;
  /** True where the registrar itself says so: its word on name and place replaces what is on file. */
  authoritative?: boolean;
}

/** A subject that cannot be taken as sent, such as a known code with a different person's name. */
export interface SubjectRefusal {
  position: number;
  rule: string;
  reason: Message;
}

/**
 * The agency's door for accepted records. Applying a chunk is one transaction and may be repeated: a record's id follows from the fact
 * itself, so what is already there counts as a duplicate.
 */
export interface RecordSink {
  deliver(recordType: string, records: readonly RecordInput[]): Promise<DeliveryResult>;
  /** Of these subjects, those with a listing of this type today in one of the jurisdictions: in term, not ended, archived or revoked. */
  listed(
    recordType: string,
    subjectIds: readonly string[],
    jurisdictions: readonly string[],
  ): Promise<string[]>;
  /**
   * Archives what these subjects have of this type in these jurisdictions, so that no answer has it; repeating it changes nothing.
   * @returns how many.
   */
  withdraw(
    recordType: string,
    subjectIds: readonly string[],
    jurisdictions: readonly string[],
  ): Promise<number>;
}

/** All that other parts of the house ask of an agency. */
export interface AgencyDoor extends RecordSink {
  /** The records of a subject with these ids that are on file, also archived and revoked ones; in no order. */
  facts(recordType: string, subjectId: string, ids: readonly string[]): Promise<RecordFacts[]>;
  /** As `facts`, of several subjects' records, by one statement. */
  factsOf(recordType: string, keys: readonly RecordKey[]): Promise<RecordFacts[]>;
  /** The first day on which a subject did the like again; null where it did not. */
  conductSince(question: ConductQuestion): Promise<string | null>;
  /** What a permit or a promise has to do with broken promises [JS-24]; null where the record is neither, or not on file. */
  brokenPromise(recordType: string, subjectId: string, id: string): Promise<BrokenPromise | null>;
  /** One transaction; repeating it changes nothing. */
  amend(amendment: Amendment): Promise<Amended>;
  /** Whoever may keep the archive is for collection to say. */
  archived(question: ArchiveQuestion): Promise<ArchivePage>;
}

/** The registration's door for subjects. Returns their pseudonymous ids in the same order; repeating it changes nothing. */
export interface SubjectSink {
  register(subjects: readonly SubjectInput[]): Promise<{ ids: string[]; refusals: SubjectRefusal[] }>;
}

export interface SubjectDoor extends SubjectSink {
  /** Pseudonymous id of a valid code, whether it is on file or not. */
  idOf(code: string): Promise<string>;
}
