import { z } from 'zod';
import { RECORD_CONTENTS } from '../contents.ts';
import { RESPONSIBLE_ROLES } from '../terms.ts';
import { incentive, listOf, punishment } from './measureList.ts';

/**
 * The rules that a pack can state. Every rule is an object with its figures, the provision it comes from (`source`, an id such as SH-27) and
 * the article of the pack's document that says so. A new kind of rule is a new key here.
 */

/** A rule with figures of its own. */
const rule = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject({ ...shape, source: z.string().min(1), article: z.string().min(1) });

const term = z.string().regex(/^P\d+[YMD]$/, 'not a period such as P5Y');
const workingDays = z.int().min(1).max(366);
const yes = z.literal(true);
const contents = z.array(z.enum(RECORD_CONTENTS)).min(1);
const DISPLAYED = ['PUBLIC', 'SHARED', 'AUTHORIZED'] as const;

export const rules = {
  /** 查询期限: how long negative information may be shown, by degree, and from when it counts. */
  retention: rule({
    from: z.enum(['DETERMINATION', 'END_OF_CONDUCT']),
    terms: z.strictObject({ MINOR: term, GENERAL: term, SEVERE: term }),
  }),
  /** 披露方式: what the jurisdiction calls its tiers. */
  tiers: rule({ names: z.partialRecord(z.enum(DISPLAYED), z.string().min(1)) }),
  /** 归集年龄: of natural persons nothing is collected from before this age, in years. */
  minimumAge: rule({ years: z.int().min(0).max(120) }),
  /** 禁止归集 of natural persons. */
  prohibited: rule({ contents }),
  /** 须经本人书面同意: of natural persons only with written consent. */
  consent: rule({ contents }),
  /** 一般程序: penalties under the summary procedure are not collected as negative information. */
  generalProcedure: rule({ required: yes }),
  /** 公用事业欠费 counts only when unpaid for longer than this after it was demanded. */
  utilityArrears: rule({ unpaidAfterDemand: term }),
  /** 民商事判决: only in disputes over property. */
  civilJudgments: rule({ propertyDisputesOnly: yes }),
  /** 失信程度: negative information states its degree. */
  degree: rule({ required: yes }),
  /** 分类分级: a catalogue item of negative information states the degree of the conduct. */
  grading: rule({ required: yes }),
  /** 保密审查: the provider reviews before it submits, and says so. */
  secrecyReview: rule({ required: yes }),
  /** 报送时限: working days from the formation of a record. */
  submission: rule({ workingDays }),
  /** 双公示: working days from the decision, for permits and penalties. */
  doublePublicity: rule({ workingDays }),
  /** 报送周期: how often a unit submits. */
  cadence: rule({ every: z.enum(['MONTH']), realTime: z.enum(['PROGRESSIVELY']) }),
  /** 红黑名单报送: until when lists are reported. */
  listReport: rule({ by: z.enum(['END_OF_NEXT_MONTH']) }),
  /** 比对整合: working days from receipt. */
  integration: rule({ workingDays }),
  /** 数据报送“红黄绿”灯. */
  light: rule({ colours: z.tuple([z.literal('RED'), z.literal('YELLOW'), z.literal('GREEN')]) }),
  /** 严重失信名单: what is published with a list. */
  listPublication: rule({ publishes: z.array(z.enum(['CRITERIA', 'REMEDY', 'EXIT'])).min(1) }),
  /** 红名单: who is on a black list and not repaired stays off it. */
  redList: rule({ excludesBlacklisted: yes }),
  /** 守信激励: who is on a black list and not repaired is given none. */
  incentivesFor: rule({ excludesBlacklisted: yes }),
  /** 表彰奖励、志愿服务、慈善捐赠信息的删除: working days from the request, and who is told. */
  honorDeletion: rule({ workingDays, notify: z.enum(['PROVIDER', 'SUBJECT']) }),
  /** 责任人员: for whom else an organization's record of this degree is entered. */
  responsiblePersons: rule({ grade: z.literal('SEVERE'), roles: z.array(z.enum(RESPONSIBLE_ROLES)).min(1) }),
  /** 异议处理, every period in working days. */
  objection: rule({
    grounds: z
      .array(
        z.enum(['ERROR_OR_OMISSION', 'SECRET_OR_PRIVACY', 'PAST_ITS_TERM', 'PROHIBITED', 'NOT_TO_BE_PUBLIC']),
      )
      .min(1),
    /** All of it. */
    review: workingDays.optional(),
    compare: workingDays.optional(),
    forward: workingDays.optional(),
    /** From when `forward` counts; FILING where left out. */
    forwardFrom: z.enum(['FILING', 'COMPARISON']).optional(),
    providerVerify: workingDays,
    correct: workingDays.optional(),
    notifyCorrection: workingDays.optional(),
    notifyResult: workingDays.optional(),
    /** Whether the mark stays where the subject still disagrees. */
    markStays: z.boolean(),
  }),
  /** 异议申诉: to whom a subject can go that does not accept the result; once. */
  objectionAppeal: rule({ to: z.enum(['AUTHORITY']) }),
  /** 逾期未核查: what becomes of the record. */
  overdueVerification: rule({ effect: z.enum(['WITHHELD_FROM_PUBLIC']) }),
  /** 信用修复. */
  repair: rule({
    /** Since rectification without the same kind of conduct. */
    cleanPeriod: term.optional(),
    /** Working days. */
    publicNotice: workingDays.optional(),
    /** Whether the subject promises no more dishonest conduct. */
    commitment: z.boolean().default(false),
    effect: z.enum(['ORIGINAL_ARCHIVED', 'REMOVED_FROM_QUERY']),
    neverForSevere: z.boolean().default(false),
  }),
  /** 告知承诺: the repair of a permit made on a promise repairs the breach of the promise as well. */
  promiseRepair: rule({ linked: yes }),
  /** 免费信用报告 of natural persons. */
  freeReports: rule({ perYear: z.int().min(0) }),
  /** 信用报告替代无违法违规证明. */
  reportForCertificate: rule({ accepted: yes }),
  /** 联合惩戒 while the information is being verified. */
  measures: rule({ duringVerification: z.enum(['NOT_EXECUTED']) }),
  /** 过惩相当: no measure above the degree of the conduct; every list keeps to it, and here an article says so. */
  proportionality: rule({ required: yes }),
  /** 守信联合激励措施清单. */
  incentives: rule({ list: listOf(incentive) }),
  /** 失信联合惩戒措施清单. */
  punishments: rule({ list: listOf(punishment) }),
};

export type RuleKey = keyof typeof rules;
export const RULE_KEYS = Object.keys(rules) as RuleKey[];

/** What every line of parents has to state between them. */
export const MANDATORY = ['retention', 'minimumAge', 'prohibited'] as const satisfies RuleKey[];
type Mandatory = (typeof MANDATORY)[number];

type Stated = { [K in RuleKey]: z.output<(typeof rules)[K]> };
/** The rules that hold somewhere on a day. */
export type Rules = Pick<Stated, Mandatory> & Partial<Stated>;

export type Retention = Stated['retention'];
export type Objection = Stated['objection'];
export type Repair = Stated['repair'];
