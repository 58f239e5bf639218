import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { ErrorRequestHandler } from 'express';

/** Bytes of a body: up to 5,000 rows of a submission, or as many entity representations. */
export const MAX_BODY = 16 * 1024 * 1024;

/** Why a body cannot be read, in body-parser's words. */
export interface BadBody {
  status: number;
  type: string;
}

/** What a client is told whose body cannot be read. */
export const badBodyText = ({ status, type }: BadBody): string =>
  JSON.stringify({
    errors: [
      {
        message: `请求体无法读取 / ${STATUS_CODES[status]}: the body cannot be read (${type})`,
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
  });

const OUR_FAILURE = JSON.stringify({
  errors: [{ message: '内部错误 / internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
});

/** An answer to a request that did not come as far as GraphQL. */
export function sendJson(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(text);
}

export const ourFailure = (response: ServerResponse): void => sendJson(response, 500, OUR_FAILURE);

/** A body that cannot be read is the client's mistake: told as JSON, in its own words, without a stack. */
export const badBody =
  (onUnexpected: (error: unknown) => void): ErrorRequestHandler =>
  (error: { status?: number; statusCode?: number; type?: string }, _request, response, next) => {
    const status = error.status ?? error.statusCode ?? 500;
    const known = status >= 400 && status < 500;
    if (!known) onUnexpected(error);
    if (response.headersSent) return next(error);
    if (known) sendJson(response, status, badBodyText({ status, type: error.type ?? String(status) }));
    else ourFailure(response);
  };
