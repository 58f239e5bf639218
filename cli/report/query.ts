const ROW = `key name organizations persons withheld organizationsBefore personsBefore organizationsGrowth personsGrowth organizationsRank personsRank`;
const COUNT = 'key name count';
const FULFILMENT = 'unit { code name } listed fulfilled rate rank';

const rows = (names: string): string =>
  names
    .split(' ')
    .map((name) => `${name} { ${ROW} }`)
    .join(' ');
const counts = (names: string): string =>
  names
    .split(' ')
    .map((name) => `${name} { ${COUNT} }`)
    .join(' ');

/** All of the report. */
export const REPORT = `query OperatingReport($from: Date!, $to: Date!, $jurisdiction: String) {
  operatingReport(from: $from, to: $to, jurisdiction: $jurisdiction) {
    from to jurisdiction
    catalogue {
      ${rows('items itemsByUnit itemsByUnitKind itemsByClass itemsByTier itemsOfDoublePublicity matters mattersByUnit mattersByUnitKind mattersByPurpose')}
      ${counts('units matterUnits behaviours behavioursByLevel behaviourUnits')}
    }
    collection {
      ${rows('total byMonth byYear byUnit byClass byYearAndClass doublePublicity doublePublicityByUnit')}
      quality { unit { code name } batches linkRate received rejected late withheld }
      fulfilment { ${FULFILMENT} }
    }
    queries {
      ${rows('total byMonth byUnit byJurisdiction byPurpose byMatter byRole byChannel byMonthAndChannel byUnitAndMonth byMode')}
      ${counts('refused')}
      fulfilment { ${FULFILMENT} }
    }
    objections { ${rows('filed filedByMonth filedByUnit closed closedByMonth closedByUnit closedByResult marked')} }
  }
}`;

export interface Row {
  key: string;
  name: string;
  organizations: number;
  persons: number | null;
  withheld: boolean;
  organizationsBefore: number;
  personsBefore: number | null;
  organizationsGrowth: number | null;
  personsGrowth: number | null;
  organizationsRank: number | null;
  personsRank: number | null;
}

export interface Count {
  key: string;
  name: string;
  count: number;
}

export interface Fulfilment {
  unit: { code: string; name: string };
  listed: number;
  fulfilled: number;
  rate: number | null;
  rank: number;
}

export interface Quality {
  unit: { code: string; name: string };
  batches: number;
  linkRate: number | null;
  received: number | null;
  rejected: number | null;
  late: number | null;
  withheld: boolean;
}

type Tables<Names extends string> = Record<Names, Row[]>;

/** A part is null where its agency did not answer. */
export interface Report {
  from: string;
  to: string;
  jurisdiction: string | null;
  catalogue:
    | (Tables<
        | 'itemsByUnit'
        | 'itemsByUnitKind'
        | 'itemsByClass'
        | 'itemsByTier'
        | 'itemsOfDoublePublicity'
        | 'mattersByUnit'
        | 'mattersByUnitKind'
        | 'mattersByPurpose'
      > &
        Record<'units' | 'matterUnits' | 'behaviours' | 'behavioursByLevel' | 'behaviourUnits', Count[]> &
        Record<'items' | 'matters', Row | null>)
    | null;
  collection:
    | (Tables<
        | 'byMonth'
        | 'byYear'
        | 'byUnit'
        | 'byClass'
        | 'byYearAndClass'
        | 'doublePublicity'
        | 'doublePublicityByUnit'
      > & { total: Row | null; quality: Quality[]; fulfilment: Fulfilment[] })
    | null;
  queries:
    | (Tables<
        | 'byMonth'
        | 'byUnit'
        | 'byJurisdiction'
        | 'byPurpose'
        | 'byMatter'
        | 'byRole'
        | 'byChannel'
        | 'byMonthAndChannel'
        | 'byUnitAndMonth'
        | 'byMode'
      > & { total: Row | null; refused: Count[]; fulfilment: Fulfilment[] })
    | null;
  objections:
    | (Tables<'filedByMonth' | 'filedByUnit' | 'closedByMonth' | 'closedByUnit' | 'closedByResult'> &
        Record<'filed' | 'closed' | 'marked', Row | null>)
    | null;
}
