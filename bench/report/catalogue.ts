import { usccOf } from '../../policy/identifiers/code.ts';
import { organizationCheckCharacter } from '../../policy/identifiers/organizationCode.ts';
import { PURPOSE_KINDS } from '../../policy/terms.ts';
import type { CatalogueData, MatterData, UnitData } from '../../subgraphs/catalogue/data.ts';

/** Units that ask, and matters of each: more than 2016 had. */
export const UNITS = 100;
export const MATTERS = 22;
/** The first units provide what they ask for. */
export const PROVIDERS = 10;
const DISTRICTS = 16;
/** Kinds of the matters of one unit. */
const KINDS = 4;

const two = (n: number): string => String(n).padStart(2, '0');

function unitAt(nth: number): UnitData {
  const body = `MBR90${String(nth).padStart(3, '0')}`;
  return {
    code: usccOf(`12310000${body}${organizationCheckCharacter(body)}`),
    name: `报告单位${two(nth)}`,
    kind: 'MUNICIPAL_ORGAN',
    jurisdiction: nth % 2 === 0 ? '310000' : `3101${two((nth % DISTRICTS) + 1)}`,
  };
}

const units = Array.from({ length: UNITS }, (_, nth) => unitAt(nth));
const codeOf = (nth: number): string => units[nth]?.code as string;

export const itemCode = (provider: number): string => `310000-report-${two(provider)}`;

/** In the order of units. */
export const matters: readonly MatterData[] = units.flatMap(({ code }, unit) =>
  Array.from(
    { length: MATTERS },
    (_, nth): MatterData => ({
      code: `310000-report-${two(unit)}-${two(nth)}`,
      name: `事项${two(unit)}-${two(nth)}`,
      unit: code,
      kind: PURPOSE_KINDS[(unit + (nth % KINDS)) % PURPOSE_KINDS.length] as MatterData['kind'],
      aboutPersons: true,
      basis: null,
      validFrom: '2016-03-01',
      items: [itemCode(nth % PROVIDERS)],
    }),
  ),
);

export const reportCatalogue: CatalogueData = {
  units,
  items: Array.from({ length: PROVIDERS }, (_, nth) => ({
    code: itemCode(nth),
    name: `信息${two(nth)}`,
    class: 'JUDGMENT',
    tier: 'SHARED',
    jurisdiction: '310000',
    provider: codeOf(nth),
    dataStandard: 'graphql',
    recordType: 'Judgment',
    aboutPersons: true,
    negative: false,
    grade: null,
    validityPeriod: null,
    updateCycle: '每日',
    useScope: null,
    validFrom: '2016-03-01',
  })),
  matters: [...matters],
  behaviours: [],
};

export const unitCodes: readonly string[] = units.map(({ code }) => code);
