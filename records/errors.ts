import { GraphQLError } from 'graphql';
import type { Message } from '../policy/message.ts';

/** Every code that an answer can carry. A closed list: clients may switch on it. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PURPOSE_REQUIRED',
  'PURPOSE_NOT_ALLOWED',
  'AUTHORIZATION_REQUIRED',
  'BAD_USER_INPUT',
  'CONFLICT',
  'TOO_COMPLEX',
  'RATE_LIMITED',
  'SUBGRAPH_UNAVAILABLE',
  'JOURNAL_UNAVAILABLE',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error that a caller is meant to read: in Chinese and English, with its code. Anything else is masked on the way out. */
export const refusal = (
  code: ErrorCode,
  message: Message,
  extensions: Record<string, unknown> = {},
): GraphQLError =>
  new GraphQLError(`${message.zh} / ${message.en}`, { extensions: { ...extensions, code, message } });

/** BAD_USER_INPUT that names the argument at fault. */
export const badInput = (argument: string, message: Message): GraphQLError =>
  refusal(
    'BAD_USER_INPUT',
    { zh: `${argument}：${message.zh}`, en: `${argument}: ${message.en}` },
    { argument },
  );
