import type { Message } from './message.ts';

/**
 * 数据报送“红黄绿”灯: the light of a provider, and its thresholds. Nantong's article 5 asks for the light and leaves its thresholds to the
 * center; these are the project's. It warns and decides nothing, so every provider has one.
 */

/** How many days back rates and late records are looked at. */
export const LIGHT_DAYS = 90;
/** Working days before a due date on which a provider is reminded, and its light turns yellow. */
export const REMIND_WORKING_DAYS = 3;
const LINK_RATE = { red: 0.8, yellow: 0.95 };
const REJECT_RATE = { red: 0.2 };

/** Worst first. */
export const COLOURS = ['RED', 'YELLOW', 'GREEN'] as const;
export type Colour = (typeof COLOURS)[number];

/** What a light is judged by. */
export interface Performance {
  /** Rows in the period of the light. */
  received: number;
  /** Of these, refused for want of a valid code. */
  unlinked: number;
  rejected: number;
  late: readonly { source: string; count: number }[];
  /** Items overdue and due soon, by the provision that says so. */
  overdue: ReadonlyMap<string, number>;
  soon: ReadonlyMap<string, number>;
  /** Rows sent back that have not come again, in batches whose due date has passed. */
  openRejects: number;
}

export interface Reason extends Message {
  colour: Colour;
  /** Provision. */
  source: string;
  /** The same without its number of records, for whom that is withheld from. */
  uncounted: Message;
}

export interface Light {
  colour: Colour;
  /** Worst first; none for green. */
  reasons: Reason[];
}

/** Part of the rows received whose subject was linked by its code; null where none were received. Source: SP-link. */
export const linkRate = ({
  received,
  unlinked,
}: Pick<Performance, 'received' | 'unlinked'>): number | null =>
  received === 0 ? null : (received - unlinked) / received;

const percent = (rate: number): string => `${(Math.floor(rate * 1000) / 10).toFixed(1)}%`;

/** Source: NT-5, JS-21. */
export function lightOf(seen: Performance): Light {
  const reasons: Reason[] = [];
  const say = (colour: Colour, source: string, zh: string, en: string, uncounted: Message = { zh, en }) =>
    reasons.push({ colour, source, zh, en, uncounted });
  for (const [source, count] of seen.overdue)
    say('RED', source, `${count} 个事项逾期未报送`, `items overdue: ${count}`);
  const linked = linkRate(seen);
  if (linked !== null && linked < LINK_RATE.yellow)
    say(
      linked < LINK_RATE.red ? 'RED' : 'YELLOW',
      'SP-link',
      `关联率 ${percent(linked)}`,
      `link rate ${percent(linked)}`,
    );
  const rejected = seen.received === 0 ? 0 : seen.rejected / seen.received;
  if (rejected > REJECT_RATE.red)
    say('RED', 'JS-21', `退回率 ${percent(rejected)}`, `sent back: ${percent(rejected)}`);
  for (const { source, count } of seen.late)
    say('YELLOW', source, `${count} 条逾期报送`, `records submitted late: ${count}`, {
      zh: '有逾期报送',
      en: 'records submitted late',
    });
  if (seen.openRejects > 0)
    say(
      'YELLOW',
      'ZD-19',
      `${seen.openRejects} 条退回信息逾期未重新报送`,
      `rows sent back that have not come again in time: ${seen.openRejects}`,
      { zh: '有退回信息逾期未重新报送', en: 'rows sent back that have not come again in time' },
    );
  for (const [source, count] of seen.soon)
    say('YELLOW', source, `${count} 个事项即将到期`, `items due soon: ${count}`);
  reasons.sort((a, b) => COLOURS.indexOf(a.colour) - COLOURS.indexOf(b.colour));
  return { colour: reasons[0]?.colour ?? 'GREEN', reasons };
}
