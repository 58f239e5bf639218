import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Grant } from '../../../records/grant.ts';
import type { GrantVerifier } from '../../../records/grantToken.ts';
import type { Subgraph } from '../../../records/subgraph.ts';
import { formatError } from '../../errors.ts';
import { localTransport } from '../../federation/transport.ts';
import { MAX_BODY, badBodyText, ourFailure, sendJson } from '../../http/body.ts';
import type { Door } from '../../http/serve.ts';
import { UnreadableBody, bodyOf } from './body.ts';
import { checkedTexts } from './texts.ts';
import {
  QUESTIONS_PATH,
  type QuestionsMessage,
  type WiredQuestion,
  answerLine,
  questionsIn,
} from './wire.ts';

export interface QuestionsDoorOptions {
  subgraph: Pick<Subgraph, 'schema' | 'context'>;
  grants: GrantVerifier;
  onUnexpected: (error: unknown) => void;
}

/**
 * `POST /questions`: the gateway's questions, of many callers in one body. Each is executed under its own verified grant in a context of
 * its own, and its answer leaves when it is ready, whatever the others still take. A question without a good grant is answered
 * UNAUTHENTICATED; a body without any, with 401.
 */
export function questionsDoor({ subgraph, grants, onUnexpected }: QuestionsDoorOptions): Door {
  const check = checkedTexts(subgraph.schema);
  const transport = localTransport(subgraph);
  const format = formatError(onUnexpected);
  const told = (error: unknown): GraphQLFormattedError => {
    const shown = error instanceof GraphQLError ? error : unknownError(error);
    return format(shown.toJSON(), shown);
  };

  /** The line that answers a question, whatever becomes of it. */
  const lineFor = async (
    index: number,
    { queries, questions }: QuestionsMessage,
    granted: readonly Promise<Grant>[],
  ): Promise<string> => {
    const [text, place, variables, operationName] = questions[index] as WiredQuestion;
    const query = queries[text] as string;
    try {
      const grant = await (granted[place] ?? grants.grant(undefined));
      check(query);
      const answer = await transport.ask(query, variables, operationName, grant);
      return answerLine(index, { ...answer, errors: answer.errors?.map(told) });
    } catch (error) {
      return answerLine(index, { errors: [told(error)], disclosed: { subjects: [], items: [] } });
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const message = messageIn(await bodyOf(request, MAX_BODY));
    const granted = message.grants.map((token) => grants.grant(token));
    const verified = await Promise.allSettled(granted);
    if (!message.questions.some(([, place]) => verified[place]?.status === 'fulfilled')) {
      const error: unknown = await grants.grant(undefined).catch(told);
      return sendJson(response, 401, JSON.stringify({ errors: [error] }));
    }
    const leave = leaving(response, message.questions.length);
    for (const index of message.questions.keys()) void lineFor(index, message, granted).then(leave);
  };

  const failed = (response: ServerResponse, error: unknown): void => {
    if (response.destroyed) return;
    if (error instanceof UnreadableBody) return sendJson(response, error.status, badBodyText(error));
    onUnexpected(error);
    ourFailure(response);
  };

  return (request, response) => {
    if (request.method !== 'POST' || request.url !== QUESTIONS_PATH) return false;
    response.setHeader('cache-control', 'no-store');
    serve(request, response).catch((error: unknown) => failed(response, error));
    return true;
  };
}

const unknownError = (error: unknown): GraphQLError =>
  new GraphQLError('', { originalError: error instanceof Error ? error : new Error(String(error)) });

function messageIn(body: string): QuestionsMessage {
  try {
    return questionsIn(body);
  } catch (error) {
    throw new UnreadableBody(400, (error as Error).message);
  }
}

/** Writes answers as they come; those of one turn of the event loop leave together, and the last of so many ends the response. */
function leaving(response: ServerResponse, count: number): (line: string) => void {
  let open = count;
  let ready = '';
  let scheduled = false;
  const write = () => {
    scheduled = false;
    if (ready !== '' && !response.destroyed) response.write(ready);
    ready = '';
  };
  response.setHeader('content-type', 'application/x-ndjson');
  return (line) => {
    ready += line;
    if (--open === 0) {
      if (!response.destroyed) response.end(ready);
      ready = '';
    } else if (!scheduled) {
      scheduled = true;
      setImmediate(write);
    }
  };
}
