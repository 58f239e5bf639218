import type { PurposeKind } from '../../policy/terms.ts';

/**
 * A year of a city's queries: 上海市公共信用信息服务平台 2016 年运行情况报告, 应用篇. Numbers are queries about organizations (法人) and
 * natural persons (自然人) in 2016; they come to 4,222,496. The report shows months in charts alone, without figures.
 */
export type Question = 'card' | 'standing' | 'supplier' | 'reader' | 'me' | 'public';

export interface Share {
  /** Row of the result; its Chinese name stands in the source. */
  user: string;
  /** 查询渠道, as the token's claim `channel`. */
  channel: string;
  organizations: { queries: number; ask: Question };
  persons: { queries: number; ask: Question };
  /** Where the report has it. */
  source: string;
}

const share = (
  user: string,
  channel: string,
  [organizations, askOrganizations]: readonly [number, Question],
  [persons, askPersons]: readonly [number, Question],
  source: string,
): Share => ({
  user,
  channel,
  organizations: { queries: organizations, ask: askOrganizations },
  persons: { queries: persons, ask: askPersons },
  source,
});

const SUBJECTS = 'subjects';

export const YEAR: readonly Share[] = [
  share('government', 'government', [490_178, 'card'], [384_383, 'card'], '二、政府部门应用情况'),
  share(
    'certificate centre',
    'market',
    [2_796_672, 'standing'],
    [88_359, 'standing'],
    '六、1、数字认证中心查询情况与分析',
  ),
  // One figure for both there: organizations are the metro's suppliers, persons the library's readers.
  share(
    'metro, library',
    'market',
    [6_753, 'supplier'],
    [64_778, 'reader'],
    '六、2、申通地铁、图书馆等查询情况',
  ),
  share(SUBJECTS, 'service-hall', [773, 'me'], [3_364, 'me'], '七、1、服务大厅'),
  share(SUBJECTS, 'window', [223, 'me'], [598, 'me'], '七、2、服务子窗口'),
  share(SUBJECTS, 'website', [6_155, 'me'], [36_717, 'me'], '七、3、上海诚信网'),
  share(SUBJECTS, 'app', [0, 'me'], [27_023, 'me'], '七、4、APP 客户端'),
  share(SUBJECTS, 'wechat', [101, 'me'], [3_814, 'me'], '七、5、平台微信'),
  /*
   * What 七 names without figures of its own (信用中国, 发改委微信, 市民信箱): its totals, 28,024 and 363,349, less the above. On 信用中国 anyone
   * looks up an organization; persons look at themselves.
   */
  share('public', 'website', [20_772, 'public'], [291_833, 'me'], '七、信息主体查询情况与分析'),
];

/** What government queried for, in percent of all its queries (累计): 应用篇, 二. What is missing to 100 the report does not name. */
export const PURPOSES: Record<'organizations' | 'persons', Partial<Record<PurposeKind, number>>> = {
  organizations: {
    DAILY_SUPERVISION: 87.9,
    ADMINISTRATIVE_APPROVAL: 4.5,
    COMMENDATION: 2.6,
    FUNDING: 2.5,
    GOVERNMENT_PROCUREMENT: 1.7,
  },
  persons: { DAILY_SUPERVISION: 86, RECRUITMENT: 7.4, ADMINISTRATIVE_APPROVAL: 3.9, COMMENDATION: 1.5 },
};

/** 平台简介: accounts of officers. */
export const OFFICERS = 757;

export const YEARLY_QUERIES = YEAR.reduce((sum, s) => sum + s.organizations.queries + s.persons.queries, 0);
