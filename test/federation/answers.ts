import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';

/** An answer as a client gets it, in a form that compares as it should: data as text, for the order of its keys, and errors in no order. */
export interface Told {
  status: number;
  data: string | undefined;
  /** Errors that stand where the answer has its null, or nowhere. */
  errors: string[];
  /**
   * Where the answer has a null that rose from below. Which of the errors underneath are told is left open by the specification: what has
   * not been executed when a null rises may be cancelled.
   */
  risen: string[];
  extensions: unknown;
}

/** Apollo Server's answer to `executeOperation`. */
export interface Executed {
  body: { singleResult?: FormattedExecutionResult };
  http: { status?: number };
}

/** The place above an error's own where the answer has its null, or undefined where none rose. */
function risenTo(data: unknown, path: GraphQLFormattedError['path']): string | undefined {
  if (data === undefined || !path) return undefined;
  let at: unknown = data;
  for (const [depth, key] of path.entries()) {
    if (at === null) return JSON.stringify(path.slice(0, depth));
    at = (at as Record<string | number, unknown> | undefined)?.[key];
  }
  return undefined;
}

export function told(status: number, result: FormattedExecutionResult): Told {
  const { data, errors = [], extensions } = result;
  const { receipt: _, ...more } = extensions ?? {};
  const places = errors.map(({ path }) => risenTo(data, path));
  return {
    status,
    data: JSON.stringify(data),
    errors: errors
      .filter((_error, i) => places[i] === undefined)
      .map((error) => JSON.stringify(error))
      .toSorted(),
    risen: [...new Set(places.filter((place) => place !== undefined))].toSorted(),
    extensions: JSON.parse(JSON.stringify(more)),
  };
}
