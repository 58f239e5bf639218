import { setImmediate as turn } from 'node:timers/promises';
import type { FormattedExecutionResult } from 'graphql';

/** Elements of a list in one slice: a subject with its whole file is some 5 kB of text. */
const SLICE = 50;

/**
 * The text of an answer. A list at its root, such as a thousand subjects, is written slice by slice, with a turn of the event loop after
 * each, so that nobody else waits for it.
 */
export function textOf(result: FormattedExecutionResult): string | Promise<string> {
  const { data } = result;
  const isLong = data && Object.values(data).some((value) => Array.isArray(value) && value.length > SLICE);
  return isLong ? inSlices(result) : `${JSON.stringify(result)}\n`;
}

async function inSlices(result: FormattedExecutionResult): Promise<string> {
  const members: string[] = [];
  for (const [name, value] of Object.entries(result)) {
    if (value === undefined) continue;
    const text = name === 'data' ? await object(value as Record<string, unknown>) : JSON.stringify(value);
    members.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${members.join()}}\n`;
}

async function object(data: Record<string, unknown>): Promise<string> {
  const members: string[] = [];
  for (const [name, value] of Object.entries(data)) {
    const text = Array.isArray(value) ? await list(value) : JSON.stringify(value);
    members.push(`${JSON.stringify(name)}:${text}`);
  }
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
