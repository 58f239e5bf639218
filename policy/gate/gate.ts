import type { Pack } from '../packs/packs.ts';
import { minimumAge } from './age.ts';
import { utilityArrears } from './arrears.ts';
import { degree } from './degree.ts';
import type { Check, CollectedFact, NotCollected } from './fact.ts';
import { listingGround } from './ground.ts';
import { civilJudgments } from './judgments.ts';
import { generalProcedure } from './procedure.ts';

/** In the order in which a refusal names them. */
const MAKERS = [minimumAge, generalProcedure, degree, utilityArrears, civilJudgments, listingGround];

/** What a jurisdiction's law of collection has against a record: every rule that refuses it, none where it may be collected. */
export type Gate = (fact: CollectedFact) => NotCollected[];

/** The gate for records of one type under one pack, on a day. */
export function gateFor(recordType: string, pack: Pack, today: string): Gate {
  const checks = MAKERS.map((make) => make(recordType, pack)).filter(
    (check): check is Check => check !== null,
  );
  return (fact) => {
    const refused: NotCollected[] = [];
    for (const check of checks) {
      const found = check(fact, today);
      if (found) refused.push(found);
    }
    return refused;
  };
}
