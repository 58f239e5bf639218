import type { Pack, Packs } from '../../policy/packs/packs.ts';
import type { WorkingCalendar } from '../../policy/workingDays.ts';
import type { RecordSink, SubjectInput, SubjectSink } from '../delivery.ts';
import type { RecordInput } from '../recordInput.ts';
import { refusal } from '../errors.ts';
import { attested, refuseProhibited } from './batchChecks.ts';
import { type ConsentFile, type NeedsConsent, needsConsent } from './consent.ts';
import { correctedRow, isCorrection, numberCell } from './correctionFile.ts';
import { type Exclusion, exclusionOf } from './exclusion.ts';
import type { Fault } from './fault.ts';
import { matchHeader } from './header.ts';
import { type Items, itemCodes } from './items.ts';
import type { Layout } from './layout.ts';
import type { Row, Rows } from './reading/row.ts';
import {
  bilingual,
  type ItemCount,
  type QuarantinedRow,
  type ReceiptCounts,
  type ReceiptStore,
  type ReceiptSummary,
  type Reject,
  type RejectedRow,
  type SecrecyReview,
} from './receipts.ts';
import { type RowReader, rowReaders } from './record.ts';
import { Timeliness } from './timeliness.ts';

/** Rows that are delivered together: large enough for COPY, small enough to hold two in memory. */
const CHUNK = 4000;

const LISTED_REJECTS = 1000;

export interface Submission {
  layout: Layout;
  /** The catalogue items under which the records are collected. */
  items: Items;
  /** 统一社会信用代码 of the providing unit. */
  provider: string;
  jurisdiction: string;
  /** File name, `submitRecords`, or `pull:` and the connector. */
  source: string;
  /** The route that each record notes among its sources [NT-16]; what its row or unit says unless given. */
  route?: string;
  /** The header, then the rows. */
  rows: Rows;
  packs: Packs;
  calendar: WorkingCalendar;
  /** 'YYYY-MM-DD' */
  today: string;
  subjects: SubjectSink;
  sink: RecordSink;
  receipts: ReceiptStore;
  consents: ConsentFile;
  /** The provider's attestation, where it gave one [ZD-18]. */
  secrecyReview?: SecrecyReview | null;
  /** Rows that a person has looked at and let through: their texts are not screened again [SH-14]. */
  released?: boolean;
  /** Called whenever a chunk is settled. */
  onProgress?: (counts: Readonly<ReceiptCounts>) => void;
}

/**
 * The one way in for records (归集), by file and by mutation: reads the rows by the layout, registers their
 * subjects, delivers the records to their agency and keeps a receipt. Every row is accepted, already there,
 * or rejected with line, column, rule and reason [ZD-19].
 *
 * A chunk is read while the one before it is being written; no more than these two are in memory. Chunks are
 * written in order. Sending a batch again changes nothing, since the id of a record follows from its fact:
 * after a crash, import the same file again.
 *
 * Throws BAD_USER_INPUT, before anything is written, for a header that does not fit the layout and a
 * jurisdiction without rules.
 */
export async function importRows(submission: Submission): Promise<ReceiptSummary> {
  const { layout, items, jurisdiction, today, receipts } = submission;
  const pack = submission.packs.on(jurisdiction, today);
  if (!pack) {
    throw refusal('BAD_USER_INPUT', {
      zh: `${jurisdiction} 在 ${today} 没有生效的规则`,
      en: `no rules of jurisdiction ${jurisdiction} are in force on ${today}`,
    });
  }
  const secrecyReview = attested(submission, pack);
  const rows = submission.rows[Symbol.asyncIterator]();
  let writing: Promise<void> = Promise.resolve();
  try {
    const first = await rows.next();
    if (first.done)
      throw refusal('BAD_USER_INPUT', { zh: '文件没有表头', en: 'the file is empty: it has no header' });
    const corrects = isCorrection(first.value.cells);
    const number = corrects ? numberCell(first.value.cells) : -1;
    const header = corrects ? correctedRow(first.value, number).cells : first.value.cells;
    const match = matchHeader(layout, header);
    refuseProhibited(match.unknown, pack);
    const newReader = rowReaders({ ...submission, pack }, match);
    const { provider, source } = submission;
    const meta = { layout: layout.name, jurisdiction, provider, items: itemCodes(items), source, header };
    const receipt = await receipts.start({ ...meta, unknownColumns: match.unknown, secrecyReview });
    const writer = new ChunkWriter(submission, receipt, pack);

    for (let more = true; more; ) {
      const chunk = await nextChunk(rows, corrects ? (row) => correctedRow(row, number) : null);
      more = chunk.length === CHUNK;
      const read = readChunk(chunk, newReader(), submission.released === true);
      await writing;
      writing = writer.write(read, chunk);
      // Its failure is met where it is awaited; until then it must not count as unhandled.
      writing.catch(() => {});
    }
    await writing;
    await receipts.finish(receipt, writer.counts, writer.timeliness.outcome(), writer.accepted());
    return { receipt, ...writer.counts, unknownColumns: match.unknown, rejects: writer.rejects };
  } finally {
    await rows.return?.();
    // No write outlives the import: whoever called may now close the database.
    await writing.catch(() => {});
  }
}

async function nextChunk(rows: AsyncIterator<Row>, corrected: ((row: Row) => Row) | null): Promise<Row[]> {
  const chunk: Row[] = [];
  while (chunk.length < CHUNK) {
    const next = await rows.next();
    if (next.done) break;
    chunk.push(corrected ? corrected(next.value) : next.value);
  }
  return chunk;
}

/** A chunk, read: what is to be delivered, the rows it came from, and what is to be sent back. */
interface ReadChunk {
  received: number;
  subjects: SubjectInput[];
  /** Position in `subjects` of each record's subject. */
  subjectOf: number[];
  records: RecordInput[];
  rows: Row[];
  rejects: RejectedRow[];
  quarantined: QuarantinedRow[];
}

function readChunk(chunk: readonly Row[], read: RowReader, released: boolean): ReadChunk {
  const result: ReadChunk = {
    received: chunk.length,
    subjects: [],
    subjectOf: [],
    records: [],
    rows: [],
    rejects: [],
    quarantined: [],
  };
  const positions = new Map<string, number>();
  for (const row of chunk) {
    const found = read(row);
    if (Array.isArray(found)) {
      result.rejects.push(rejected(row, found));
      continue;
    }
    const { subject, record, suspicion } = found;
    if (suspicion && !released) {
      result.quarantined.push({ line: row.line, ...suspicion, cells: row.cells });
      continue;
    }
    // A code under two names is two entries: which of them holds is for registration to say.
    let position = positions.get(subject.code);
    if (position === undefined || result.subjects[position]?.name !== subject.name) {
      position = result.subjects.push(subject) - 1;
      positions.set(subject.code, position);
    }
    result.subjectOf.push(position);
    result.records.push(record);
    result.rows.push(row);
  }
  return result;
}

/** The first fault gives column and rule; the reason names them all, so that one correction is enough. */
function rejected(row: Row, faults: readonly Fault[]): RejectedRow {
  const [first] = faults as [Fault];
  const many = faults.length > 1;
  const zh = faults.map((f) => (many && f.column ? `${f.column}：${f.reason.zh}` : f.reason.zh)).join('；');
  const en = faults.map((f) => (many && f.column ? `${f.column}: ${f.reason.en}` : f.reason.en)).join('; ');
  return {
    line: row.line,
    column: first.column,
    rule: first.rule,
    reason: bilingual({ zh, en }),
    cells: row.cells,
  };
}

const DIFFERS: Fault = {
  column: null,
  rule: 'RECORD_DIFFERS',
  reason: {
    zh: '同一文书已归集且内容不同；如需更正，请使用 correctRecord',
    en: 'the same document is already on file with other content; use correctRecord',
  },
};

const REVOKED: Fault = {
  column: null,
  rule: 'REVOKED',
  reason: {
    zh: '该信息已被其提供单位撤销，不再归集（SR-32b，第三十二条第三款）',
    en: 'the unit that provided this information revoked it: it is not collected again (SR-32b)',
  },
};

/** Writes chunks and keeps count. */
class ChunkWriter {
  readonly counts: ReceiptCounts = { received: 0, accepted: 0, duplicates: 0, rejected: 0, quarantined: 0 };
  readonly rejects: Reject[] = [];
  readonly timeliness: Timeliness;
  /** Records that were not on file before, by item number. */
  readonly #accepted = new Map<number, number>();
  readonly #submission: Submission;
  readonly #receipt: string;
  readonly #needsConsent: NeedsConsent | null;
  readonly #exclusion: Exclusion | null;

  constructor(submission: Submission, receipt: string, pack: Pack) {
    this.#submission = submission;
    this.#receipt = receipt;
    const { calendar, layout, today } = submission;
    this.timeliness = new Timeliness({ pack, calendar, recordType: layout.recordType, today });
    this.#needsConsent = needsConsent(submission.items, pack);
    this.#exclusion = exclusionOf(submission);
  }

  async write(chunk: ReadChunk, sent: readonly Row[]): Promise<void> {
    const sentBack = chunk.records.length > 0 ? await this.#deliver(chunk) : [];
    const rejects = [...chunk.rejects, ...sentBack].sort((a, b) => a.line - b.line);
    if (rejects.length > 0) await this.#submission.receipts.addRejects(this.#receipt, rejects);
    if (chunk.quarantined.length > 0)
      await this.#submission.receipts.addQuarantined(this.#receipt, chunk.quarantined);
    for (const { line, column, rule, reason } of rejects.slice(0, LISTED_REJECTS - this.rejects.length)) {
      this.rejects.push({ line, column, rule, reason });
    }
    const again = sent.flatMap((row) => row.corrects ?? []);
    if (again.length > 0) await this.#submission.receipts.closeRejects(this.#receipt, again);
    this.counts.received += chunk.received;
    this.counts.rejected += rejects.length;
    this.counts.quarantined += chunk.quarantined.length;
    this.#submission.onProgress?.(this.counts);
  }

  accepted(): ItemCount[] {
    const { organizations, persons } = this.#submission.items;
    return [organizations, persons].flatMap((item) => {
      const accepted = item ? this.#accepted.get(item.id) : undefined;
      return item && accepted ? { item: item.code, accepted } : [];
    });
  }

  /** Returns the rows that registration or the agency would not take. */
  async #deliver(chunk: ReadChunk): Promise<RejectedRow[]> {
    const { layout, subjects, sink } = this.#submission;
    const sentBack: RejectedRow[] = [];
    const { ids, refusals } = await subjects.register(chunk.subjects);
    const refused = new Map(refusals.map((r) => [r.position, r]));
    const column = layout.columns.find((c) => c.to === 'subject.name')?.header ?? null;
    const unconsented = await this.#unconsented(chunk, ids);
    const barred = await this.#exclusion?.barred([...new Set(ids)]);
    const records: RecordInput[] = [];
    const rows: Row[] = [];
    for (const [at, record] of chunk.records.entries()) {
      const position = chunk.subjectOf[at] as number;
      const row = chunk.rows[at] as Row;
      const no = refused.get(position);
      if (no) {
        const { line, cells } = row;
        sentBack.push({ line, column, rule: no.rule, reason: bilingual(no.reason), cells });
        continue;
      }
      record.subjectId = ids[position] as string;
      if (unconsented?.has(record.subjectId) && record.itemId === this.#needsConsent?.item) {
        sentBack.push(rejected(row, [this.#needsConsent.fault]));
        continue;
      }
      if (this.#exclusion && barred?.has(record.subjectId)) {
        sentBack.push(rejected(row, [this.#exclusion.fault]));
        continue;
      }
      record.late = this.timeliness.isLate(record);
      records.push(record);
      rows.push(row);
    }
    if (records.length === 0) return sentBack;
    const { accepted, duplicates, differing, revoked, known } = await sink.deliver(
      layout.recordType,
      records,
    );
    const before = known.length > 0 ? new Set(known) : null;
    for (const [at, record] of records.entries()) {
      if (before?.has(at)) continue;
      this.timeliness.note(record);
      this.#accepted.set(record.itemId, (this.#accepted.get(record.itemId) ?? 0) + 1);
    }
    await this.#exclusion?.settle([...new Set(records.map((record) => record.subjectId))]);
    this.counts.accepted += accepted;
    this.counts.duplicates += duplicates;
    for (const at of differing) sentBack.push(rejected(rows[at] as Row, [DIFFERS]));
    for (const at of revoked) sentBack.push(rejected(rows[at] as Row, [REVOKED]));
    return sentBack;
  }

  /** Subjects of whom this content may not be collected, as no consent is on file; null where none is needed. */
  async #unconsented(chunk: ReadChunk, ids: readonly string[]): Promise<ReadonlySet<string> | null> {
    const needed = this.#needsConsent;
    if (!needed) return null;
    const persons = chunk.records.flatMap((record, at) =>
      record.itemId === needed.item ? (ids[chunk.subjectOf[at] as number] ?? []) : [],
    );
    const { consents, provider, today } = this.#submission;
    const given = await consents.given([...new Set(persons)], needed.content, provider, today);
    return new Set(persons.filter((id) => !given.has(id)));
  }
}
