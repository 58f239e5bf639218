import type { CountedDay, WorkingCalendar } from '../workingDays.ts';
import type { CaseState, ObjectionRules, Step } from './stages.ts';

/** A due date; null: no law sets one. */
export type Due = CountedDay | null;

/** The first of several. */
export const soonest = (...dues: readonly Due[]): Due =>
  dues.reduce((first, due) => (first && (!due || first.on <= due.on) ? first : due), null);

/** Due dates of an objection (异议处理期限) as its pack states them, every one in working days. */
export class Periods {
  readonly #rules: ObjectionRules['objection'];
  readonly #calendar: WorkingCalendar;

  constructor({ objection }: ObjectionRules, calendar: WorkingCalendar) {
    this.#rules = objection;
    this.#calendar = calendar;
  }

  /** All of it [NT-32]. */
  review({ filedOn }: Pick<CaseState, 'filedOn'>): Due {
    return this.#after(filedOn, this.#rules.review);
  }

  compare(state: Pick<CaseState, 'filedOn'>): Due {
    return soonest(this.#after(state.filedOn, this.#rules.compare), this.review(state));
  }

  /**
   * From filing [SR-31], or from the comparison [ZD-37]; where a pack has no period of its own for it, the comparison's is for both [SH-29].
   * @param today the day of the comparison where there was none yet
   */
  forward(state: Pick<CaseState, 'filedOn' | 'comparedOn'>, today: string): Due {
    const { forward, forwardFrom } = this.#rules;
    if (forward === undefined) return this.compare(state);
    const from = forwardFrom === 'COMPARISON' ? (state.comparedOn ?? today) : state.filedOn;
    return soonest(this.#after(from, forward), this.review(state));
  }

  /** Until when the center has to do something: what comes first, as long as it has not said which it will be. */
  center(state: Pick<CaseState, 'filedOn' | 'comparedOn'>): Due {
    if (state.comparedOn !== null) return this.forward(state, state.comparedOn);
    const { forward, forwardFrom } = this.#rules;
    const bothFromFiling = forward !== undefined && forwardFrom !== 'COMPARISON';
    return bothFromFiling
      ? soonest(this.compare(state), this.forward(state, state.filedOn))
      : this.compare(state);
  }

  /** The provider's, from the day on which the objection reached it. */
  verify(state: Pick<CaseState, 'filedOn'>, forwardedOn: string): Due {
    return soonest(this.#after(forwardedOn, this.#rules.providerVerify), this.review(state));
  }

  /** Correction, and its publication where the record was published [NT-32]. */
  correct(decidedOn: string): Due {
    return this.#after(decidedOn, this.#rules.correct);
  }

  notifyCorrection(decidedOn: string): Due {
    return this.#after(decidedOn, this.#rules.notifyCorrection);
  }

  notifyResult(decidedOn: string): Due {
    return this.#after(decidedOn, this.#rules.notifyResult);
  }

  /** Until when a step that is taken today was due. */
  of(step: Step, state: CaseState, today: string): Due {
    if (state.stage === 'FILED') {
      return step === 'FORWARD' ? this.forward(state, today) : this.compare(state);
    }
    return state.dueOn === null ? null : { on: state.dueOn, provisional: state.provisional };
  }

  #after(day: string, workingDays: number | undefined): Due {
    return workingDays === undefined ? null : this.#calendar.addWorkingDays(day, workingDays);
  }
}
