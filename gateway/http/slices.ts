import { setImmediate as turn } from 'node:timers/promises';
import type { FormattedExecutionResult } from 'graphql';

/** Elements of a list in one slice: a subject with its whole file is some 5 kB of text. */
const SLICE = 50;

/** How deep an answer is looked through for long lists: a report's tables are members of a member of a member of its root. */
const DEPTH = 3;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isLong = (value: unknown, depth: number): boolean =>
  Array.isArray(value)
    ? value.length > SLICE
    : depth > 0 && isObject(value) && Object.values(value).some((own) => isLong(own, depth - 1));

/**
 * The text of an answer. A list near its root, such as a thousand subjects or a table of a report, is written slice by slice, with a turn of the event
 * loop after each, so that nobody else waits for it.
 */
export function textOf(result: FormattedExecutionResult): string | Promise<string> {
  return isLong(result.data, DEPTH) ? inSlices(result) : `${JSON.stringify(result)}\n`;
}

async function inSlices(result: FormattedExecutionResult): Promise<string> {
  const members: string[] = [];
  for (const [name, value] of Object.entries(result)) {
    if (value === undefined) continue;
    const text = name === 'data' ? await sliced(value, DEPTH) : JSON.stringify(value);
    members.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${members.join()}}\n`;
}

async function sliced(value: unknown, depth: number): Promise<string> {
  if (!isLong(value, depth)) return JSON.stringify(value);
  if (!isObject(value)) return list(value as readonly unknown[]);
  const members: string[] = [];
  for (const [name, own] of Object.entries(value))
    if (own !== undefined) members.push(`${JSON.stringify(name)}:${await sliced(own, depth - 1)}`);
  return `{${members.join()}}`;
}

async function list(values: readonly unknown[]): Promise<string> {
  const slices: string[] = [];
  for (let from = 0; from < values.length; from += SLICE) {
    slices.push(JSON.stringify(values.slice(from, from + SLICE)).slice(1, -1));
    await turn();
  }
  return `[${slices.join()}]`;
}
