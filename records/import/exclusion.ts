import { under } from '../../policy/gate/fact.ts';
import type { Pack, Packs } from '../../policy/packs/packs.ts';
import type { RecordSink } from '../delivery.ts';
import type { Fault } from './fault.ts';
import type { Layout } from './layout.ts';

/** What keeps who is on a black list (严重失信名单) off the red ones (守信红名单). */
export interface Exclusion {
  /** Of these subjects, those of whom a record is refused. */
  barred(subjectIds: readonly string[]): Promise<ReadonlySet<string>>;
  fault: Fault;
  /**
   * After a delivery, before it is acknowledged: takes back the entries that exclude one another. Repeating it changes nothing, so a crash
   * between the two is repaired by sending the batch again.
   */
  settle(subjectIds: readonly string[]): Promise<void>;
}

export interface ExclusionTerms {
  layout: Layout;
  jurisdiction: string;
  packs: Packs;
  /** 'YYYY-MM-DD' */
  today: string;
  sink: RecordSink;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Where the pack of a red listing's jurisdiction excludes the blacklisted, it is refused while its subject is on a black list of that
 * jurisdiction or of one above it, and taken back when its subject comes on one. Null where such a batch touches no such list. Source: PD-10.
 */
export function exclusionOf(terms: ExclusionTerms): Exclusion | null {
  switch (terms.layout.recordType) {
    case 'RedListing':
      return offRed(terms);
    case 'SevereListing':
      return ontoBlack(terms);
    default:
      return null;
  }
}

function offRed({ jurisdiction, packs, today, sink }: ExclusionTerms): Exclusion | null {
  const rule = packs.on(jurisdiction, today)?.redList;
  if (!rule) return null;
  const line = packs.line(jurisdiction, today);
  const barred = async (subjectIds: readonly string[]) => {
    const listed = await sink.listed('SevereListing', subjectIds, line);
    // One may be on file still, where a batch broke off between its delivery and this.
    if (listed.length > 0) await sink.withdraw('RedListing', listed, [jurisdiction]);
    return new Set(listed);
  };
  return {
    barred,
    fault: faultUnder(rule),
    // The black listing may have come between the look at it and the delivery.
    settle: async (subjectIds) => void (await barred(subjectIds)),
  };
}

function ontoBlack({ jurisdiction, packs, today, sink }: ExclusionTerms): Exclusion | null {
  const bound = packs.codes().flatMap((code) => {
    const rule = packs.on(code, today)?.redList;
    return rule && packs.line(code, today).includes(jurisdiction) ? [{ code, rule }] : [];
  });
  const [first] = bound;
  if (!first) return null;
  return {
    barred: () => Promise.resolve(NONE),
    fault: faultUnder(first.rule),
    async settle(subjectIds) {
      const listed = await sink.listed('SevereListing', subjectIds, [jurisdiction]);
      if (listed.length > 0)
        await sink.withdraw(
          'RedListing',
          listed,
          bound.map(({ code }) => code),
        );
    },
  };
}

const faultUnder = (rule: NonNullable<Pack['redList']>): Fault => ({
  column: null,
  rule: 'BLACKLISTED',
  reason: under(
    rule,
    '主体在严重失信名单上，信用未修复，不得列入守信红名单',
    'the subject is on a list of the severely dishonest: unrepaired, it cannot be on a red list',
  ),
});
