import type { DisclosureTier, Grade, PurposeKind, RecordClass } from '../../policy/terms.ts';
import type { MatterReach, StandingClause } from '../../records/snapshot.ts';
import type { UnitKind } from './data.ts';

/** Rows by GraphQL field names; units by their code, which a loader turns into the unit. */

export interface UnitRow {
  code: string;
  name: string;
  kind: UnitKind;
  jurisdiction: string;
}

export interface ItemRow {
  id: number;
  version: number;
  code: string;
  name: string;
  class: RecordClass;
  tier: DisclosureTier;
  jurisdiction: string;
  provider: string;
  dataStandard: string;
  recordType: string;
  aboutPersons: boolean;
  negative: boolean;
  grade: Grade | null;
  validityPeriod: string | null;
  updateCycle: string;
  useScope: string | null;
  validFrom: string;
  validTo: string | null;
}

export interface MatterRow {
  id: number;
  version: number;
  code: string;
  name: string;
  unit: string;
  kind: PurposeKind;
  aboutPersons: boolean;
  reach: MatterReach;
  basis: string | null;
  /** Null: every negative record in scope. */
  rule: StandingClause[] | null;
  validFrom: string;
  validTo: string | null;
  /** The day as of which it was read, and its items are to be. */
  day: string;
}

export interface BehaviourRow {
  code: string;
  name: string;
  unit: string;
  effect: 'PUNISHMENT' | 'INCENTIVE';
  grade: Grade | null;
  national: boolean;
  basis: string | null;
  validFrom: string;
  validTo: string | null;
}

export type CreditListKind = 'RED' | 'SEVERE';

export interface CreditListRow {
  id: number;
  version: number;
  code: string;
  name: string;
  kind: CreditListKind;
  jurisdiction: string;
  unit: string;
  /** Code of the item under which its entries are collected. */
  item: string;
  criteria: string;
  remedy: string | null;
  exit: string | null;
  validFrom: string;
  validTo: string | null;
  /** The day as of which it was read, and its item is to be. */
  day: string;
}

export const UNIT_COLUMNS = 'code, name, kind, jurisdiction';

export const ITEM_COLUMNS = `v.item_id as id, v.version, v.code, v.name, v.class, v.tier, v.jurisdiction, v.provider,
  v.data_standard as "dataStandard", v.record_type as "recordType", v.about_persons as "aboutPersons", v.negative, v.grade,
  v.validity_period as "validityPeriod", v.update_cycle as "updateCycle", v.use_scope as "useScope",
  v.valid_from as "validFrom", v.valid_to as "validTo"`;

export const MATTER_COLUMNS = `v.matter_id as id, v.version, v.code, v.name, v.unit, v.kind, v.about_persons as "aboutPersons", v.reach, v.basis,
  v.rule, v.valid_from as "validFrom", v.valid_to as "validTo"`;

export const BEHAVIOUR_COLUMNS = `v.code, v.name, v.unit, v.effect, v.grade, v.national, v.basis,
  v.valid_from as "validFrom", v.valid_to as "validTo"`;

export const CREDIT_LIST_COLUMNS = `v.credit_list_id as id, v.version, v.code, v.name, v.kind, v.jurisdiction, v.unit,
  (select i.code from item i where i.id = v.item_id) as item, v.criteria, v.remedy, v.exit,
  v.valid_from as "validFrom", v.valid_to as "validTo"`;

/** SQL: what holds on the day. A version that was replaced before its first day has an end before its beginning, and never holds. */
export const inForce = (day: string): string =>
  `v.valid_from <= ${day}::date and (v.valid_to is null or v.valid_to >= ${day}::date)`;
