import fc from 'fast-check';
import { type GraphQLSchema, parse, print, validate } from 'graphql';
import { Selections, type SelectionOptions } from './generate/selections.ts';
import { MAX_REQUESTS } from './generate/values.ts';
import { Writer } from './generate/writer.ts';

/** A document, and the requests it is sent in. */
export interface Operation {
  query: string;
  requests: readonly { operationName?: string; variables: Record<string, unknown> }[];
}

export interface OperationOptions extends SelectionOptions {
  /** Fields of a document at most. */
  fields?: number;
}

type Naming = 'none' | 'named' | 'told' | 'several';

/**
 * Valid queries over any schema: aliases, merged and conflicting names, fragments of all kinds, directives and variables anywhere. Each
 * document is sent more than once, with other variables or another of its operations, as caches of documents see it.
 */
export function operations(schema: GraphQLSchema, options: OperationOptions = {}): fc.Arbitrary<Operation> {
  const root = new Selections(schema, options).root();
  const naming = fc.oneof(
    { arbitrary: fc.constantFrom<Naming>('none', 'named', 'told'), weight: 9 },
    { arbitrary: fc.constant<Naming>('several'), weight: 1 },
  );
  return fc
    .tuple(naming, root, root, fc.integer({ min: 1, max: MAX_REQUESTS }))
    .map(([naming, first, second, count]): Operation => {
      const writer = new Writer(schema, options.fields ?? 60);
      const told = naming === 'told' || naming === 'several';
      const parts = [{ name: naming === 'none' ? null : 'First', selections: first }];
      if (naming === 'several') parts.push({ name: 'Second', selections: second });
      const document = writer.document(parts);
      const sent = Array.from({ length: count }, (_, i) => writer.variables(i));
      return {
        query: print(document),
        requests: parts.flatMap(({ name }) =>
          sent.map((variables) => ({ ...(told && name && { operationName: name }), variables })),
        ),
      };
    })
    .filter(({ query }) => isValid(schema, query));
}

const isValid = (schema: GraphQLSchema, query: string): boolean =>
  validate(schema, parse(query)).length === 0;
