import { periodBefore, type ReportPeriod } from '../../policy/statistics/period.ts';
import { dayArgument } from '../arguments.ts';
import type { SubgraphContext } from '../context.ts';
import { badInput, refusal } from '../errors.ts';

/** What every subgraph is told of a report: its key. */
export interface ReportKey extends ReportPeriod {
  jurisdiction: string | null;
}

/** Whose figures are told: all units', or those of one alone. */
export interface Reading {
  period: ReportPeriod;
  before: ReportPeriod;
  jurisdiction: string | null;
  /** 统一社会信用代码; null: all. */
  unit: string | null;
  today: string;
}

/** Ten years and more are asked for by mistake. */
const MAX_YEARS = 20;

/** @throws BAD_USER_INPUT */
export function reportKey({ from, to, jurisdiction }: ReportKey): ReportKey {
  dayArgument('from', from);
  dayArgument('to', to);
  if (from > to) throw badInput('to', { zh: '不得早于 from', en: 'must not be before `from`' });
  if (Number(to.slice(0, 4)) - Number(from.slice(0, 4)) > MAX_YEARS || from < '1950')
    throw badInput('from', { zh: `一次最多 ${MAX_YEARS} 年`, en: `at most ${MAX_YEARS} years at a time` });
  if (jurisdiction !== null && !/^\d{6}$/.test(jurisdiction))
    throw badInput('jurisdiction', {
      zh: '应为六位行政区划代码',
      en: 'must be a division code of six digits',
    });
  return { from, to, jurisdiction };
}

const UNITS = ['agency', 'provider', 'service'];

/**
 * The center and the authority read all of it, a unit its own rows; each subgraph asks anew, since a table can be reached without the root.
 * @throws FORBIDDEN, BAD_USER_INPUT
 */
export function reading(
  key: ReportKey,
  { grant: { caller, today } }: Pick<SubgraphContext, 'grant'>,
): Reading {
  const { from, to, jurisdiction } = reportKey({ ...key, jurisdiction: key.jurisdiction ?? null });
  const readsAll = caller.role === 'center' || caller.role === 'authority';
  if (!readsAll && !(caller.role !== null && UNITS.includes(caller.role) && caller.unit !== null)) {
    throw refusal('FORBIDDEN', {
      zh: '运行情况报告仅限公共信用信息工作机构、信用管理部门和各单位（本单位部分）',
      en: 'the operating report is for the credit center, the authority, and units as to themselves',
    });
  }
  const period = { from, to };
  return { period, before: periodBefore(period), jurisdiction, unit: readsAll ? null : caller.unit, today };
}

/** A unit of that place, and of that reading. Without a jurisdiction everything counts. */
export const concerns =
  ({ unit, jurisdiction }: Reading, { snapshot }: Pick<SubgraphContext, 'snapshot'>) =>
  (code: string): boolean =>
    (unit === null || unit === code) &&
    (jurisdiction === null || snapshot.units.get(code)?.jurisdiction === jurisdiction);

export const unitNames =
  ({ snapshot }: Pick<SubgraphContext, 'snapshot'>) =>
  (code: string): string =>
    snapshot.units.get(code)?.name ?? code;
