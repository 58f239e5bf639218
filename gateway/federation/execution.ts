import { type DocumentNode, type ExecutionResult, type GraphQLSchema, Kind, execute, parse } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

/** Executes operations on one schema. */
export type Execution = (
  query: string,
  operationName: string | undefined,
  variables: Record<string, unknown>,
  context: unknown,
) => Promise<ExecutionResult> | ExecutionResult;

/** Operations kept parsed or compiled of one subgraph at most. */
const MAX_KEPT = 2_000;

/** The newest of what was made, so that callers who never ask the same twice cannot fill the memory. */
function kept<V>(make: (query: string, operationName: string | undefined) => V) {
  const found = new Map<string, V>();
  return (query: string, operationName: string | undefined): V => {
    const key = operationName ? `${operationName} ${query}` : query;
    let value = found.get(key);
    if (value === undefined) {
      if (found.size >= MAX_KEPT) found.delete(found.keys().next().value as string);
      found.set(key, (value = make(query, operationName)));
    }
    return value;
  };
}

const parsed = (query: string): DocumentNode => parse(query, { noLocation: true });

/** As graphql-js has it: the document is walked at every request. */
export function interpretedExecution(schema: GraphQLSchema): Execution {
  const documentOf = kept(parsed);
  return (query, operationName, variableValues, contextValue) =>
    execute({ schema, document: documentOf(query, undefined), operationName, variableValues, contextValue });
}

/** graphql-jit 0.8.9 refuses a non-null variable that is left to its default. */
const requiresDefaults = (document: DocumentNode): boolean =>
  document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.variableDefinitions?.some((v) => v.defaultValue && v.type.kind === Kind.NON_NULL_TYPE),
  );

/**
 * By graphql-jit: each operation becomes a function. What it does not answer as graphql-js does is interpreted, and so is the name
 * `__proto__`, which would set the prototype of the object literals that it writes.
 */
export function compiledExecution(schema: GraphQLSchema): Execution {
  const interpret = interpretedExecution(schema);
  const functionOf = kept((query, operationName): Execution => {
    const document = parsed(query);
    if (query.includes('__proto__') || requiresDefaults(document)) return interpret;
    const compiled = compileQuery(schema, document, operationName);
    return isCompiledQuery(compiled)
      ? (_query, _name, variables, context) => compiled.query(undefined, context, variables)
      : interpret;
  });
  return (query, operationName, variables, context) =>
    functionOf(query, operationName)(query, operationName, variables, context);
}
