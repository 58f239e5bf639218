import {
  ROW_FIELDS,
  type ReportCount,
  type ReportFulfilment,
  type ReportQuality,
  type ReportRow,
} from '../../records/report/row.ts';

/** Tables of each part by what their rows are: the names of the query's fields, in its order. */
const ROWS = {
  catalogue: [
    'itemsByUnit',
    'itemsByUnitKind',
    'itemsByClass',
    'itemsByTier',
    'itemsOfDoublePublicity',
    'mattersByUnit',
    'mattersByUnitKind',
    'mattersByPurpose',
  ],
  collection: [
    'byMonth',
    'byYear',
    'byUnit',
    'byClass',
    'byYearAndClass',
    'doublePublicity',
    'doublePublicityByUnit',
  ],
  measures: [
    'determinedByMonth',
    'determinedByKind',
    'determinedByMeasure',
    'initiating',
    'implementing',
    'executedByUnit',
    'byEvent',
    'byMonthAndEvent',
  ],
  sharing: ['pushedByMonth', 'pushedByUnit', 'readByMonth', 'readByUnit'],
  queries: [
    'byMonth',
    'byUnit',
    'byJurisdiction',
    'byPurpose',
    'byMatter',
    'byRole',
    'byChannel',
    'byMonthAndChannel',
    'byUnitAndMonth',
    'byMode',
    'usesByProvider',
    'usesByProviderAndPurpose',
  ],
  checks: ['checkedByMonth', 'checkedByUnit', 'checkedByMatter', 'byResult', 'byMatterAndResult'],
  authorizations: ['grantedByMonth', 'grantedByUnit', 'grantedByMethod'],
  objections: ['filedByMonth', 'filedByUnit', 'closedByMonth', 'closedByUnit', 'closedByResult'],
  repairs: [
    'appliedByMonth',
    'appliedByUnit',
    'closedByMonth',
    'closedByUnit',
    'closedByResult',
    'deletionsExecutedByMonth',
    'deletionsExecutedByUnit',
  ],
} as const;

/** Tables of one row, null where there was nothing. */
const TOTALS = {
  catalogue: ['items', 'matters'],
  collection: ['total'],
  measures: ['determined'],
  sharing: ['pushed', 'read'],
  queries: ['total'],
  checks: ['checked'],
  authorizations: ['granted', 'revoked'],
  objections: ['filed', 'closed', 'marked'],
  repairs: ['applied', 'closed', 'deletionsRequested', 'deletionsExecuted'],
} as const;

/** Tables of what is not about subjects. */
const COUNTS = {
  catalogue: ['units', 'matterUnits', 'behaviours', 'behavioursByLevel', 'behaviourUnits'],
  collection: [],
  measures: ['measuresOfInitiators', 'measuresOfImplementers'],
  sharing: [],
  queries: ['refused'],
  checks: ['jobsByMonth', 'jobsByUnit'],
  authorizations: [],
  objections: [],
  repairs: [],
} as const;

type PartName = keyof typeof ROWS;

const FULFILMENT = 'fulfilment { unit { code name } listed fulfilled rate rank }';
const QUALITY = 'quality { unit { code name } batches linkRate received rejected late withheld }';
const COUNT = '{ key name count }';

/** Fields that a part has of its own. */
const MORE: Partial<Record<PartName, string>> = {
  collection: `${QUALITY} ${FULFILMENT}`,
  queries: FULFILMENT,
};

const partOf = (part: PartName): string =>
  [
    `${part} {`,
    part === 'catalogue' ? '' : 'personsFrom personsTo',
    ...[...TOTALS[part], ...ROWS[part]].map((table) => `${table} { ${ROW_FIELDS} }`),
    ...COUNTS[part].map((table) => `${table} ${COUNT}`),
    MORE[part] ?? '',
    '}',
  ].join(' ');

const query = (
  part: string,
): string => `query OperatingReport($from: Date!, $to: Date!, $jurisdiction: String) {
  operatingReport(from: $from, to: $to, jurisdiction: $jurisdiction) { from to jurisdiction ${part} }
}`;

/** One part of the report with all of its tables. */
export const partQuery = (part: PartName): string => query(partOf(part));

/** All of the report, a part at a time: together they would be much to plan. */
export const REPORT: readonly string[] = [
  ...(Object.keys(ROWS) as PartName[]).map(partQuery),
  query(
    `accounts { opened openedTotal suspended suspendedTotal openedTotalByUnit ${COUNT} openedByMonth ${COUNT} }`,
  ),
];

type Part<Name extends PartName> = Record<(typeof ROWS)[Name][number], ReportRow[]> &
  Record<(typeof TOTALS)[Name][number], ReportRow | null> &
  Record<(typeof COUNTS)[Name][number], ReportCount[]>;

/** Days in which a part counts natural persons; null: the period has no whole months, or years, that are over. */
export interface PersonDays {
  personsFrom: string | null;
  personsTo: string | null;
}

interface Own {
  collection: { quality: ReportQuality[]; fulfilment: ReportFulfilment[] };
  queries: { fulfilment: ReportFulfilment[] };
}

/** A part is null where its agency did not answer. */
export type Report = {
  [Name in PartName]:
    | (Part<Name> &
        (Name extends 'catalogue' ? unknown : PersonDays) &
        (Name extends keyof Own ? Own[Name] : unknown))
    | null;
} & {
  from: string;
  to: string;
  jurisdiction: string | null;
  accounts:
    | (Record<'opened' | 'openedTotal' | 'suspended' | 'suspendedTotal', number> &
        Record<'openedTotalByUnit' | 'openedByMonth', ReportCount[]>)
    | null;
};
