import { GraphQLError } from 'graphql';
import { Problem } from '../platform/problem.ts';

/** Says what went wrong to whoever typed the command; a stack only where it is our own fault. */
export function fail(error: unknown): void {
  const known =
    error instanceof Problem ||
    error instanceof GraphQLError ||
    (error as NodeJS.ErrnoException)?.code === 'ENOENT';
  process.stderr.write(`${known ? (error as Error).message : ((error as Error)?.stack ?? String(error))}\n`);
  process.exitCode = 1;
}
