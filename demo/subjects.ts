import { citizenIdOf, usccOf } from '../policy/identifiers/code.ts';
import { organizationCheckCharacter } from '../policy/identifiers/organizationCode.ts';
import { addDays } from '../policy/dates.ts';
import type { SubjectKind } from '../policy/terms.ts';
import { type Random, random } from '../subgraphs/catalogue/random.ts';
import { GIVEN, SURNAMES, TRADES, TRADE_NAMES } from './words.ts';

/** What a subject shows in the demonstration, whatever else chance gives it. */
export type Part = 'EVERYTHING' | 'PUBLIC_ITEMS' | 'NO_PUBLIC_ITEMS' | 'ORDINARY';

export interface DemoSubject {
  index: number;
  kind: SubjectKind;
  code: string;
  name: string;
  /** Where its records arise: of an organization the place of registration. */
  home: string;
  part: Part;
  dice: Random;
}

/** One subject in so many is an organization. */
const ORGANIZATION_EVERY = 5;
/** Subjects with a part to play come in rounds of so many, until this index. */
const ROUND = 10;
const SPECIAL_UNTIL = 50;

/** More natural persons do not fit the codes; with four persons to an organization it bounds `subjects`. */
export const MAX_SUBJECTS = 30_000_000;

const HOMES = ['310116', '310000', '320600', '370303'] as const;
const PLACES: Record<string, readonly string[]> = {
  '310000': ['上海'],
  '310116': ['上海金山', '上海枫泾', '上海亭林'],
  '320600': ['南通', '江苏海门', '江苏通州'],
  '370303': ['淄博', '山东张店'],
};

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const base31 = (n: number, digits: number): string => {
  let text = '';
  for (let rest = n, i = 0; i < digits; i++, rest = Math.floor(rest / 31))
    text = ALPHABET.charAt(rest % 31) + text;
  return text;
};

const FIRST_BIRTH = '1935-01-01';
const BIRTH_DAYS = 24_000;
const BIRTHS: readonly string[] = Array.from({ length: BIRTH_DAYS }, (_, i) =>
  addDays(FIRST_BIRTH, i).replaceAll('-', ''),
);
/** A prime, so that neighbours in the list are not born on neighbouring days. */
const BIRTH_STEP = 7_919;

/**
 * A citizen id of division 310199, which was never assigned, so that it is nobody's; check digit and birth date are right, and everyone was of
 * age before the first record [SH-10].
 */
function personCode(seed: number, index: number): string {
  const n = (index + (seed % 1000) * 1_000_003) % (BIRTH_DAYS * 1000);
  const birth = BIRTHS[(n * BIRTH_STEP) % BIRTH_DAYS] as string;
  return citizenIdOf(`310199${birth}${String(Math.floor(n / BIRTH_DAYS)).padStart(3, '0')}`);
}

/** A unified code whose organization code begins with Y, as none in use does. */
function organizationCode(seed: number, index: number, category: string, division: string): string {
  const body = `Y${base31(seed, 1)}${base31(index, 6)}`;
  return usccOf(`${category}${division}${body}${organizationCheckCharacter(body)}`);
}

function partOf(index: number): Part {
  if (index >= SPECIAL_UNTIL) return 'ORDINARY';
  switch (index % ROUND) {
    case 0:
      return 'EVERYTHING';
    case 1:
      return 'PUBLIC_ITEMS';
    case 2:
      return 'NO_PUBLIC_ITEMS';
    case 3:
      return 'EVERYTHING';
    default:
      return 'ORDINARY';
  }
}

/** The subject at a place of the list; it depends on seed and place alone, not on how many there are. */
export function subjectAt(seed: number, index: number): DemoSubject {
  const dice = random(seed, index);
  const part = partOf(index);
  const chance = dice.pick([...HOMES, '310116'] as const);
  const home = index < SPECIAL_UNTIL ? (HOMES[Math.floor(index / ROUND) % HOMES.length] as string) : chance;
  if (index % ORGANIZATION_EVERY !== 0) {
    const name = dice.pick(SURNAMES) + dice.pick(GIVEN);
    return { index, kind: 'NATURAL_PERSON', code: personCode(seed, index), name, home, part, dice };
  }
  const legal = part === 'EVERYTHING' || !dice.once(10);
  const name = `${dice.pick(PLACES[home] as readonly string[])}${dice.pick(TRADE_NAMES)}${dice.pick(TRADE_NAMES)}${dice.pick(TRADES)}`;
  return {
    index,
    kind: legal ? 'LEGAL_PERSON' : 'UNINCORPORATED_ORGANIZATION',
    code: organizationCode(seed, index, legal ? '91' : '92', home),
    name: legal ? `${name}有限公司` : `${name}经营部`,
    home,
    part,
    dice,
  };
}

/** A subject of the demonstration data that shows something. */
export interface HandySubject {
  code: string;
  name: string;
  kind: SubjectKind;
  shows: Part;
}

/** The first subjects with a part to play: an organization with everything, a person with public items, a person without, and so on. */
export function demoSubjects(seed: number, n: number): HandySubject[] {
  const handy: HandySubject[] = [];
  for (let index = 0; handy.length < n && index < SPECIAL_UNTIL; index++) {
    const { code, name, kind, part } = subjectAt(seed, index);
    if (part !== 'ORDINARY') handy.push({ code, name, kind, shows: part });
  }
  return handy;
}
