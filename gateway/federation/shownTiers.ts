import { Kind, parse, print, visit } from 'graphql';
import { LRUCache } from 'lru-cache';
import { DISCLOSURE_TIERS_ZH } from '../../policy/terms.ts';
import { tierOf } from '../../records/guard.ts';

/** A process that opens several gateways opens them over the same supergraph. */
const shown = new LRUCache<string, string>({ max: 3, memoMethod: (supergraphSdl) => showing(supergraphSdl) });

/**
 * A supergraph whose field descriptions end with their tier. Introspection shows callers no directive that stands on a field, and the schema
 * itself is to show each field's tier [NT-19].
 */
export const withShownTiers = (supergraphSdl: string): string => shown.memo(supergraphSdl);

const showing = (supergraphSdl: string): string =>
  print(
    visit(parse(supergraphSdl), {
      FieldDefinition(node) {
        const tier = tierOf({ astNode: node });
        if (!tier) return undefined;
        const told = `披露方式 disclosure: ${DISCLOSURE_TIERS_ZH[tier]} ${tier}`;
        const value = node.description ? `${node.description.value}\n\n${told}` : told;
        return { ...node, description: { kind: Kind.STRING, value, block: true } };
      },
    }),
  );
