import { z } from 'zod';
import { GRADES } from '../terms.ts';

/** 措施效力: what the law or a regulation has units do, and what they may do [PD-11]. */
export const MEASURE_FORCES = ['MANDATORY', 'RECOMMENDED'] as const;
export type MeasureForce = (typeof MEASURE_FORCES)[number];

const measure = {
  /** Names the measure, over all jurisdictions: SH-23-7. */
  code: z.string().regex(/^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+$/, 'not a code such as SH-23-7'),
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  force: z.enum(MEASURE_FORCES),
  /** Provision, where it is not that of the list. */
  source: z.string().min(1).optional(),
  article: z.string().min(1),
  /** Only for who stands on a list (红黑名单). */
  listedOnly: z.boolean().default(false),
  /** 期限, from the day of determination; without one it lasts as long as the record is shown [PD-15]. */
  term: z
    .string()
    .regex(/^P\d+[YMD]$/, 'not a period such as P1Y')
    .optional(),
  /** 反馈期限: working days in which the implementing unit answers. */
  answerWithin: z.int().min(1).max(366).optional(),
};

export const incentive = z.strictObject(measure);
/** A punishment says from which degree of conduct on it applies [JS-18]. */
export const punishment = z.strictObject({ ...measure, leastGrade: z.enum(GRADES) });

export const listOf = <S extends typeof incentive | typeof punishment>(entry: S) =>
  z
    .array(entry)
    .min(1)
    .superRefine((list, context) => {
      for (const [at, { code }] of list.entries()) {
        if (list.findIndex((other) => other.code === code) < at)
          context.addIssue({ code: 'custom', path: [at, 'code'], message: `${code} is in the list twice` });
      }
    });
