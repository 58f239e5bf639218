import type pg from 'pg';
import { isUuid } from '../../../records/arguments.ts';
import type { EvidenceStore } from '../../../records/evidence.ts';
import type { Grant } from '../../../records/grant.ts';
import { readerOf, repairReaderOf } from '../callers.ts';
import { caseById } from '../cases/queue.ts';
import { RepairRows } from '../repairs/rows.ts';
import type { EvidenceFiles } from './files.ts';
import type { Evidence } from './given.ts';

/** A case that names a file: whom and what it is about, and who may have given the file. */
interface Naming {
  subjectId: string;
  itemId: number;
  owners: readonly string[];
}

type Find = (grant: Grant, caseId: string, digest: string) => Promise<Naming | null>;

const names = (evidence: readonly Evidence[], digest: string): boolean =>
  evidence.some((piece) => 'digest' in piece && piece.digest === digest);

/** At whose window an objection was filed. */
const WINDOW = `select unit from objection_step where case_id = $1 and step = 'FILED' and unit is not null`;

const inObjections =
  (pool: pg.Pool): Find =>
  async (grant, caseId, digest) => {
    const reader = readerOf(grant);
    const found = reader && (await caseById(pool, caseId, reader));
    if (!found || !names(found.evidence, digest)) return null;
    const { subjectId, itemId } = found;
    const { rows } = await pool.query<{ unit: string }>(WINDOW, [found.id]);
    return { subjectId, itemId, owners: [subjectId, ...rows.map(({ unit }) => unit)] };
  };

/** What came with objections to the notice is for who verifies them: it may tell the applicant whose they are. */
const inRepairs =
  (repairs: RepairRows): Find =>
  async (grant, caseId, digest) => {
    const reader = repairReaderOf(grant);
    const found = reader && (await repairs.one(caseId, reader));
    if (!found) return null;
    const { id, subjectId, itemId, windowUnit } = found;
    const own = names(found.evidence, digest)
      ? [subjectId, ...(windowUnit === null ? [] : [windowUnit])]
      : [];
    const objectors = reader.subjectId === null ? await repairs.objectorsWith(id, digest) : [];
    return { subjectId, itemId, owners: [...own, ...objectors] };
  };

/** Evidence is given by its owner, and read by whoever may read the objection or the application for repair that names it. */
export function evidenceStore(pool: pg.Pool, files: EvidenceFiles): EvidenceStore {
  const [objections, repairs] = [inObjections(pool), inRepairs(new RepairRows(pool))];
  return {
    put: (grant, file) => files.put(grant, file),
    async get(grant, caseId, digest) {
      if (!isUuid(caseId)) return null;
      const asked = [grant, caseId.toLowerCase(), digest] as const;
      const found = (await objections(...asked)) ?? (await repairs(...asked));
      const file = found && (await files.content(digest, found.owners));
      return file && { ...file, subjectId: found.subjectId, itemId: found.itemId };
    },
  };
}
