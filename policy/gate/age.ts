import { addPeriod } from '../dates.ts';
import { type CheckMaker, under } from './fact.ts';

const DATES = ['determinedOn', 'formedOn', 'endedOn'] as const;

/** Nothing is collected of natural persons from before they came of age; the birthday itself is not before. Source: SH-10, NT-2, ZD-13. */
export const minimumAge: CheckMaker = (_, { minimumAge: rule }) => {
  const ofAge = new Map<string, string>();
  return ({ bornOn, ...fact }) => {
    if (bornOn === null) return null;
    let from = ofAge.get(bornOn);
    if (from === undefined) ofAge.set(bornOn, (from = addPeriod(bornOn, `P${rule.years}Y`)));
    for (const field of DATES) {
      const day = fact[field];
      if (day === null || day >= from) continue;
      const zh = `${day} 时该自然人未满 ${rule.years} 周岁，不予归集`;
      const en = `on ${day} the person was under ${rule.years}: it is not collected`;
      return { rule: 'MINOR', field, reason: under(rule, zh, en) };
    }
    return null;
  };
};
