import { type DueDate, dueDate } from '../../policy/dueDates.ts';
import type { Pack } from '../../policy/packs/packs.ts';
import type { CountedDay, WorkingCalendar } from '../../policy/workingDays.ts';
import type { RecordInput } from '../recordInput.ts';

/** Records of a batch by the provision that set their due date. */
export interface Punctuality {
  source: string;
  onTime: number;
  late: number;
}

/** What a batch comes to beside its counts. */
export interface BatchOutcome {
  /** 'YYYY-MM-DD' */
  receivedOn: string;
  /** Until when the center is to have it integrated; null where the pack sets no period [ZD-19]. */
  integration: CountedDay | null;
  punctuality: readonly Punctuality[];
}

/** Pairs of dates whose due date is remembered: memory must not grow with the file. */
const MAX_KEPT = 10_000;

/**
 * Compares the records of a batch with their due dates: one look-up and one comparison a record. Late ones are marked, counted, and taken like
 * the others. What subjects declare themselves is never late. Source: ZD-11, PD-13, SH-9, NT-17.
 */
export class Timeliness {
  readonly #terms: { pack: Pack; calendar: WorkingCalendar; recordType: string; today: string };
  readonly #due = new Map<string, DueDate | null>();
  readonly #counts = new Map<string, Punctuality>();

  constructor(terms: { pack: Pack; calendar: WorkingCalendar; recordType: string; today: string }) {
    this.#terms = terms;
  }

  isLate(record: RecordInput): boolean {
    const due = record.selfDeclared ? null : this.#dueOf(record);
    return due !== null && due.on < this.#terms.today;
  }

  /** Counts one that was not on file before. */
  note(record: RecordInput): void {
    const due = record.selfDeclared ? null : this.#dueOf(record);
    if (!due) return;
    let counts = this.#counts.get(due.source);
    if (!counts) this.#counts.set(due.source, (counts = { source: due.source, onTime: 0, late: 0 }));
    if (due.on < this.#terms.today) counts.late += 1;
    else counts.onTime += 1;
  }

  outcome(): BatchOutcome {
    const { pack, calendar, today } = this.#terms;
    return {
      receivedOn: today,
      integration: pack.integration ? calendar.addWorkingDays(today, pack.integration.workingDays) : null,
      punctuality: [...this.#counts.values()],
    };
  }

  #dueOf({ formedOn, determinedOn }: RecordInput): DueDate | null {
    const key = `${formedOn} ${determinedOn}`;
    let due = this.#due.get(key);
    if (due === undefined) {
      if (this.#due.size >= MAX_KEPT) this.#due.clear();
      const { pack, calendar, recordType } = this.#terms;
      this.#due.set(key, (due = dueDate({ recordType, formedOn, determinedOn }, pack, calendar)));
    }
    return due;
  }
}
