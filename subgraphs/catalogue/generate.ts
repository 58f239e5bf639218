import { usccOf } from '../../policy/identifiers/code.ts';
import { organizationCheckCharacter } from '../../policy/identifiers/organizationCode.ts';
import { PURPOSE_KINDS, type RecordClass } from '../../policy/terms.ts';
import type { BehaviourData, CatalogueData, ItemData, MatterData, UnitData, UnitKind } from './data.ts';
import { type Random, random } from './random.ts';

/** Sizes of the three lists as Shanghai's operating report of 2016 gives them [SP-three-lists]. */
export const REPORT_2016 = {
  units: {
    MUNICIPAL_ORGAN: 44,
    DISTRICT_GOVERNMENT: 16,
    CENTRAL_UNIT: 11,
    PEOPLES_ORGANIZATION: 2,
    JUDICIAL_ORGAN: 1,
    PUBLIC_INSTITUTION: 11,
    SOCIAL_ORGANIZATION: 14,
  },
  items: { city: 5326, district: 40607, organizations: 27185, persons: 18748 },
  matters: {
    /** In the order of PURPOSE_KINDS. */
    byKind: [536, 206, 483, 51, 42, 217, 146, 43],
    byUnitKind: {
      MUNICIPAL_ORGAN: 338,
      DISTRICT_GOVERNMENT: 1359,
      CENTRAL_UNIT: 14,
      PEOPLES_ORGANIZATION: 6,
      JUDICIAL_ORGAN: 2,
      PUBLIC_INSTITUTION: 2,
      SOCIAL_ORGANIZATION: 3,
    },
    /** Units of each kind that have matters. */
    units: {
      MUNICIPAL_ORGAN: 36,
      DISTRICT_GOVERNMENT: 16,
      CENTRAL_UNIT: 5,
      PEOPLES_ORGANIZATION: 2,
      JUDICIAL_ORGAN: 1,
      PUBLIC_INSTITUTION: 1,
      SOCIAL_ORGANIZATION: 1,
    },
    organizations: 1335,
    persons: 389,
  },
  behaviours: {
    punishments: 269,
    incentives: 26,
    national: 47,
    city: 248,
    units: { MUNICIPAL_ORGAN: 36, CENTRAL_UNIT: 5, PEOPLES_ORGANIZATION: 2, JUDICIAL_ORGAN: 1 },
  },
} as const;

const VALID_FROM = '2016-03-01';
const CITY = '310000';
const DISTRICTS: readonly (readonly [code: string, name: string])[] = [
  ['310101', '黄浦区'],
  ['310104', '徐汇区'],
  ['310105', '长宁区'],
  ['310106', '静安区'],
  ['310107', '普陀区'],
  ['310109', '虹口区'],
  ['310110', '杨浦区'],
  ['310112', '闵行区'],
  ['310113', '宝山区'],
  ['310114', '嘉定区'],
  ['310115', '浦东新区'],
  ['310116', '金山区'],
  ['310117', '松江区'],
  ['310118', '青浦区'],
  ['310120', '奉贤区'],
  ['310151', '崇明区'],
];
const FIELDS = (
  '食品生产,食品经营,药品零售,医疗器械,特种设备,计量器具,广告发布,商标代理,危险化学品,烟花爆竹,道路货运,道路客运,出租汽车,水路运输,机动车维修,建筑施工,工程监理,' +
  '房地产开发,物业服务,房屋租赁,城镇燃气,供水排水,园林绿化,渣土运输,户外招牌,固体废物,辐射安全,大气污染,水土保持,河道管理,农药经营,种子生产,兽药经营,动物诊疗,' +
  '粮食收购,旅行社,娱乐场所,演出经纪,出版物发行,网络文化,文物保护,体育经营,民办教育,职业培训,人力资源,劳务派遣,劳动保障,社会团体,基金会,殡葬服务,统计调查,' +
  '会计代理,政府采购,招标代理,典当拍卖,单用途预付卡,对外贸易,成品油零售,酒类流通,知识产权'
).split(',');
const ACTS = (
  '未经许可擅自从事经营活动,超出核定范围从事活动,提供虚假材料,拒不接受监督检查,逾期不改正违法行为,出租出借资质证书,未按规定报送资料,未按规定公示信息,违反安全管理规定,违反质量标准,' +
  '伪造变造证照,未履行备案手续,发布虚假信息,侵害消费者权益,拖欠应缴费用,未建立管理制度,未配备专业人员,转包违法分包,串通投标,扰乱市场秩序,年度报告,资格认定,等级评定,表彰奖励,监督检查,日常监测'
).split(',');
const PLACES = [
  '生产环节',
  '流通环节',
  '服务环节',
  '现场管理',
  '人员管理',
  '档案管理',
  '设备管理',
  '合同管理',
  '价格管理',
  '变更登记',
];

/** Share of each class in a thousand, and the records that an item of it has. The report has a chart of this, without figures. */
const CLASSES: readonly {
  class: RecordClass;
  share: number;
  organizations: string;
  persons: string;
  negative: boolean;
}[] = [
  {
    class: 'REGISTRATION',
    share: 80,
    organizations: 'Registration',
    persons: 'Registration',
    negative: false,
  },
  { class: 'QUALIFICATION', share: 220, organizations: 'Permit', persons: 'Qualification', negative: false },
  {
    class: 'SUPERVISION',
    share: 520,
    organizations: 'AdministrativePenalty',
    persons: 'AdministrativePenalty',
    negative: true,
  },
  { class: 'JUDGMENT', share: 10, organizations: 'Judgment', persons: 'Judgment', negative: true },
  { class: 'ENFORCEMENT', share: 20, organizations: 'Enforcement', persons: 'Enforcement', negative: true },
  {
    class: 'PERFORMANCE',
    share: 50,
    organizations: 'ContractRecord',
    persons: 'ContractRecord',
    negative: false,
  },
  {
    class: 'MANAGEMENT',
    share: 80,
    organizations: 'Evaluation',
    persons: 'AdministrativeAct',
    negative: false,
  },
  { class: 'PUBLIC_WELFARE', share: 20, organizations: 'Donation', persons: 'Volunteering', negative: false },
];

const UNIT_NAMES: Record<UnitKind, string> = {
  MUNICIPAL_ORGAN: '市级行政机关',
  DISTRICT_GOVERNMENT: '人民政府',
  CENTRAL_UNIT: '中央在沪单位',
  PEOPLES_ORGANIZATION: '人民团体',
  JUDICIAL_ORGAN: '司法机关',
  PUBLIC_INSTITUTION: '公共企事业单位',
  SOCIAL_ORGANIZATION: '社会组织',
};

const kindsOf = <T extends object>(counts: T): (keyof T)[] => Object.keys(counts) as (keyof T)[];

/** Whether the nth of all belongs to a share of them; exactly `share` do, evenly spread. */
const inShare = (n: number, share: number, all: number): boolean =>
  Math.floor(((n + 1) * share) / all) > Math.floor((n * share) / all);

/** Splits a number over so many, the first having most; the parts add up. */
function split(total: number, parts: number): number[] {
  const weights = Array.from({ length: parts }, (_, i) => 1 / (i + 2));
  const sum = weights.reduce((a, b) => a + b, 0);
  let used = 0;
  let weight = 0;
  return weights.map((w) => {
    weight += w;
    const upTo = Math.round((total * weight) / sum);
    const part = upTo - used;
    used = upTo;
    return part;
  });
}

const padded = (n: number, digits: number): string => String(n).padStart(digits, '0');

function units(): UnitData[] {
  const all: UnitData[] = [];
  for (const kind of kindsOf(REPORT_2016.units)) {
    for (let i = 0; i < REPORT_2016.units[kind]; i++) {
      const [jurisdiction, district] = (kind === 'DISTRICT_GOVERNMENT' && DISTRICTS[i]) || [CITY, null];
      const body = `MBX${padded(all.length + 1, 5)}`;
      all.push({
        code: usccOf(`11${jurisdiction}${body}${organizationCheckCharacter(body)}`),
        name: `上海市${district ?? ''}${UNIT_NAMES[kind]}${district ? '' : `（示例${padded(i + 1, 2)}）`}`,
        kind,
        jurisdiction,
      });
    }
  }
  return all;
}

/** Names that differ, made of field, place and act. */
const itemName = (n: number): string => {
  const place = Math.floor(n / (FIELDS.length * ACTS.length));
  return `${FIELDS[n % FIELDS.length]}${ACTS[Math.floor(n / FIELDS.length) % ACTS.length]}信息（${PLACES[place % PLACES.length]}${
    place < PLACES.length ? '' : Math.floor(place / PLACES.length) + 1
  }）`;
};

function classOf(dice: Random): (typeof CLASSES)[number] {
  let at = dice.int(1000);
  return CLASSES.find(({ share }) => (at -= share) < 0) as (typeof CLASSES)[number];
}

function items(all: readonly UnitData[], dice: Random): ItemData[] {
  const { city, district, persons } = REPORT_2016.items;
  const districts = all.filter((u) => u.kind === 'DISTRICT_GOVERNMENT');
  const others = all.filter((u) => u.kind !== 'DISTRICT_GOVERNMENT');
  const shares = [
    ...split(district, districts.length).map((count, i) => ({ unit: districts[i] as UnitData, count })),
    ...split(city, others.length).map((count, i) => ({ unit: others[i] as UnitData, count })),
  ];
  const made: ItemData[] = [];
  for (const { unit, count } of shares) {
    for (let i = 0; i < count; i++) {
      const n = made.length;
      const aboutPersons = inShare(n, persons, city + district);
      const kind = classOf(dice);
      made.push({
        code: `SH2016-${padded(n + 1, 5)}`,
        name: itemName(n),
        class: kind.class,
        tier: kind.negative || aboutPersons ? (dice.once(3) ? 'PUBLIC' : 'SHARED') : 'PUBLIC',
        jurisdiction: unit.jurisdiction,
        provider: unit.code,
        dataStandard: 'graphql',
        recordType: aboutPersons ? kind.persons : kind.organizations,
        aboutPersons,
        negative: kind.negative,
        grade: kind.negative ? dice.pick(['MINOR', 'GENERAL', 'GENERAL', 'SEVERE'] as const) : null,
        validityPeriod: null,
        updateCycle: '每月',
        useScope: null,
        validFrom: VALID_FROM,
      });
    }
  }
  return made;
}

function matters(all: readonly UnitData[], known: readonly ItemData[], dice: Random): MatterData[] {
  const { byKind, byUnitKind, units: withMatters, persons, organizations } = REPORT_2016.matters;
  const owners = kindsOf(byUnitKind).flatMap((kind) => {
    const of = all.filter((u) => u.kind === kind).slice(0, withMatters[kind]);
    return split(byUnitKind[kind], of.length).flatMap((count, i) =>
      new Array<UnitData>(count).fill(of[i] as UnitData),
    );
  });
  const kinds = PURPOSE_KINDS.flatMap((kind, i) =>
    new Array<(typeof PURPOSE_KINDS)[number]>(byKind[i] ?? 0).fill(kind),
  );
  const pools = { true: known.filter((i) => i.aboutPersons), false: known.filter((i) => !i.aboutPersons) };
  return kinds.map((kind, n) => {
    const aboutPersons = inShare(n, persons, persons + organizations);
    const pool = pools[`${aboutPersons}`];
    const scope = new Set<string>();
    const size = 5 + dice.int(40);
    while (scope.size < size) scope.add(dice.pick(pool).code);
    // Kinds lie in blocks; stepping through the owners by a number prime to their count gives every unit matters of several kinds.
    const owner = owners[(n * 7) % owners.length] as UnitData;
    return {
      code: `SH2016-M${padded(n + 1, 4)}`,
      name: `${FIELDS[n % FIELDS.length]}信用核查（${padded(n + 1, 4)}）`,
      unit: owner.code,
      kind,
      aboutPersons,
      reach: 'CITY',
      basis: '上海市公共信用信息归集和使用管理办法第十八条',
      validFrom: VALID_FROM,
      items: [...scope],
    };
  });
}

function behaviours(all: readonly UnitData[], dice: Random): BehaviourData[] {
  const { punishments, incentives, national, units: withBehaviours } = REPORT_2016.behaviours;
  const total = punishments + incentives;
  const owners = kindsOf(withBehaviours).flatMap((kind) =>
    all.filter((u) => u.kind === kind).slice(0, withBehaviours[kind]),
  );
  return Array.from({ length: total }, (_, n) => {
    const punished = !inShare(n, incentives, total);
    return {
      code: `SH2016-B${padded(n + 1, 3)}`,
      name: punished
        ? `${FIELDS[n % FIELDS.length]}${dice.pick(ACTS.slice(0, 20))}`
        : `${FIELDS[n % FIELDS.length]}守信典型`,
      unit: (owners[n % owners.length] as UnitData).code,
      effect: punished ? ('PUNISHMENT' as const) : ('INCENTIVE' as const),
      grade: punished ? dice.pick(['MINOR', 'GENERAL', 'SEVERE'] as const) : null,
      national: inShare(n, national, total),
      basis: null,
      validFrom: VALID_FROM,
    };
  });
}

/**
 * Three lists of the size of 2016, with invented units and names; for trials of size. All items are of the standard `graphql`, so that they
 * change nothing in which unit and item an imported file belongs to.
 */
export function generateCatalogue(seed = 2016): CatalogueData {
  const dice = random(seed);
  const madeUnits = units();
  const madeItems = items(madeUnits, dice);
  return {
    units: madeUnits,
    items: madeItems,
    matters: matters(madeUnits, madeItems, dice),
    behaviours: behaviours(madeUnits, dice),
  };
}
