import type { ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import { MAX_EVIDENCE } from '../../records/evidence.ts';
import { refusal } from '../../records/errors.ts';
import { formatError, refusedStatus } from '../errors.ts';
import { sendJson } from '../http/body.ts';
import { formattedWith } from '../http/errorsAsApollo.ts';

const MEGABYTES = MAX_EVIDENCE / 1024 / 1024;

/** A refusal that HTTP has a status of its own for. */
const withStatus = (status: number, zh: string, en: string) =>
  refusal('BAD_USER_INPUT', { zh, en }, { http: { status } });

export const tooLarge = () =>
  withStatus(413, `文件超过 ${MEGABYTES} MB`, `the file is larger than ${MEGABYTES} MB`);

/** In the same words for what does not exist and for what is not for this caller. */
export const notFound = () => withStatus(404, '没有此项材料', 'there is no such evidence');

export const unauthenticated = () =>
  refusal(
    'UNAUTHENTICATED',
    { zh: '请先登录', en: 'a token is required' },
    { http: { status: 401, headers: new Map([['www-authenticate', 'Bearer']]) } },
  );

/** An error as GraphQL tells it, with its status. What is not a refusal is our own failure, and told as that. */
export function refuse(
  response: ServerResponse,
  error: unknown,
  onUnexpected: (error: unknown) => void,
): void {
  const http: Parameters<typeof formattedWith>[2] = { headers: new HeaderMap() };
  const errors = formattedWith(formatError(onUnexpected), [error], http);
  for (const [name, value] of http.headers) response.setHeader(name, value);
  sendJson(response, http.status ?? refusedStatus(errors), JSON.stringify({ errors }));
}
