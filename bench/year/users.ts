import { organizationCheckCharacter } from '../../policy/identifiers/organizationCode.ts';
import { usccOf } from '../../policy/identifiers/code.ts';
import type { CatalogueData, ItemData, MatterData, UnitData } from '../../subgraphs/catalogue/data.ts';

/**
 * The report's users in the market, whom the project's catalogue does not have: each a unit with a matter of its own. Their codes check out
 * and belong to nobody.
 */

const code = (category: string, nth: number): string => {
  const body = `MBY9000${nth}`;
  return usccOf(`${category}310000${body}${organizationCheckCharacter(body)}`);
};

const unit = (category: string, nth: number, name: string): UnitData => ({
  code: code(category, nth),
  name,
  kind: 'PUBLIC_INSTITUTION',
  jurisdiction: '310000',
});

const CENTRE = unit('12', 1, '数字认证中心');
const METRO = unit('91', 2, '轨道交通集团');
const LIBRARY = unit('12', 3, '市图书馆');

const SHANGHAI = /^31/;

/** Items of Shanghai that a matter opens. */
const codesOf = (items: readonly ItemData[], opens: (item: ItemData) => boolean): string[] =>
  items
    .filter((item) => SHANGHAI.test(item.jurisdiction) && item.tier !== 'AUTHORIZED' && opens(item))
    .map((i) => i.code);

const matter = (of: UnitData, name: string, kind: MatterData['kind'], items: string[]): MatterData => ({
  code: `310000-market-${of.code.slice(8, 16)}`,
  name,
  unit: of.code,
  kind,
  aboutPersons: of !== METRO,
  basis: null,
  validFrom: '2016-03-01',
  items,
});

export interface MarketUser {
  unit: UnitData;
  matter: MatterData;
}

/** @param items of the catalogue that the ground has. */
export function marketUsers(items: readonly ItemData[]): Record<'centre' | 'metro' | 'library', MarketUser> {
  const SUPPLIERS = new Set(['ContractRecord', 'Evaluation', 'Qualification']);
  const READERS = new Set(['Enforcement', 'SevereListing', 'Judgment']);
  const user = (
    of: UnitData,
    name: string,
    kind: MatterData['kind'],
    opens: (item: ItemData) => boolean,
  ) => ({
    unit: of,
    matter: matter(of, name, kind, codesOf(items, opens)),
  });
  return {
    centre: user(CENTRE, '数字证书申请人信用核查', 'DAILY_SUPERVISION', (item) => item.negative),
    metro: user(
      METRO,
      '供应商信用监测',
      'GOVERNMENT_PROCUREMENT',
      (item) => !item.aboutPersons && (item.negative || SUPPLIERS.has(item.recordType)),
    ),
    library: user(
      LIBRARY,
      '读者免押金办证信用核查',
      'COMMENDATION',
      (item) => item.aboutPersons && READERS.has(item.recordType),
    ),
  };
}

export const asCatalogue = (users: readonly MarketUser[]): CatalogueData => ({
  units: users.map((user) => user.unit),
  items: [],
  matters: users.map((user) => user.matter),
  behaviours: [],
});
