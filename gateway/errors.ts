import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, type ErrorCode, refusal } from '../records/errors.ts';

/** Apollo Server's own codes for requests that are no valid GraphQL; clients know them. */
const REQUEST_CODES = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
];
const TOLD: ReadonlySet<unknown> = new Set([...ERROR_CODES, ...REQUEST_CODES]);

const LIMIT = /limit of [\d.]+ exceeded|contains more tha[nt] \d+ tokens|Too many/i;

const STATUS: Partial<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  PURPOSE_REQUIRED: 403,
  PURPOSE_NOT_ALLOWED: 403,
  AUTHORIZATION_REQUIRED: 403,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  TOO_COMPLEX: 400,
  RATE_LIMITED: 429,
  SUBGRAPH_UNAVAILABLE: 503,
  JOURNAL_UNAVAILABLE: 503,
} satisfies Record<ErrorCode, number>;

/** SUBGRAPH_UNAVAILABLE: all that callers learn of what went wrong in a subgraph or on the way to it. */
export const unavailable = (subgraph: string): GraphQLError =>
  refusal(
    'SUBGRAPH_UNAVAILABLE',
    { zh: `${subgraph} 暂时无法应答`, en: `${subgraph} cannot answer at the moment` },
    { subgraph },
  );

/** Errors of one agency that are told one by one. A denied field on a thousand subjects is one fault, and telling it costs time. */
const MAX_ERRORS = 100;

/** The first of them, and one more that says in `more` how many there are beyond. What was bounded before may be bounded again. */
export function bounded(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  if (errors.length <= MAX_ERRORS) return errors;
  const beyond = ({ extensions }: GraphQLError): number =>
    typeof extensions['more'] === 'number' ? extensions['more'] : 0;
  const single = errors.filter((error) => beyond(error) === 0);
  const more =
    errors.reduce((sum, error) => sum + beyond(error), 0) + Math.max(0, single.length - MAX_ERRORS);
  const code = errors[MAX_ERRORS]?.extensions['code'];
  const message = `另有 ${more} 个错误未列出 / ${more} more errors are not listed`;
  return [...single.slice(0, MAX_ERRORS), new GraphQLError(message, { extensions: { code, more } })];
}

/** HTTP status of an operation that was refused as a whole. Unless told, it is 500, which monitors and proxies take for our failure. */
export const refusedStatus = (errors: readonly GraphQLFormattedError[] | undefined): number =>
  STATUS[String(errors?.[0]?.extensions?.['code'])] ?? 500;

/**
 * The last word on every error that leaves. A closed list of codes goes through; anything else is our own failure and is told as that,
 * because its text may hold addresses, statements or data. Stack traces never leave.
 */
export function formatError(onUnexpected: (error: unknown) => void) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const {
      stacktrace: _,
      serviceName: __,
      ...extensions
    } = (formatted.extensions ?? {}) as Record<string, unknown>;
    if (LIMIT.test(formatted.message) && !ERROR_CODES.includes(extensions['code'] as never)) {
      return {
        ...formatted,
        message: `查询过于复杂 / the query is too complex: ${formatted.message.replace(/^Syntax Error: /, '')}`,
        extensions: { code: 'TOO_COMPLEX' },
      };
    }
    if (TOLD.has(extensions['code'])) return { ...formatted, extensions };
    onUnexpected(error instanceof GraphQLError ? unwrapResolverError(error) : error);
    const { path, locations } = formatted;
    return {
      message: '内部错误 / internal error',
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  };
}
