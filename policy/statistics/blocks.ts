import { addDays } from '../dates.ts';
import type { ReportPeriod } from './period.ts';

/**
 * Time in which natural persons are counted. What happens often is counted by the month; what happens seldom by the year, since most of its months
 * would have to be withheld.
 */
export type Block = 'MONTH' | 'YEAR';

/** The block of a month '2016-03': '2016-03', or '2016'. */
export const blockOf = (month: string, by: Block): string => (by === 'MONTH' ? month : month.slice(0, 4));

const firstDay = (block: string): string => `${block.length === 4 ? `${block}-01` : block}-01`;

function following(block: string): string {
  const [year, month] = block.split('-').map(Number) as [number, number?];
  const next = month === undefined ? [year + 1] : month === 12 ? [year + 1, 1] : [year, month + 1];
  return next.map((n, at) => String(n).padStart(at === 0 ? 4 : 2, '0')).join('-');
}

/** Whole blocks that lie in a period and are over, in order. */
export function blocksIn({ from, to }: ReportPeriod, by: Block, today: string): string[] {
  const blocks: string[] = [];
  let block = blockOf(from.slice(0, 7), by);
  if (firstDay(block) < from) block = following(block);
  for (; ; block = following(block)) {
    const after = firstDay(following(block));
    if (addDays(after, -1) > to || after > today) return blocks;
    blocks.push(block);
  }
}

/** First and last day of blocks that follow on each other; null where there are none. */
export function daysOfBlocks(blocks: readonly string[]): ReportPeriod | null {
  const [first, last] = [blocks[0], blocks.at(-1)];
  return first === undefined || last === undefined
    ? null
    : { from: firstDay(first), to: addDays(firstDay(following(last)), -1) };
}
