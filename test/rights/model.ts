/**
 * One record as the law has it, in plain terms: what each kind of caller sees of it, and which steps can be taken. What the system says is
 * compared with this after every step. Dates are 'YYYY-MM-DD'.
 */

export type Stage = 'FILED' | 'VERIFYING' | 'UPHELD' | 'DISMISSED' | 'APPEALED';

/** What the jurisdictions differ in. */
export interface Law {
  /** SH-30, ZD-38: the mark stays after a dismissal while the subject disagrees. NT-32b: it goes. */
  markStays: boolean;
  /** SH-30: the public does not see a record whose provider is late. */
  withholds: boolean;
  /** NT-33 */
  appeal: boolean;
  /** Null: none. A notice of so many working days, or none. */
  repair: { notice: boolean } | null;
}

export const LAWS: Record<'310000' | '320600' | '370303', Law> = {
  '310000': { markStays: true, withholds: true, appeal: false, repair: null },
  '320600': { markStays: false, withholds: false, appeal: true, repair: { notice: true } },
  '370303': { markStays: true, withholds: false, appeal: false, repair: { notice: false } },
};
export type Place = keyof typeof LAWS;

interface Case {
  id: string;
  stage: Stage;
  marked: boolean;
  appealed: boolean;
}

interface Application {
  id: string;
  state: 'APPLIED' | 'NOTICE' | 'CONFIRMING' | 'OVER';
  noticeUntil: string | null;
}

export class Model {
  readonly place: Place;
  readonly law: Law;
  readonly visibleUntil: string;
  day: string;
  /** Archived or revoked. */
  gone = false;
  withheldAfter: string | null = null;
  revision = 1;
  readonly cases: Case[] = [];
  application: Application | null = null;
  /** The stage that the record is marked with. */
  mark: Stage | null = null;

  constructor(place: Place, day: string, visibleUntil: string) {
    this.place = place;
    this.law = LAWS[place];
    this.day = day;
    this.visibleUntil = visibleUntil;
  }

  get standing(): boolean {
    return !this.gone && this.day <= this.visibleUntil;
  }

  get current(): Case | undefined {
    return this.cases.at(-1);
  }

  get open(): boolean {
    return ['FILED', 'VERIFYING', 'APPEALED'].includes(this.current?.stage ?? '');
  }

  /** What a caller sees: the stage it is marked with, or that there is nothing. */
  seenBy(caller: 'public' | 'officer' | 'subject'): { stage: Stage | null; revision: number } | null {
    const withheld = this.withheldAfter !== null && this.day > this.withheldAfter;
    if (!this.standing || (caller === 'public' && withheld)) return null;
    return { stage: this.mark, revision: this.revision };
  }

  filed(id: string): void {
    this.cases.push({ id, stage: 'FILED', marked: true, appealed: false });
    this.mark = 'FILED';
  }

  forwarded(dueOn: string): void {
    this.#moved('VERIFYING');
    if (this.law.withholds) this.withheldAfter = dueOn;
  }

  corrected(): void {
    this.revision += 1;
  }

  upheld(): void {
    this.withheldAfter = null;
    (this.current as Case).stage = 'UPHELD';
    this.unmarked();
  }

  dismissed(): void {
    this.withheldAfter = null;
    if (this.law.markStays) this.#moved('DISMISSED');
    else {
      (this.current as Case).stage = 'DISMISSED';
      this.unmarked();
    }
  }

  appealed(): void {
    (this.current as Case).appealed = true;
    (this.current as Case).marked = true;
    this.#moved('APPEALED');
  }

  /** Another objection that the subject still disagrees about keeps the record marked. */
  unmarked(): void {
    (this.current as Case).marked = false;
    this.mark = this.cases.findLast(({ marked }) => marked)?.stage ?? null;
  }

  repaired(): void {
    this.gone = true;
    (this.application as Application).state = 'OVER';
  }

  #moved(stage: Stage): void {
    (this.current as Case).stage = stage;
    this.mark = stage;
  }
}
