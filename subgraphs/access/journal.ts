import type pg from 'pg';
import type { Logger } from 'pino';
import { plainArray, textArray } from '../../platform/postgres/arrays.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import type { Journal, JournalEntry } from '../../records/journal.ts';

/** Entries waiting at most; more than this means the journal cannot keep up, and queries are refused rather than queued without end. */
const MAX_WAITING = 10_000;
const MAX_BATCH = 1_000;
const COUNT_EVERY_MS = 1_000;

interface Waiting {
  entry: JournalEntry;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** Who was looked at is found by subject: that goes into a table of its own, by the same statement, so that neither stands without the other. */
const INSERT = `
with entry as (
  insert into journal_entry (id, at, officer_id, officer, unit, role, channel, matter, case_number, note, operation, subjects, items, counts, outcome,
    authorization_id, agreed_purpose, id_document, undisclosed_until, persons)
  select id, at, officer_id, officer, unit, role, channel, matter, case_number, note, operation, subjects::uuid[], items::text[], counts::int[], outcome,
    authorization_id, agreed_purpose, id_document, undisclosed_until, persons
  from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
    $12::text[], $13::text[], $14::text[], $15::text[], $16::uuid[], $17::text[], $18::text[], $19::date[], $20::int[])
    as e(id, at, officer_id, officer, unit, role, channel, matter, case_number, note, operation, subjects, items, counts, outcome,
      authorization_id, agreed_purpose, id_document, undisclosed_until, persons)
  returning seq, id, undisclosed_until
)
insert into journal_subject (subject_id, seq, items, undisclosed_until)
select s.subject_id, entry.seq, s.items::text[], entry.undisclosed_until
from unnest($21::uuid[], $22::uuid[], $23::text[]) as s(entry_id, subject_id, items) join entry on entry.id = s.entry_id`;

const codes = (entry: JournalEntry): string[] => entry.items.map((item) => item.code);

/** A row for each subject of each entry. */
const looks = (
  entries: readonly JournalEntry[],
): { entry: JournalEntry; subject: string; items: readonly string[] }[] =>
  entries.flatMap((entry) =>
    entry.subjects.map((subject, i) => ({
      entry,
      subject,
      items: entry.subjectItems?.[i] ?? (entry.subjects.length === 1 ? codes(entry) : []),
    })),
  );

const columns = (entries: readonly JournalEntry[]): string[] => {
  const texts = (column: (entry: JournalEntry) => string | null | undefined): string =>
    textArray(entries.map(column));
  return [
    plainArray(entries.map((e) => e.id)),
    texts((e) => e.at.toISOString()),
    texts((e) => e.officerId),
    texts((e) => e.officer),
    texts((e) => e.unit),
    texts((e) => e.role),
    texts((e) => e.channel),
    texts((e) => e.matter),
    texts((e) => e.caseNumber),
    texts((e) => e.note),
    texts((e) => e.operation),
    texts((e) => plainArray(e.subjects)),
    texts((e) => textArray(codes(e))),
    texts((e) => plainArray(e.items.map((i) => i.count))),
    texts((e) => e.outcome),
    texts((e) => e.authorization),
    texts((e) => e.agreedPurpose),
    texts((e) => e.idDocument),
    texts((e) => e.undisclosedUntil),
    texts((e) => e.persons?.toString()),
    ...lookColumns(looks(entries)),
  ];
};

const lookColumns = (rows: ReturnType<typeof looks>): string[] => [
  plainArray(rows.map(({ entry }) => entry.id)),
  plainArray(rows.map(({ subject }) => subject)),
  textArray(rows.map(({ items }) => textArray(items))),
];

/**
 * Writes the journal in groups: while one INSERT is being committed, entries gather, and the next takes them all. An entry's promise
 * resolves only after its commit (`synchronous_commit = on`), so that a crash of this process or of the database cannot lose an entry
 * whose answer has left; at worst an entry stands whose answer never did.
 */
export class GroupJournal implements Journal {
  readonly #pool: pg.Pool;
  #waiting: Waiting[] = [];
  #writing = false;
  #looks = new Map<string, number>();
  readonly #counter: NodeJS.Timeout;
  readonly #log: Logger;
  onGroup?: (entries: number) => void;

  /** @param url the journal's database as the role that may INSERT and SELECT only. */
  constructor(url: string, log: Logger) {
    this.#log = log;
    this.#pool = openPool(url, {
      max: 2,
      connectionTimeoutMillis: 2_000,
      options: '-c synchronous_commit=on -c statement_timeout=5000',
    });
    this.#counter = setInterval(() => void this.#writeCounts(), COUNT_EVERY_MS);
    this.#counter.unref();
  }

  write(entry: JournalEntry): Promise<void> {
    if (this.#waiting.length >= MAX_WAITING)
      return Promise.reject(new Error('too many entries wait for the journal'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      if (!this.#writing) {
        this.#writing = true;
        setImmediate(() => void this.#writeAll());
      }
    });
  }

  count(channel: string): void {
    this.#looks.set(channel, (this.#looks.get(channel) ?? 0) + 1);
  }

  ready(): Promise<boolean> {
    return this.#pool.query('select from journal_entry limit 1').then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    clearInterval(this.#counter);
    await this.#writeCounts();
    await this.#pool.end();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      try {
        await this.#pool.query({ name: 'journal', text: INSERT, values: columns(batch.map((w) => w.entry)) });
        this.onGroup?.(batch.length);
        for (const w of batch) w.resolve();
      } catch (error) {
        for (const w of batch) w.reject(error as Error);
      }
    }
    this.#writing = false;
  }

  async #writeCounts(): Promise<void> {
    if (this.#looks.size === 0) return;
    const looks = [...this.#looks];
    this.#looks = new Map();
    try {
      await this.#pool.query(
        'insert into public_look (channel, looks) select * from unnest($1::text[], $2::bigint[])',
        [looks.map(([channel]) => channel), looks.map(([, n]) => n)],
      );
    } catch (error) {
      this.#log.warn({ error: (error as Error).message }, 'public looks could not be counted yet');
      for (const [channel, n] of looks) this.#looks.set(channel, (this.#looks.get(channel) ?? 0) + n);
    }
  }
}
