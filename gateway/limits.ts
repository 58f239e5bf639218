import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { ApolloServerPlugin } from '@apollo/server';
import type { ValidationRule } from 'graphql';
import { nestedListsLimit } from './nestedLists.ts';

/** Tokens of a document. The unified query over all domains with every field has about 900. */
const MAX_TOKENS = 4_000;

/** Faults of one document that are told. graphql-js looks for what was meant with each, which takes a fifth of a millisecond. */
const MAX_FAULTS = 20;

/**
 * Refuses what no honest query needs before a plan is made: a bomb of nested fragments kept the planner busy for 26 seconds, its refusal
 * takes milliseconds. Tokens are limited by the parser itself, so that the refusal is an ordinary GraphQL error.
 */
export function limits(): {
  serverOptions: {
    validationRules: ValidationRule[];
    parseOptions: { maxTokens: number };
    validationOptions: { maxErrors: number };
  };
  plugins: ApolloServerPlugin[];
} {
  const { validationRules, plugins } = new ApolloArmor({
    maxDepth: { n: 15, ignoreIntrospection: true, flattenFragments: true },
    maxAliases: { n: 50 },
    maxDirectives: { n: 50 },
    costLimit: {
      // The whole file of a subject with a hundred on every page, written out, is within it.
      maxCost: 500_000,
      objectCost: 2,
      scalarCost: 1,
      depthCostFactor: 1.5,
      ignoreIntrospection: true,
    },
    blockFieldSuggestion: { enabled: true },
    maxTokens: { enabled: false },
  }).protect();
  return {
    serverOptions: {
      validationRules,
      parseOptions: { maxTokens: MAX_TOKENS },
      validationOptions: { maxErrors: MAX_FAULTS },
    },
    plugins: [...(plugins as ApolloServerPlugin[]), nestedListsLimit],
  };
}
