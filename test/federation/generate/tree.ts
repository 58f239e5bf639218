import type { GraphQLCompositeType, GraphQLField, GraphQLInputType } from 'graphql';

/** A variable where a value could stand: how it is declared, and what is sent for it, one entry a request. */
export interface VariableGiven {
  kind: 'variable';
  type: GraphQLInputType;
  /** As JSON; undefined: none. */
  fallback?: unknown;
  /** As JSON; undefined: left out. */
  sent: readonly unknown[];
}

/** What is given for an argument, an entry of a list or a field of an input object. */
export type Given =
  | VariableGiven
  | { kind: 'literal'; type: GraphQLInputType; value: unknown }
  | { kind: 'list'; items: readonly Given[] }
  | { kind: 'object'; fields: Readonly<Record<string, Given>> };

export interface Condition {
  directive: 'skip' | 'include';
  given: Given;
}

/** A selection as it was made up, before names are settled so that all of it may stand in one document. */
export type Selection =
  | {
      kind: 'field';
      field: GraphQLField<unknown, unknown>;
      alias: string | null;
      args: Readonly<Record<string, Given>>;
      conditions: readonly Condition[];
      /** Null for a leaf. */
      selections: readonly Selection[] | null;
    }
  | {
      kind: 'fragment';
      /** Null: no type condition, and then no name either. */
      on: GraphQLCompositeType | null;
      named: boolean;
      conditions: readonly Condition[];
      selections: readonly Selection[];
    }
  /** One of the named fragments that came before, once more. */
  | { kind: 'again'; which: number; conditions: readonly Condition[] };
