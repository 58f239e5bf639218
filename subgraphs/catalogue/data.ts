import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { isDate } from '../../policy/dates.ts';
import { DISCLOSURE_TIERS, GRADES, PURPOSE_KINDS, RECORD_CLASSES } from '../../policy/terms.ts';
import { MATTER_REACHES } from '../../records/snapshot.ts';

/** 单位类型, in the order of the 2016 report. */
export const UNIT_KINDS = [
  'MUNICIPAL_ORGAN',
  'DISTRICT_GOVERNMENT',
  'CENTRAL_UNIT',
  'PEOPLES_ORGANIZATION',
  'JUDICIAL_ORGAN',
  'PUBLIC_INSTITUTION',
  'SOCIAL_ORGANIZATION',
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];
export const UNIT_KINDS_ZH: Record<UnitKind, string> = {
  MUNICIPAL_ORGAN: '市级行政机关',
  DISTRICT_GOVERNMENT: '区政府部门',
  CENTRAL_UNIT: '中央在沪（驻地）单位',
  PEOPLES_ORGANIZATION: '人民团体',
  JUDICIAL_ORGAN: '司法机关',
  PUBLIC_INSTITUTION: '公共企事业单位',
  SOCIAL_ORGANIZATION: '社会组织',
};

const text = z.string().min(1);
const day = z.string().refine(isDate, 'not a day written YYYY-MM-DD');

const unit = z.strictObject({
  code: z.string().length(18),
  name: text,
  kind: z.enum(UNIT_KINDS),
  jurisdiction: z.string().length(6),
});

const item = z.strictObject({
  code: text,
  name: text,
  class: z.enum(RECORD_CLASSES),
  tier: z.enum(DISCLOSURE_TIERS),
  jurisdiction: z.string().length(6),
  provider: z.string().length(18),
  dataStandard: text,
  recordType: text,
  aboutPersons: z.boolean().default(false),
  negative: z.boolean().default(false),
  grade: z.enum(GRADES).nullable().default(null),
  validityPeriod: z.string().nullable().default(null),
  updateCycle: text,
  useScope: z.string().nullable().default(null),
  validFrom: day,
});

const clause = z.strictObject({
  item: text.optional(),
  class: z.enum(RECORD_CLASSES).optional(),
  grade: z.enum(GRADES).optional(),
  years: z.int().min(1).max(50).optional(),
});

const matter = z.strictObject({
  code: text,
  name: text,
  unit: z.string().length(18),
  kind: z.enum(PURPOSE_KINDS),
  aboutPersons: z.boolean().default(false),
  reach: z.enum(MATTER_REACHES).optional(),
  basis: z.string().nullable().default(null),
  rule: z.array(clause).nullish(),
  validFrom: day,
  items: z.array(text),
});

const behaviour = z.strictObject({
  code: text,
  name: text,
  unit: z.string().length(18),
  effect: z.enum(['PUNISHMENT', 'INCENTIVE']),
  grade: z.enum(GRADES).nullable().default(null),
  national: z.boolean().default(false),
  basis: z.string().nullable().default(null),
  validFrom: day,
});

const catalogue = z.strictObject({
  units: z.array(unit),
  items: z.array(item),
  matters: z.array(matter),
  behaviours: z.array(behaviour).default([]),
});

export type UnitData = z.infer<typeof unit>;
export type ItemData = z.infer<typeof item>;
export type MatterData = z.infer<typeof matter>;
export type BehaviourData = z.infer<typeof behaviour>;
export type CatalogueData = z.infer<typeof catalogue>;

/**
 * The catalogues that come with the project, one file a jurisdiction. Units are invented, with codes that check out.
 * @throws Error naming file and key where a file does not fit.
 */
export function ownCatalogue(folder = join(import.meta.dirname, 'data')): CatalogueData {
  const all: CatalogueData = { units: [], items: [], matters: [], behaviours: [] };
  for (const file of readdirSync(folder).sort()) {
    if (!/^\d{6}\.yaml$/.test(file)) continue;
    const read = catalogue.safeParse(parse(readFileSync(join(folder, file), 'utf8')));
    if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
    all.units.push(...read.data.units);
    all.items.push(...read.data.items);
    all.matters.push(...read.data.matters);
    all.behaviours.push(...read.data.behaviours);
  }
  return all;
}
