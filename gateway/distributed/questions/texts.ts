import { type GraphQLSchema, parse, validate } from 'graphql';

/** What a plan writes out of the largest operation that the gateway lets through (gateway/limits.ts), fragments repeated, is within it. */
const MAX_TOKENS = 50_000;
/** Texts known to be good. */
const MAX_KNOWN = 2_000;

/**
 * Tells what is wrong with a text, for a schema. In memory texts come from the planner alone; over HTTP from whoever holds a grant, and
 * the executor trusts what it is given.
 *
 * @returns a function that throws GraphQLError; a text that is good is parsed the first time only
 */
export function checkedTexts(schema: GraphQLSchema): (query: string) => void {
  const known = new Set<string>();
  return (query) => {
    if (known.has(query)) return;
    const [error] = validate(schema, parse(query, { noLocation: true, maxTokens: MAX_TOKENS }), undefined, {
      maxErrors: 1,
    });
    if (error) throw error;
    if (known.size >= MAX_KNOWN) known.delete(known.values().next().value as string);
    known.add(query);
  };
}
