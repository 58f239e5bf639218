import { addPeriod } from '../dates.ts';
import { type CheckMaker, under } from './fact.ts';

const UTILITY = /水费|电费|气费|燃气|自来水|供水|供电|供热|供暖|公用事业/;

/**
 * 拖欠水、电、燃气等公用事业费 counts when it is unpaid more than so long after it was demanded: on the day after that day. Taxes and social
 * insurance have no such term. Source: SH-13.
 */
export const utilityArrears: CheckMaker = (recordType, { utilityArrears: rule }) => {
  if (!rule || recordType !== 'Arrears') return null;
  return ({ own, title, endedOn }, today) => {
    const { arrearsType, demandedOn } = own;
    if (!UTILITY.test(`${String(arrearsType ?? '')} ${title ?? ''}`)) return null;
    if (typeof demandedOn !== 'string') {
      const zh = '公用事业欠费应有催告日期：经催告逾期未缴的才予归集';
      const en =
        'arrears of utilities are collected once they were demanded: the day of the demand is missing';
      return { rule: 'UTILITY_ARREARS_EARLY', field: 'demandedOn', reason: under(rule, zh, en) };
    }
    const last = addPeriod(demandedOn, rule.unpaidAfterDemand);
    const until = endedOn !== null && endedOn < today ? endedOn : today;
    if (until > last) return null;
    const zh = `公用事业费自催告（${demandedOn}）起未缴超过 ${months(rule.unpaidAfterDemand)} 个月（${last} 之后）方予归集`;
    const en = `demanded on ${demandedOn}: arrears of utilities are collected when unpaid after ${last}`;
    return { rule: 'UTILITY_ARREARS_EARLY', field: 'demandedOn', reason: under(rule, zh, en) };
  };
};

const months = (period: string): string => /^P(\d+)M$/.exec(period)?.[1] ?? period;
