import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { Admission } from '../http/admission.ts';
import type { Caller } from '../identity/caller.ts';
import type { Tokens } from '../identity/tokens.ts';
import { refuse, unauthenticated } from './refusals.ts';
import { Turns } from './turns.ts';

export interface InTurnParts {
  tokens: Tokens;
  onLimited: () => void;
  onUnexpected: (error: unknown) => void;
}

export type AnswerInTurn = (
  request: IncomingMessage,
  response: ServerResponse,
  work: (caller: Caller) => Promise<void>,
) => Promise<void>;

/**
 * Answers known callers, in their turn, where a file comes or goes and not GraphQL; an error becomes an answer, and what is left of the request
 * runs off.
 * @param atOnce files in memory at a time
 */
export function inTurn({ tokens, onLimited, onUnexpected }: InTurnParts, atOnce: number): AnswerInTurn {
  const admission = new Admission(atOnce, onLimited);
  const turns = new Turns();
  return async (request, response, work) => {
    if (!admission.admit(response)) return void request.resume();
    try {
      const caller = await tokens.caller(request.headers.authorization);
      if (caller.role === null) throw unauthenticated();
      await turns.take(caller, () => work(caller));
    } catch (error) {
      if (error instanceof GraphQLError && error.extensions['code'] === 'RATE_LIMITED') onLimited();
      request.resume();
      if (!response.destroyed) refuse(response, error, onUnexpected);
    }
  };
}
