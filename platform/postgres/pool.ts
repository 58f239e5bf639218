import { type CustomTypesConfig, Pool, type PoolConfig, types } from 'pg';

const { DATE, INT8, NUMERIC, TIMESTAMPTZ } = types.builtins;
const ARRAYS = { text: 1009, int8: 1016, date: 1182, timestamptz: 1185, numeric: 1231 };

const textArray = types.getTypeParser(ARRAYS.text, 'text') as (text: string) => (string | null)[];
const arrayOf =
  <T>(parse: (text: string) => T) =>
  (text: string): (T | null)[] =>
    textArray(text).map((item) => (item === null ? null : parse(item)));

const asIs = (text: string): string => text;
const instant = (text: string): string => new Date(text).toISOString();
const integer = (text: string): number | string => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
};

const PARSERS: Record<number, (text: string) => unknown> = {
  [DATE]: asIs,
  [ARRAYS.date]: arrayOf(asIs),
  [NUMERIC]: asIs,
  [ARRAYS.numeric]: arrayOf(asIs),
  [TIMESTAMPTZ]: instant,
  [ARRAYS.timestamptz]: arrayOf(instant),
  [INT8]: integer,
  [ARRAYS.int8]: arrayOf(integer),
};

/**
 * How values arrive from PostgreSQL, also in arrays: dates 'YYYY-MM-DD', numeric as decimal text, timestamptz
 * as ISO text in UTC, int8 as a number where one holds it exactly and as text otherwise. For the `types`
 * option of a pg client or pool.
 */
export const pgTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && PARSERS[oid]) || types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

/** A pool with those types; a session that the server ends is replaced at its next use. */
export function openPool(connectionString: string, options: PoolConfig = {}): Pool {
  const pool = new Pool({ ...options, connectionString, types: pgTypes });
  pool.on('error', () => undefined);
  return pool;
}
