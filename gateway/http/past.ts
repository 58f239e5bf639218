import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import { type Asked, type PreparedQueries } from './prepared.ts';
import { type BadBody, MAX_BODY, badBodyText, ourFailure, sendJson } from './body.ts';
import { isObject } from './slices.ts';

/** Whether a request needs nothing of what stands before GraphQL. */
export type Past = (request: IncomingMessage) => Promise<boolean>;

export interface PastOptions<C extends BaseContext> {
  server: ApolloServer<C>;
  path: string;
  context: (request: { req: IncomingMessage }) => Promise<C>;
  past: Past;
  /** Takes queries that were answered before. */
  prepared?: PreparedQueries<C>;
  /** That every answer carries. */
  headers: Record<string, string>;
  /** Takes everything else. */
  otherwise: RequestListener;
  onUnexpected: (error: unknown) => void;
}

const JSON_BODY = /^application\/json *(;.*charset=utf-8 *)?$/i;

/** Anything else is Express's: other methods and paths, query strings, compressed bodies, other charsets, bodies of unknown or no length. */
const isPlain = ({ method, url, headers }: IncomingMessage, path: string): boolean =>
  method === 'POST' &&
  url === path &&
  JSON_BODY.test(headers['content-type'] ?? '') &&
  headers['content-encoding'] === undefined &&
  Number(headers['content-length']) > 0;

/**
 * Plain GraphQL requests straight from node:http to Apollo Server. Express's layers take a fifth of a small query's time and find nothing to
 * do for such a request.
 */
export function graphqlPast<C extends BaseContext>(options: PastOptions<C>): RequestListener {
  const { path, past, otherwise, onUnexpected } = options;
  const goes = async (request: IncomingMessage, response: ServerResponse) =>
    (await past(request)) ? answer(request, response, options) : otherwise(request, response);
  return (request, response) => {
    if (!isPlain(request, path)) return otherwise(request, response);
    goes(request, response).catch((error: unknown) => {
      onUnexpected(error);
      if (!response.headersSent) ourFailure(response);
    });
  };
}

async function answer<C extends BaseContext>(
  request: IncomingMessage,
  response: ServerResponse,
  { server, context, prepared, headers: fixed }: PastOptions<C>,
): Promise<void> {
  const body = await readBody(request);
  if (body === null) return;
  if ('type' in body) {
    for (const [name, value] of Object.entries(fixed)) response.setHeader(name, value);
    return sendJson(response, body.status, badBodyText(body));
  }
  const asked = prepared && plainQuery(request, body.value);
  const told = asked && (await prepared.answer(asked, () => context({ req: request })));
  if (told) {
    const { status, headers, text } = told;
    return send(response, status, { ...fixed, ...Object.fromEntries(headers) }, text);
  }
  const headers = new HeaderMap();
  for (const name in request.headers) headers.set(name, String(request.headers[name]));
  const answered = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers, search: '', body: body.value },
    context: () => context({ req: request }),
  });
  const status = answered.status ?? 200;
  const all = { ...fixed, ...Object.fromEntries(answered.headers) };
  if (answered.body.kind === 'complete') return send(response, status, all, answered.body.string);
  response.writeHead(status, all);
  for await (const chunk of answered.body.asyncIterator) response.write(chunk);
  response.end();
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, text: string): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
}

/** A body in the plainest form, for a client that takes JSON; undefined for anything that is Apollo Server's to judge. */
function plainQuery({ headers }: IncomingMessage, body: unknown): Asked | undefined {
  const { accept } = headers;
  if (accept !== undefined && accept !== '*/*' && accept !== 'application/json') return undefined;
  if (!isObject(body)) return undefined;
  const { query, variables, operationName, extensions } = body;
  if (typeof query !== 'string') return undefined;
  if (variables !== undefined && variables !== null && !isObject(variables)) return undefined;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    return undefined;
  if (extensions !== undefined && extensions !== null && !isObject(extensions)) return undefined;
  if (extensions?.['persistedQuery']) return undefined;
  return {
    query,
    ...(variables && { variables }),
    ...(operationName && { operationName }),
    ...(extensions && { extensions }),
  };
}

/** @returns the parsed body; what is wrong with it; or null where the client went away. */
async function readBody(request: IncomingMessage): Promise<{ value: unknown } | BadBody | null> {
  if (Number(request.headers['content-length']) > MAX_BODY) {
    request.resume();
    return { status: 413, type: 'entity.too.large' };
  }
  const chunks: Buffer[] = [];
  const whole = await new Promise<boolean>((resolve) => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(true));
    request.on('close', () => resolve(false));
    request.on('error', () => resolve(false));
  });
  if (!whole) return null;
  const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  try {
    const value = JSON.parse(bytes.toString('utf8')) as unknown;
    if (typeof value === 'object' && value !== null) return { value };
  } catch {
    // Told below, as for a body that is no object.
  }
  return { status: 400, type: 'entity.parse.failed' };
}
