import type { Jurisdiction, Packs } from '../../policy/packs/packs.ts';
import { dayArgument } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { ResolverMap } from '../../records/resolvers.ts';

type OnDay = Jurisdiction & { on: string };

/** `jurisdiction` and `jurisdictions`: the packs as anyone may read them. */
export function jurisdictionResolvers(packs: Packs): {
  queries: Record<string, unknown>;
  types: ResolverMap;
} {
  const found = (code: string, on: string): OnDay | null => {
    const jurisdiction = packs.jurisdiction(code, on);
    return jurisdiction && { ...jurisdiction, on };
  };
  const dayOf = ({ on }: { on?: string | null }, { grant }: SubgraphContext): string =>
    on == null ? grant.today : dayArgument('on', on);
  return {
    queries: {
      jurisdiction: (_: unknown, args: { code: string; on?: string | null }, context: SubgraphContext) =>
        found(args.code, dayOf(args, context)),
      jurisdictions: (_: unknown, args: { on?: string | null }, context: SubgraphContext) => {
        const on = dayOf(args, context);
        return packs.codes().flatMap((code) => found(code, on) ?? []);
      },
    },
    types: {
      Jurisdiction: {
        parent: ({ parent, on }: OnDay) => (parent === null ? null : found(parent, on)),
        inForceFrom: ({ inForce }: OnDay) => inForce.from,
        inForceTo: ({ inForce }: OnDay) => inForce.to,
      },
    },
  };
}
