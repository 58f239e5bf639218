import { type DocumentNode, type ExecutionResult, type GraphQLSchema, execute, parse } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { oneATurn } from '../../policy/oneATurn.ts';
import { isSafelyCompiled } from './safelyCompiled.ts';

/** Executes operations on one schema. */
export type Execution = (
  query: string,
  operationName: string | undefined,
  variables: Record<string, unknown>,
  context: unknown,
) => Promise<ExecutionResult> | ExecutionResult;

/** Operations kept of one subgraph at most. */
const MAX_KEPT = 2_000;

/** The newest of what was made by its text, so that callers who never ask the same twice cannot fill the memory. */
class Kept<V> {
  readonly #found = new Map<string, V>();

  get(query: string, make: () => V): V {
    const known = this.#found.get(query);
    if (known !== undefined) return known;
    const value = make();
    if (this.#found.size >= MAX_KEPT) this.#found.delete(this.#found.keys().next().value as string);
    this.#found.set(query, value);
    return value;
  }
}

const parsed = (query: string): DocumentNode => parse(query, { noLocation: true });

/** As graphql-js has it: the document is walked at every request. */
export function interpretedExecution(schema: GraphQLSchema): Execution {
  const documents = new Kept<DocumentNode>();
  return (query, operationName, variableValues, contextValue) => {
    const document = documents.get(query, () => parsed(query));
    return execute({ schema, document, operationName, variableValues, contextValue });
  };
}

/** By graphql-jit, or null where it does not answer as graphql-js does. */
function compiled(schema: GraphQLSchema, query: string, operationName: string | undefined): Execution | null {
  const document = parsed(query);
  if (!isSafelyCompiled(document)) return null;
  try {
    const made = compileQuery(schema, document, operationName);
    return isCompiledQuery(made)
      ? (_query, _name, variables, context) => made.query(undefined, context, variables)
      : null;
  } catch {
    return null;
  }
}

/**
 * By graphql-jit, some time after an operation is asked for the second time: compiling takes longer than interpreting once, and a caller
 * who never asks the same twice shall not make the others wait for it.
 */
export function compiledExecution(schema: GraphQLSchema): Execution {
  const interpret = interpretedExecution(schema);
  const known = new Kept<{ asked: number; run: Execution; name: string | undefined }>();
  return (query, operationName, variables, context) => {
    const operation = known.get(query, () => ({ asked: 0, run: interpret, name: operationName }));
    // The planner's texts hold one operation each: by another name it is not the one that was compiled.
    if (operation.name !== operationName) return interpret(query, operationName, variables, context);
    if (++operation.asked === 2) {
      // Five subgraphs' at once would be felt.
      oneATurn(() => {
        operation.run = compiled(schema, query, operationName) ?? interpret;
      });
    }
    return operation.run(query, operationName, variables, context);
  };
}
