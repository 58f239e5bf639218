import { pino, type DestinationStream, type Logger } from 'pino';
import type { Settings } from './settings.ts';

/**
 * A unified code (统一社会信用代码) or citizen id (公民身份号码), wherever it stands: in a message, a stack, a driver's
 * error. Logs are read by more people than the databases are, and no rule of disclosure covers them.
 */
const CODE = /(?<![0-9a-z])[0-9a-hj-npqrtuwxy]{18}(?![0-9a-z])/gi;

const SECRET_KEYS = ['authorization', 'cookie', 'token', 'grant', 'code', 'codes', 'name', 'password'];
const SECRET_PATHS = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** What PostgreSQL adds to an error beside its message: rows and keys in clear. */
const ERROR_PATHS = ['err.detail', 'err.where', 'err.parameters'];

export type Log = Logger;

/**
 * One JSON object a line on stdout. Tokens, grants, codes and names of subjects never appear; an error keeps
 * its own code.
 */
export function createLog(
  settings: Pick<Settings, 'logLevel'>,
  name: string,
  destination?: DestinationStream,
): Log {
  const options = {
    level: settings.logLevel,
    base: { process: name },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: {
      paths: [...SECRET_PATHS, ...ERROR_PATHS],
      censor: (value: unknown, path: string[]) => (isErrorCode(path) ? value : '[redacted]'),
    },
    hooks: { streamWrite: (line: string) => line.replace(CODE, '[code]') },
  };
  return destination ? pino(options, destination) : pino(options);
}

const isErrorCode = (path: string[]): boolean => path.length === 2 && path[0] === 'err' && path[1] === 'code';
