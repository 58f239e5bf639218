import type pg from 'pg';
import type { SubgraphContext } from '../../records/context.ts';
import { discloseItem } from '../../records/disclosure.ts';
import { scopeFor } from '../../records/grant.ts';
import type { ResolverMap } from '../../records/resolvers.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import { promiseReader } from './promises.ts';
import type { SubjectRow } from './subjects.ts';

/** `Subject.promiseEligible` [JS-24]. */
export function promiseResolvers({ packs }: Pick<SubgraphParts, 'packs'>, pool: pg.Pool): ResolverMap {
  const read = promiseReader(pool);
  let kept: { snapshot: Snapshot; today: string; items: number[] } | null = null;

  /** Items of promises in jurisdictions whose rules of the day speak of them; the catalogue is large, and asked once for each version. */
  const itemsOn = (snapshot: Snapshot, today: string): number[] => {
    if (kept?.snapshot !== snapshot || kept.today !== today) {
      const items = [...snapshot.items.values()]
        .filter(
          (item) => item.recordType === 'Commitment' && packs.on(item.jurisdiction, today)?.promiseRepair,
        )
        .map(({ id }) => id);
      kept = { snapshot, today, items };
    }
    return kept.items;
  };

  return {
    Subject: {
      promiseEligible: async (
        { id }: SubjectRow,
        _args: unknown,
        { grant, report, snapshot }: SubgraphContext,
      ): Promise<boolean | null> => {
        const { today, district } = grant;
        const all = itemsOn(snapshot, today);
        const isOwn = (item: number) => snapshot.items.get(item)?.jurisdiction === district;
        const items = district === undefined ? all : all.filter(isOwn);
        if (items.length === 0) return null;
        const scope = scopeFor(grant, id);
        const { open, broken } = await read({ subjectId: id, scope, today, items, district });
        if (!open) return null;
        report.subjects.add(id);
        for (const item of broken) discloseItem(report, id, item);
        return broken.length === 0;
      },
    },
  };
}
