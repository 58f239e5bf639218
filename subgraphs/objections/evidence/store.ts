import type pg from 'pg';
import { isUuid } from '../../../records/arguments.ts';
import type { EvidenceStore } from '../../../records/evidence.ts';
import { readerOf } from '../callers.ts';
import { caseById } from '../cases/queue.ts';
import type { EvidenceFiles } from './files.ts';

/** At whose window an objection was filed. */
const WINDOW = `select unit from objection_step where case_id = $1 and step = 'FILED' and unit is not null`;

/** Evidence is given by its owner, and read by whoever may read the objection that names it. */
export const evidenceStore = (pool: pg.Pool, files: EvidenceFiles): EvidenceStore => ({
  put: (grant, file) => files.put(grant, file),
  async get(grant, caseId, digest) {
    const reader = readerOf(grant);
    if (reader === null || !isUuid(caseId)) return null;
    const found = await caseById(pool, caseId.toLowerCase(), reader);
    if (!found?.evidence.some((piece) => 'digest' in piece && piece.digest === digest)) return null;
    const { rows } = await pool.query<{ unit: string }>(WINDOW, [found.id]);
    const owners = [found.subjectId, ...rows.map(({ unit }) => unit)];
    const file = await files.content(digest, owners);
    return file && { ...file, subjectId: found.subjectId, itemId: found.itemId };
  },
});
