import { GraphQLError } from 'graphql';
import { Pool } from 'undici';
import type { Grant } from '../../../records/grant.ts';
import type { GrantSigner } from '../../../records/grantToken.ts';
import type { Answer, Transport } from '../../federation/transport.ts';
import { JoinedQuestions, MAX_OUT, type SendQuestions } from './joined.ts';
import { AnswerLines, QUESTIONS_PATH, type WiredAnswer, questionsBody } from './wire.ts';

export interface QuestionsOptions {
  /** Base URL of the subgraph's service. */
  url: string;
  signer: GrantSigner;
  /** Milliseconds that a question waits for its answer, from the moment it is asked. */
  timeout: number;
  /** Of each HTTP request: how many questions it holds. */
  onBatch?: (questions: number) => void;
}

export interface RemoteTransport extends Transport {
  /** Lets go of all connections. Whoever still waits gets no answer. */
  close(): Promise<void>;
}

interface Question {
  query: string;
  /** As JSON. */
  variables: string;
  operationName: string | undefined;
  grant: Grant;
}

/**
 * A subgraph over HTTP. Questions of concurrent requests travel in one body, each under its own signed grant, so that callers share a
 * connection and nothing else. What was disclosed comes back beside the data.
 */
export function remoteTransport(options: QuestionsOptions): RemoteTransport {
  const { url, signer, timeout, onBatch } = options;
  const { origin, pathname } = new URL(`${url}${QUESTIONS_PATH}`);
  const pool = new Pool(origin, {
    connections: MAX_OUT,
    pipelining: 1,
    allowH2: false,
    connectTimeout: timeout,
    // Until the first answer the questions' own deadlines hold.
    headersTimeout: 0,
    bodyTimeout: timeout,
  });

  const send: SendQuestions<Question, WiredAnswer> = async (questions, answer, givenUp) => {
    const signed = await Promise.all(
      questions.map(async ({ grant, ...question }) => ({ ...question, token: await signer.sign({ grant }) })),
    );
    const { statusCode, body } = await pool.request({
      path: pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: questionsBody(signed),
      signal: givenUp,
    });
    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`HTTP ${statusCode}`);
    }
    const lines = new AnswerLines();
    for await (const piece of body as AsyncIterable<Buffer>)
      for (const [index, given] of lines.take(piece)) answer(index, given);
  };

  const joined = new JoinedQuestions({
    send,
    timeout,
    sizeOf: ({ query, variables }: Question) => query.length + variables.length,
    ...(onBatch && { onBatch }),
  });
  return {
    async ask(query, variables, operationName, grant) {
      const question = { query, variables: JSON.stringify(variables), operationName, grant };
      return answerOf(await joined.ask(question));
    },
    close: () => pool.destroy(),
  };
}

/** @throws as the subgraph did, where it did not execute the question. That it refused the gateway's grant is no matter of the caller's. */
function answerOf({ data, errors = [], disclosed }: WiredAnswer): Answer {
  const told = errors.map(
    ({ message, path, extensions }) =>
      new GraphQLError(message, { path, extensions: extensions as Record<string, unknown> }),
  );
  if (data === undefined) {
    const [refused] = told;
    throw refused && refused.extensions['code'] !== 'UNAUTHENTICATED'
      ? refused
      : new Error(refused?.message ?? 'an answer without data', { cause: refused });
  }
  return { data, ...(told.length > 0 && { errors: told }), disclosed };
}
