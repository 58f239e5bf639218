import {
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  getArgumentValues,
  getVariableValues,
} from 'graphql';

type Given = Record<string, unknown>;
type Coerced = ReturnType<typeof getVariableValues>;

/** Of a request without variables. */
const NONE: Given = {};

const known = new WeakMap<
  Given,
  { operation: OperationDefinitionNode; schema: GraphQLSchema; found: Coerced }
>();

/**
 * A request's variables as execution will see them, defaults included, or the errors where they do not fit. Limits, policy and executor all
 * need them: they are worked out once for each request.
 */
export function coerced(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Given | undefined,
): Coerced {
  const definitions = operation.variableDefinitions ?? [];
  if (!given || definitions.length === 0) return getVariableValues(schema, definitions, given ?? NONE);
  const kept = known.get(given);
  if (kept?.operation === operation && kept.schema === schema) return kept.found;
  const found = getVariableValues(schema, definitions, given);
  known.set(given, { operation, schema, found });
  return found;
}

/**
 * A field's arguments with those variables; null where they do not fit, which execution says better: a variable with a default may be
 * given a null for an argument that takes none.
 */
export function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): Record<string, unknown> | null {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return null;
  }
}
