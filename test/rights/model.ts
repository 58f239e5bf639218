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
  /** Null: none. With a public notice before its effect, or without [NT-35]; never for severe conduct [SR-32], or for that, too. */
  repair: { notice: boolean; neverForSevere: boolean } | null;
  /** SH-27b, ZD-35b: honors are deleted at the subject's request. */
  deletes: boolean;
}

const SHANGHAI = { markStays: true, withholds: true, appeal: false, deletes: true };

/** `310000-draft`: Shanghai with the draft Regulation in force. */
export const LAWS: Record<'310000' | '310000-draft' | '320600' | '370303', Law> = {
  '310000': { ...SHANGHAI, repair: null },
  '310000-draft': { ...SHANGHAI, repair: { notice: false, neverForSevere: true } },
  '320600': {
    markStays: false,
    withholds: false,
    appeal: true,
    repair: { notice: true, neverForSevere: false },
    deletes: false,
  },
  '370303': {
    markStays: true,
    withholds: false,
    appeal: false,
    repair: { notice: false, neverForSevere: false },
    deletes: true,
  },
};
export type Place = keyof typeof LAWS;

/** What the record is: conduct of a degree, in term until a day; or an honor, whose term is open. */
export type Kind =
  | { field: 'penalties'; grade: 'GENERAL' | 'SEVERE'; visibleUntil: string }
  | { field: 'honors'; grade: null; visibleUntil: null };

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
  readonly kind: Kind;
  /** Last day shown; null: no end. */
  visibleUntil: string | null;
  day: string;
  /** Archived or revoked. */
  gone = false;
  withheldAfter: string | null = null;
  revision = 1;
  readonly cases: Case[] = [];
  application: Application | null = null;
  /** 删除要求, by its id. */
  deletion: string | null = null;
  /** The stage that the record is marked with. */
  mark: Stage | null = null;

  constructor(place: Place, day: string, kind: Kind) {
    this.place = place;
    this.law = LAWS[place];
    this.day = day;
    this.kind = kind;
    this.visibleUntil = kind.visibleUntil;
  }

  get standing(): boolean {
    return !this.gone && (this.visibleUntil === null || this.day <= this.visibleUntil);
  }

  get repairable(): boolean {
    const { repair } = this.law;
    const { field, grade } = this.kind;
    return repair !== null && field === 'penalties' && !(repair.neverForSevere && grade === 'SEVERE');
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

  /** It is gone after the due date, whether anyone acts or not. */
  deletionRequested(id: string, dueOn: string): void {
    this.deletion = id;
    this.visibleUntil = dueOn;
  }

  #moved(stage: Stage): void {
    (this.current as Case).stage = stage;
    this.mark = stage;
  }
}
