import type { ApolloServerOptions, BaseContext, HTTPGraphQLHead } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

type FormatError = ApolloServerOptions<BaseContext>['formatError'];

export const ensureErrorOf = (thrown: unknown): GraphQLError => {
  if (thrown instanceof GraphQLError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(`Unexpected error value: ${String(thrown)}`);
  return new GraphQLError(error.message, { originalError: error });
};

/** Errors as they leave, and what they say about status and headers, as Apollo Server has it. */
export function formattedWith(
  formatError: FormatError,
  errors: readonly unknown[],
  http: HTTPGraphQLHead,
): GraphQLFormattedError[] {
  return errors.map((thrown) => {
    const error = ensureErrorOf(thrown);
    const { http: head, ...others } = error.extensions as {
      http?: { status?: number; headers?: Map<string, string> };
    };
    if (head?.status) http.status = head.status;
    for (const [name, value] of head?.headers ?? []) http.headers.set(name, value);
    const extensions = { ...others, code: error.extensions['code'] ?? 'INTERNAL_SERVER_ERROR' };
    const shown = { ...error.toJSON(), extensions };
    return formatError?.(shown, thrown) ?? shown;
  });
}
