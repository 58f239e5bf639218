import { Kind, parse, print, visit } from 'graphql';
import { DISCLOSURE_TIERS_ZH } from '../../policy/terms.ts';
import { tierOf } from '../../records/guard.ts';

/**
 * A supergraph whose field descriptions end with their tier. Introspection shows callers no directive that stands on a field, and the schema
 * itself is to show each field's tier [NT-19].
 */
export const withShownTiers = (supergraphSdl: string): string =>
  print(
    visit(parse(supergraphSdl), {
      FieldDefinition(node) {
        const tier = tierOf({ astNode: node });
        if (!tier) return undefined;
        const shown = `披露方式 disclosure: ${DISCLOSURE_TIERS_ZH[tier]} ${tier}`;
        const value = node.description ? `${node.description.value}\n\n${shown}` : shown;
        return { ...node, description: { kind: Kind.STRING, value, block: true } };
      },
    }),
  );
