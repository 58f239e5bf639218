import type { Packs } from '../policy/packs/packs.ts';
import { visibleUntil } from '../policy/retention.ts';
import type { RecordInput } from '../records/recordInput.ts';
import type { Snapshot, SnapshotItem } from '../records/snapshot.ts';
import { DemoItems } from './items.ts';
import { MIX } from './mix.ts';
import type { Maker } from './records/draft.ts';
import { honors } from './records/honors.ts';
import { judicial } from './records/judicial.ts';
import { objections } from './records/objections.ts';
import { penalties } from './records/penalties.ts';
import { registration } from './records/registration.ts';
import type { DemoSubject } from './subjects.ts';
import { FIRST_DAY, HISTORY, dayAt } from './world.ts';

const MAKERS: Record<string, Maker> = {
  ...registration,
  ...penalties,
  ...judicial,
  ...honors,
  ...objections,
};

const dayNumber = (date: string): number => (Date.parse(date) - Date.parse(FIRST_DAY)) / 86_400_000;
/** A term of five years that began then is over on any day of the demonstration; one that began late is running. */
const LONG_AGO = dayNumber('2019-03-04');
const LATELY = dayNumber('2025-06-02');
/** One record in so many arises away from home. */
const AWAY_EVERY = 12;
/** Everyone is registered before this day. */
const REGISTERED_BY = 1_500;

/** Makes the records of a subject, one after the other, as they are on file today. */
export class RecordMaker {
  readonly #snapshot: Snapshot;
  readonly #items: DemoItems;
  readonly #today: string;
  readonly #packs: Packs;

  constructor(snapshot: Snapshot, today: string, packs: Packs) {
    this.#snapshot = snapshot;
    this.#items = new DemoItems(snapshot);
    this.#today = today;
    this.#packs = packs;
  }

  /** Calls back with the type and the record of each fact that has happened by today. */
  make(subject: DemoSubject, id: string, give: (type: string, record: RecordInput) => void): void {
    const { dice, part } = subject;
    const person = subject.kind === 'NATURAL_PERSON';
    const registered = part === 'EVERYTHING' ? LONG_AGO : dice.int(REGISTERED_BY);
    let nth = 0;
    for (const share of MIX) {
      const mean = person ? share.persons : share.organizations;
      if (mean === undefined) continue;
      const days: number[] = [];
      if (share.type === 'Registration') days.push(registered);
      else {
        if (part === 'EVERYTHING') days.push(LONG_AGO + nth, LATELY + nth);
        if (part === 'PUBLIC_ITEMS' && share.type === 'Honor') days.push(LATELY);
        const chance = Math.floor(mean) + (dice.int(1000) < (mean % 1) * 1000 ? 1 : 0);
        for (let i = 0; i < chance; i++) days.push(registered + dice.int(HISTORY - registered));
      }
      for (const day of days) {
        const record = this.#record(subject, id, share.type, person, day, nth++);
        if (record) give(share.type, record);
      }
    }
  }

  #record(
    subject: DemoSubject,
    id: string,
    type: string,
    person: boolean,
    day: number,
    nth: number,
  ): RecordInput | null {
    const { dice } = subject;
    const on = dayAt(day);
    const item = this.#item(subject, type, person);
    const maker = MAKERS[type];
    if (!item || !maker || on > this.#today) return null;
    const later = (days: number): string | null => {
      const then = dayAt(Math.min(day + days, HISTORY + 799));
      return then <= this.#today ? then : null;
    };
    const unit = this.#snapshot.units.get(item.provider)?.name ?? item.provider;
    const draft = maker({ subject, item, unit, dice, day, on, nth, later });
    const grade = item.negative ? item.grade : null;
    const pack = item.negative ? this.#packs.on(item.jurisdiction, this.#today) : null;
    return {
      ...draft,
      subjectId: id,
      itemId: item.id,
      jurisdiction: item.jurisdiction,
      provider: item.provider,
      grade,
      visibleUntil: pack && visibleUntil({ negative: item.negative, grade, ...draft }, pack),
      selfDeclared: type === 'Declaration',
      source: '演示数据',
    };
  }

  #item(subject: DemoSubject, type: string, person: boolean): SnapshotItem | null {
    const { dice, part, home } = subject;
    const away = part === 'ORDINARY' && type !== 'Registration' && dice.once(AWAY_EVERY);
    const place = away ? dice.pick(['310000', '310116', '320600', '370303']) : home;
    const all = this.#items.of(place, type, person);
    const open = part === 'NO_PUBLIC_ITEMS' ? all.filter((item) => item.tier !== 'PUBLIC') : all;
    return open.length > 0 ? dice.pick(open) : null;
  }
}
