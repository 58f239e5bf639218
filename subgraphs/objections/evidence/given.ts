import { isUuid } from '../../../records/arguments.ts';
import type { AgencyDoor } from '../../../records/delivery.ts';
import { badInput } from '../../../records/errors.ts';
import { recordKeepers } from '../../keepers.ts';
import type { EvidenceFiles } from './files.ts';
import { isOnFile } from '../own.ts';
import { digestOf, freeText } from '../texts.ts';

/** 证明材料: a file, or a record of the subject that is on file. */
export type Evidence = { digest: string; name: string } | { recordType: string; record: string };

export interface EvidenceInput {
  digest?: string | null;
  name?: string | null;
  recordType?: string | null;
  record?: string | null;
}

/** Whose evidence it has to be: the subject's, given by itself or at the window of a unit. */
export interface EvidenceOwner {
  subjectId: string;
  unit: string | null;
  today: string;
}

export interface EvidenceSources {
  records: Pick<AgencyDoor, 'facts'>;
  /** Uploaded files. */
  files: Pick<EvidenceFiles, 'held'>;
}

const MOST = 20;
const LONGEST_NAME = 200;

function refuseTooMany({ length }: readonly unknown[]): void {
  if (length > MOST) throw badInput('evidence', { zh: `至多 ${MOST} 项`, en: `at most ${MOST} pieces` });
}

/** In the same words for what is unknown and what is somebody else's. */
const notTheirs = (argument: string) =>
  badInput(argument, { zh: '该主体没有此项材料', en: 'this subject has no such evidence' });

function read({ digest, name, recordType, record }: EvidenceInput, argument: string): Evidence {
  const isFile = digest != null && recordType == null && record == null;
  if (isFile)
    return {
      digest: digestOf(`${argument}.digest`, digest),
      name: freeText(`${argument}.name`, name, LONGEST_NAME),
    };
  if (digest == null && name == null && recordType != null && record != null) {
    if (!recordKeepers.has(recordType) || !isUuid(record)) throw notTheirs(argument);
    return { recordType, record: record.toLowerCase() };
  }
  throw badInput(argument, {
    zh: '应为文件（digest、name）或者在档记录（recordType、record）之一',
    en: 'must be a file (digest, name) or a record on file (recordType, record)',
  });
}

/**
 * 证明材料 that goes with an application: files that were uploaded, and what is in the subject's file already [JS-23].
 * @throws BAD_USER_INPUT that names the piece at fault
 */
export async function evidenceOf(
  given: readonly EvidenceInput[],
  { subjectId, unit, today }: EvidenceOwner,
  { records, files }: EvidenceSources,
): Promise<Evidence[]> {
  refuseTooMany(given);
  const evidence = given.map((piece, at) => read(piece, `evidence[${at}]`));
  const referred = evidence.flatMap((piece) => ('record' in piece ? [piece] : []));
  const digests = evidence.flatMap((piece) => ('digest' in piece ? [piece.digest] : []));
  const owners = unit === null ? [subjectId] : [subjectId, unit];
  const known = new Set(digests.length > 0 ? await files.held(digests, owners) : []);
  for (const [type, pieces] of Map.groupBy(referred, ({ recordType }) => recordType)) {
    const ids = pieces.map(({ record }) => record);
    for (const facts of await records.facts(type, subjectId, ids))
      if (isOnFile(facts, today)) known.add(facts.id);
  }
  for (const [at, piece] of evidence.entries()) {
    if (!known.has('record' in piece ? piece.record : piece.digest)) throw notTheirs(`evidence[${at}]`);
  }
  return evidence;
}

/**
 * Files alone, by their digests, of who gave them.
 * @param owner a subject's pseudonymous id, or a unit's code
 * @throws BAD_USER_INPUT that names the one at fault
 */
export async function heldDigests(
  given: readonly string[],
  owner: string,
  files: EvidenceSources['files'],
): Promise<string[]> {
  refuseTooMany(given);
  const digests = given.map((digest, at) => digestOf(`evidence[${at}]`, digest));
  const known = digests.length > 0 ? await files.held(digests, [owner]) : new Set();
  for (const [at, digest] of digests.entries()) if (!known.has(digest)) throw notTheirs(`evidence[${at}]`);
  return digests;
}
