import { describe, expect, test } from '@jest/globals';
import { parseCode } from '../../policy/identifiers/code.ts';
import { PURPOSE_KINDS, RECORD_CLASSES } from '../../policy/terms.ts';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import { generateCatalogue } from '../../subgraphs/catalogue/generate.ts';
import { contentOfName } from '../../policy/contents.ts';
import { Packs } from '../../policy/packs/packs.ts';
import { DATA_STANDARDS, RECORD_TYPES } from '../../subgraphs/catalogue/recordTypes.ts';
import { standardLayouts } from '../../subgraphs/layouts.ts';

const own = ownCatalogue();
const FULL = ['310000', '310116', '320600', '370303'];
const count = <T>(list: readonly T[], of: (one: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of list) counts[of(one)] = (counts[of(one)] ?? 0) + 1;
  return counts;
};

describe('the catalogues that come with the project', () => {
  test.each(FULL)('[JS-11] %s has an item for every type of record', (jurisdiction) => {
    const types = new Set(own.items.filter((i) => i.jurisdiction === jurisdiction).map((i) => i.recordType));
    const missing = [...RECORD_TYPES].filter((type) => !types.has(type));
    // Zhangdian's measures enter no persons for what an organization did.
    expect(missing).toEqual(jurisdiction === '370303' ? ['LinkedConduct'] : []);
  });

  test.each(FULL)(
    '[SH-18] %s has a matter for every kind of purpose, and some about natural persons',
    (place) => {
      const matters = own.matters.filter((m) => m.code.startsWith(`${place}-`));
      expect(PURPOSE_KINDS.filter((kind) => !matters.some((m) => m.kind === kind))).toEqual([]);
      expect(matters.some((m) => m.aboutPersons)).toBe(true);
    },
  );

  test('[JS-9] a file finds its item: a unit has one item of a layout for organizations and one for persons', () => {
    const places = count(
      own.items.filter((i) => i.dataStandard !== 'graphql'),
      (i) => `${i.jurisdiction} ${i.provider} ${i.dataStandard} ${i.aboutPersons}`,
    );
    expect(Object.entries(places).filter(([, n]) => n > 1)).toEqual([]);
  });

  test('[PD-13] every layout has one providing unit in a jurisdiction, save permits and penalties of 2018', () => {
    for (const jurisdiction of FULL) {
      for (const layout of standardLayouts.map((l) => l.name)) {
        const units = new Set(
          own.items
            .filter((i) => i.jurisdiction === jurisdiction && i.dataStandard === layout)
            .map((i) => i.provider),
        );
        const several = layout === 'permit-2018' || layout === 'penalty-2018';
        expect([jurisdiction, layout, units.size > 1, units.size > 0]).toEqual([
          jurisdiction,
          layout,
          several,
          true,
        ]);
      }
    }
  });

  test('every layout of import is a data standard of the catalogue', () => {
    expect([...DATA_STANDARDS].toSorted()).toEqual(
      [...standardLayouts.map((l) => l.name), 'graphql'].toSorted(),
    );
  });

  test('a layout fills records of the type that its items have', () => {
    const wrong = own.items.filter((i) => {
      const layout = standardLayouts.find((l) => l.name === i.dataStandard);
      return layout && layout.recordType !== i.recordType;
    });
    expect(wrong).toEqual([]);
  });

  test('[SH-17] every item of dishonest conduct carries a grade, and no other does', () => {
    expect(own.items.filter((i) => i.negative !== (i.grade !== null))).toEqual([]);
  });

  test('[SP-eight] all eight classes occur', () => {
    expect(new Set(own.items.map((i) => i.class))).toEqual(new Set(RECORD_CLASSES));
  });

  test('[SH-14] none is about what may not be collected', () => {
    const packs = new Packs();
    const prohibited = (code: string) => packs.on(code, '2024-06-01')?.prohibited.contents ?? [];
    expect(
      own.items.filter((i) => contentOfName(i.name, i.aboutPersons, prohibited(i.jurisdiction))),
    ).toEqual([]);
  });

  test('codes of units check out, and every code is used once', () => {
    const parsed = own.units.map((u) => parseCode(u.code, '2026-03-02'));
    expect(parsed.filter((p) => !p.ok || p.codeKind !== 'USCC' || p.warnings.length > 0)).toEqual([]);
    for (const list of [own.units, own.items, own.matters, own.behaviours]) {
      expect(new Set(list.map((one) => one.code)).size).toBe(list.length);
    }
  });

  test('items, matters and behaviours name units that are there; matters name items that are there', () => {
    const units = new Set(own.units.map((u) => u.code));
    const items = new Set(own.items.map((i) => i.code));
    expect(own.items.filter((i) => !units.has(i.provider))).toEqual([]);
    expect([...own.matters, ...own.behaviours].filter((m) => !units.has(m.unit))).toEqual([]);
    expect(own.matters.flatMap((m) => m.items).filter((code) => !items.has(code))).toEqual([]);
  });

  test('[JS-14] no matter opens an item that needs the authorization of its subject', () => {
    const authorized = new Set(own.items.filter((i) => i.tier === 'AUTHORIZED').map((i) => i.code));
    expect(own.matters.flatMap((m) => m.items).filter((code) => authorized.has(code))).toEqual([]);
  });
});

describe('[SP-three-lists] the generated catalogue has the size of 2016', () => {
  const made = generateCatalogue(7);
  const kindOf = new Map(made.units.map((u) => [u.code, u.kind]));

  test('99 units by kind', () => {
    expect(count(made.units, (u) => u.kind)).toEqual({
      MUNICIPAL_ORGAN: 44,
      DISTRICT_GOVERNMENT: 16,
      CENTRAL_UNIT: 11,
      PEOPLES_ORGANIZATION: 2,
      JUDICIAL_ORGAN: 1,
      PUBLIC_INSTITUTION: 11,
      SOCIAL_ORGANIZATION: 14,
    });
    expect(new Set(made.items.map((i) => i.provider)).size).toBe(99);
  });

  test('45,933 items: about organizations and persons, of city and districts', () => {
    expect(count(made.items, (i) => String(i.aboutPersons))).toEqual({ false: 27_185, true: 18_748 });
    expect(count(made.items, (i) => String(kindOf.get(i.provider) === 'DISTRICT_GOVERNMENT'))).toEqual({
      false: 5_326,
      true: 40_607,
    });
    expect(new Set(made.items.map((i) => i.name)).size).toBe(45_933);
  });

  test('1,724 matters by purpose, kind of unit and whom they are about', () => {
    expect(PURPOSE_KINDS.map((kind) => made.matters.filter((m) => m.kind === kind).length)).toEqual([
      536, 206, 483, 51, 42, 217, 146, 43,
    ]);
    expect(count(made.matters, (m) => String(m.aboutPersons))).toEqual({ false: 1_335, true: 389 });
    expect(count(made.matters, (m) => kindOf.get(m.unit) as string)).toEqual({
      MUNICIPAL_ORGAN: 338,
      DISTRICT_GOVERNMENT: 1_359,
      CENTRAL_UNIT: 14,
      PEOPLES_ORGANIZATION: 6,
      JUDICIAL_ORGAN: 2,
      PUBLIC_INSTITUTION: 2,
      SOCIAL_ORGANIZATION: 3,
    });
    expect(new Set(made.matters.map((m) => m.unit)).size).toBe(62);
  });

  test('295 behaviours of 44 units: punished and rewarded, national and city', () => {
    expect(count(made.behaviours, (b) => b.effect)).toEqual({ PUNISHMENT: 269, INCENTIVE: 26 });
    expect(count(made.behaviours, (b) => String(b.national))).toEqual({ true: 47, false: 248 });
    expect(new Set(made.behaviours.map((b) => b.unit)).size).toBe(44);
  });

  test('the same seed makes the same catalogue, another one another', () => {
    expect(generateCatalogue(7)).toEqual(made);
    expect(generateCatalogue(8).matters).not.toEqual(made.matters);
  });
});
