import { z } from 'zod';
import { isDate } from '../../policy/dates.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { Snapshot, SnapshotMatter } from '../../records/snapshot.ts';
import type { Caller } from '../identity/caller.ts';

/** Why a query is made, as the request says it. */
export interface Purpose {
  /** Code of the matter (应用事项). */
  matter: string;
  /** 案件编号 */
  caseNumber: string | null;
  note: string | null;
  /** 授权编号 of a subject's authorization that the query is made under [SH-20]. */
  authorization?: string | null;
  /** 查询人有效身份证件或者证明文件, as it was shown [ZD-22]. */
  idDocument?: string | null;
  /** Last day on which the subject is not told of the look, as an investigation orders it; for the authority [SR-29]. */
  undisclosedUntil?: string | null;
}

const line = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}]*$/u);
const shape = z.strictObject({
  matter: line.min(1),
  caseNumber: line.nullish(),
  note: z
    .string()
    .max(1000)
    .regex(/^[^\p{Cc}]*$/u)
    .nullish(),
  authorization: z.guid().nullish(),
  idDocument: line.min(1).nullish(),
  undisclosedUntil: z.string().refine(isDate, 'is no day of the calendar').nullish(),
});

/**
 * The purpose of a request: `extensions.purpose`, else the header `Query-Purpose`, else null.
 * @throws BAD_USER_INPUT where it is not of the form of `Purpose`.
 */
export function purposeOf(
  extensions: Record<string, unknown> | undefined,
  header: string | null,
): Purpose | null {
  const given = extensions?.['purpose'];
  if (given !== undefined && given !== null) return read(given);
  return header ? ofHeader(header) : null;
}

function read(given: unknown): Purpose {
  const parsed = shape.safeParse(given);
  if (!parsed.success) {
    const what = parsed.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ');
    throw badInput('extensions.purpose', { zh: what, en: what });
  }
  return {
    matter: parsed.data.matter,
    caseNumber: parsed.data.caseNumber ?? null,
    note: parsed.data.note ?? null,
    authorization: parsed.data.authorization?.toLowerCase() ?? null,
    idDocument: parsed.data.idDocument ?? null,
    undisclosedUntil: parsed.data.undisclosedUntil ?? null,
  };
}

/** Headers kept read at most. */
const MAX_KEPT = 1_000;
const headers = new Map<string, Purpose>();

/** An office sends the same header all day. */
function ofHeader(header: string): Purpose {
  let purpose = headers.get(header);
  if (!purpose) {
    purpose = read({ matter: decodeHeader(header) });
    if (headers.size >= MAX_KEPT) headers.clear();
    headers.set(header, purpose);
  }
  return purpose;
}

/** Header values are Latin-1 on the wire; a matter's code may be sent percent-encoded. */
function decodeHeader(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}

/**
 * The matter under which a unit queries.
 * @throws PURPOSE_NOT_ALLOWED for a matter that is unknown, not in force or another unit's, in the same words, so that nobody learns
 * which matters other units hold from trying.
 */
export function matterOf(purpose: Purpose, caller: Caller, snapshot: Snapshot): SnapshotMatter {
  const matter = snapshot.matters.get(purpose.matter);
  if (!matter || matter.unit !== caller.unit) {
    throw refusal('PURPOSE_NOT_ALLOWED', {
      zh: `「${purpose.matter}」不是本单位的有效应用事项`,
      en: `"${purpose.matter}" is not a matter of this unit in force today`,
    });
  }
  return matter;
}
