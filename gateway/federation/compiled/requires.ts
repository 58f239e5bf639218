import { deepMerge } from '@apollo/gateway/dist/utilities/deepMerge.js';
import { isObjectOfType } from '@apollo/gateway/dist/dataRewrites.js';
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { refuseInherited } from './unsupported.ts';

export type Data = Record<string, unknown>;

/** Puts what one selection requires of an entity into its representation. False: the entity lacks it, so that there is none. */
type Part = (entity: Data, representation: Data) => boolean;

/** @returns what a fetch sends for one entity, or null where the entity lacks something that the fetch requires. */
export function compileRequires(
  supergraph: GraphQLSchema,
  selections: readonly QueryPlanSelectionNode[],
): (entity: Data | null) => Data | null {
  const parts = selections.map((selection) => compilePart(supergraph, selection));
  return (entity) => {
    if (entity === null) return null;
    const representation: Data = {};
    for (const part of parts) if (!part(entity, representation)) return null;
    return representation;
  };
}

function compilePart(supergraph: GraphQLSchema, selection: QueryPlanSelectionNode): Part {
  if (selection.kind === 'InlineFragment') {
    const { typeCondition, selections } = selection;
    const within = compileRequires(supergraph, selections);
    if (!typeCondition) return () => true;
    return (entity, representation) => {
      const more = isObjectOfType(supergraph, entity, typeCondition) ? within(entity) : null;
      if (more) deepMerge(representation, more);
      return true;
    };
  }
  const name = selection.alias ?? selection.name;
  refuseInherited(name);
  const within = selection.selections && compileRequires(supergraph, selection.selections);
  return (entity, representation) => {
    const value = entity[name];
    if (value === undefined) return false;
    if (!within) representation[name] = value;
    else if (Array.isArray(value)) representation[name] = value.map((one: Data | null) => within(one));
    else representation[name] = within(value as Data | null);
    return true;
  };
}
