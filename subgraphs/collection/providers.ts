import { addDays } from '../../policy/dates.ts';
import { COLOURS, LIGHT_DAYS, type Light, lightOf, linkRate } from '../../policy/light.ts';
import type { Packs } from '../../policy/packs/packs.ts';
import { type Reminder, reminderOf } from '../../policy/reminders.ts';
import type { WorkingCalendar } from '../../policy/workingDays.ts';
import type { Snapshot, SnapshotItem } from '../../records/snapshot.ts';
import type { ProviderFigures, Standing } from './providerFigures.ts';

export interface ItemReminder extends Reminder {
  item: SnapshotItem;
  /** Null: nothing has come yet. */
  lastOn: string | null;
}

/** A unit's light and what it is reminded of, as of a day. */
export interface ProviderStanding {
  code: string;
  /** What is due first, first. */
  reminders: ItemReminder[];
  light: Light;
  /** Of the days that the light looks at. */
  linkRate: number | null;
}

/** Where a unit stands in the list of all: worst colour first, then the lowest link rate. */
export interface Rank {
  colour: number;
  linkRate: number;
  code: string;
}

export const rankOf = ({ light, linkRate: rate, code }: ProviderStanding): Rank => ({
  colour: COLOURS.indexOf(light.colour),
  linkRate: rate ?? 1,
  code,
});

export const compareRanks = (a: Rank, b: Rank): number =>
  a.colour - b.colour || a.linkRate - b.linkRate || (a.code < b.code ? -1 : Number(a.code > b.code));

const itemsBySnapshot = new WeakMap<Snapshot, ReadonlyMap<string, SnapshotItem[]>>();

/** Items in force by their provider. */
function itemsOf(snapshot: Snapshot): ReadonlyMap<string, SnapshotItem[]> {
  let items = itemsBySnapshot.get(snapshot);
  if (!items) {
    const inForce = [...snapshot.items.values()].filter((item) => item.inForce);
    itemsBySnapshot.set(snapshot, (items = Map.groupBy(inForce, ({ provider }) => provider)));
  }
  return items;
}

const personsBySnapshot = new WeakMap<Snapshot, ReadonlySet<string>>();

/** Units that send, or once sent, information about natural persons. */
export function unitsOfPersons(snapshot: Snapshot): ReadonlySet<string> {
  let units = personsBySnapshot.get(snapshot);
  if (!units) {
    const items = [...snapshot.items.values()].filter(({ aboutPersons }) => aboutPersons);
    personsBySnapshot.set(snapshot, (units = new Set(items.map(({ provider }) => provider))));
  }
  return units;
}

export class Providers {
  readonly #figures: ProviderFigures;
  readonly #packs: Packs;
  readonly #calendar: WorkingCalendar;

  constructor(figures: ProviderFigures, packs: Packs, calendar: WorkingCalendar) {
    this.#figures = figures;
    this.#packs = packs;
    this.#calendar = calendar;
  }

  /** Every unit that provides information, worst first. */
  async ranked(snapshot: Snapshot, today: string): Promise<ProviderStanding[]> {
    const standings = await this.of([...itemsOf(snapshot).keys()], snapshot, today);
    return standings.sort((a, b) => compareRanks(rankOf(a), rankOf(b)));
  }

  async of(codes: readonly string[], snapshot: Snapshot, today: string): Promise<ProviderStanding[]> {
    const standings = await this.#figures.standings(codes, addDays(today, 1 - LIGHT_DAYS), today);
    const items = itemsOf(snapshot);
    const reminder = this.#reminders(today);
    return codes.map((code, at) => {
      const standing = standings[at] as Standing;
      const reminders = (items.get(code) ?? [])
        .flatMap((item) => reminder(item, standing.lastOn.get(item.code) ?? null) ?? [])
        .sort((a, b) => (a.on === b.on ? a.item.id - b.item.id : a.on < b.on ? -1 : 1));
      const light = lightOf({
        ...standing,
        overdue: countBySource(reminders.filter(({ overdue }) => overdue)),
        soon: countBySource(reminders.filter(({ overdue }) => !overdue)),
      });
      return { code, reminders, light, linkRate: linkRate(standing) };
    });
  }

  /** A catalogue has tens of thousands of items, and few cycles and days between them: each is worked out once. */
  #reminders(today: string): (item: SnapshotItem, lastOn: string | null) => ItemReminder | null {
    const known = new Map<string, Reminder | null>();
    return (item, lastOn) => {
      const { recordType, updateCycle, jurisdiction, since } = item;
      const expected = { recordType, updateCycle, lastOn: lastOn ?? since };
      const key = `${jurisdiction} ${recordType} ${updateCycle} ${expected.lastOn}`;
      let found = known.get(key);
      if (found === undefined) {
        const pack = this.#packs.on(jurisdiction, today);
        known.set(key, (found = reminderOf(expected, pack, today, this.#calendar)));
      }
      return found && { ...found, item, lastOn };
    };
  }
}

function countBySource(reminders: readonly Reminder[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { source } of reminders) counts.set(source, (counts.get(source) ?? 0) + 1);
  return counts;
}
