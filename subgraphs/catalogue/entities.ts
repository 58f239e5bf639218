import { type EntitySchema, defineEntity, p } from '@mikro-orm/core';

// A search reads the pending list of its GIN index as well, from one end to the other: short lists keep it quick, none would make loads slow.

/** Units are known to every list by their code. */
export const Unit = defineEntity({
  name: 'CatalogueUnit',
  tableName: 'unit',
  comment: '单位: units that provide or query information',
  indexes: [
    {
      name: 'unit_search',
      expression:
        'create index unit_search on unit using gin (search_grams) with (gin_pending_list_limit = 256)',
    },
    { name: 'unit_kind', properties: ['kind', 'code'] },
  ],
  properties: {
    code: p.string().length(18).primary().comment('统一社会信用代码'),
    name: p.text().comment('单位名称'),
    kind: p.string().length(24).comment('单位类型, seven as in the 2016 report'),
    jurisdiction: p.string().length(6).comment('所在地区: GB/T 2260 division code'),
    searchKey: p.text().comment('Name and code in the form in which text is compared'),
    searchGrams: p.array().comment('Pairs of letters of the search key'),
  },
});

/** The item itself, through all its versions. */
export const Item = defineEntity({
  name: 'Item',
  tableName: 'item',
  comment: '目录事项: the number that records of an item carry, the same through all its versions',
  properties: {
    id: p.integer().primary().autoincrement().comment('Number of the item'),
    code: p.string().length(64).unique('item_code').comment('事项编码'),
  },
});

export const ItemVersion = defineEntity({
  name: 'ItemVersion',
  tableName: 'item_version',
  comment: '数据清单: what holds of an item from a day to a day [JS-9, SH-15, NT-8]',
  indexes: [
    { name: 'item_version_code', properties: ['code', 'validFrom'] },
    { name: 'item_version_place', properties: ['jurisdiction', 'code'] },
    { name: 'item_version_provider', properties: ['provider', 'code'] },
    { name: 'item_version_class', properties: ['class', 'code'] },
    {
      name: 'item_version_search',
      expression:
        'create index item_version_search on item_version using gin (search_grams) with (gin_pending_list_limit = 256)',
    },
  ],
  properties: {
    item: () => p.manyToOne(Item).primary().comment('Number of the item'),
    version: p.integer().primary().comment('版本: 1 for the first, in the order of publication'),
    code: p.string().length(64).comment('事项编码'),
    name: p.text().comment('事项名称'),
    class: p.string().length(16).comment('信息类别, eight as in the 2016 report'),
    tier: p.string().length(16).comment('公开属性: PUBLIC 社会公开, SHARED 政府共享, AUTHORIZED 授权查询'),
    jurisdiction: p.string().length(6).comment('适用地区: GB/T 2260 division code'),
    provider: () => p.manyToOne(Unit).fieldName('provider').comment('提供单位: 统一社会信用代码'),
    dataStandard: p.string().length(32).comment('数据标准: layout of its records, or graphql'),
    recordType: p.string().length(64).comment('GraphQL type of its records'),
    aboutPersons: p.boolean().comment('True: about 自然人; false: about 法人和非法人组织'),
    negative: p.boolean().comment('失信信息'),
    grade: p
      .string()
      .length(8)
      .nullable()
      .comment('失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重; null: records carry their own'),
    validityPeriod: p
      .string()
      .length(16)
      .nullable()
      .comment('有效期限: ISO 8601 period; null: the jurisdiction decides'),
    updateCycle: p.text().comment('更新周期'),
    useScope: p.text().nullable().comment('使用范围'),
    validFrom: p.date().comment('First day in force'),
    validTo: p
      .date()
      .nullable()
      .comment('Last day in force; null: none set; before the first day: replaced before it came into force'),
    searchKey: p.text().comment('Name and code in the form in which text is compared'),
    searchGrams: p.array().comment('Pairs of letters of the search key'),
    publishedAt: p.datetime().defaultRaw('now()').comment('发布时间'),
  },
});

export const Matter = defineEntity({
  name: 'Matter',
  tableName: 'matter',
  comment: '应用事项: the number that scopes carry, the same through all versions of a matter',
  properties: {
    id: p.integer().primary().autoincrement().comment('Number of the matter'),
    code: p.string().length(64).unique('matter_code').comment('事项编码'),
  },
});

export const MatterVersion = defineEntity({
  name: 'MatterVersion',
  tableName: 'matter_version',
  comment: '应用清单: what holds of a matter from a day to a day [SH-18]',
  indexes: [
    { name: 'matter_version_code', properties: ['code', 'validFrom'] },
    { name: 'matter_version_unit', properties: ['unit', 'code'] },
    {
      name: 'matter_version_search',
      expression:
        'create index matter_version_search on matter_version using gin (search_grams) with (gin_pending_list_limit = 256)',
    },
  ],
  properties: {
    matter: () => p.manyToOne(Matter).primary().comment('Number of the matter'),
    version: p.integer().primary().comment('版本: 1 for the first, in the order of publication'),
    code: p.string().length(64).comment('事项编码'),
    name: p.text().comment('事项名称'),
    unit: () => p.manyToOne(Unit).fieldName('unit').comment('应用单位: 统一社会信用代码'),
    kind: p.string().length(32).comment('应用事项类型, eight as in the 2016 report'),
    aboutPersons: p.boolean().comment('True: the matter concerns natural persons'),
    reach: p
      .string()
      .length(8)
      .default('DISTRICT')
      .comment('数据范围: what a district’s credential sees, DISTRICT 本区 or CITY 全市 [SP-sub]'),
    basis: p.text().nullable().comment('法律依据'),
    rule: p
      .json<object>()
      .nullable()
      .comment(
        '信用状况核查规则: clauses of negative records that must be absent; null: all in scope [SP-check]',
      ),
    validFrom: p.date().comment('First day in force'),
    validTo: p
      .date()
      .nullable()
      .comment('Last day in force; null: none set; before the first day: replaced before it came into force'),
    searchKey: p.text().comment('Name and code in the form in which text is compared'),
    searchGrams: p.array().comment('Pairs of letters of the search key'),
    publishedAt: p.datetime().defaultRaw('now()').comment('发布时间'),
  },
});

/** Names items, not versions of items: a change of an item's tier holds in every matter at once. */
export const MatterScope = defineEntity({
  name: 'MatterScope',
  tableName: 'matter_scope',
  comment: '信息范围: items that a version of a matter opens',
  properties: {
    matterVersion: () =>
      p
        .manyToOne(MatterVersion)
        .joinColumns('matter_id', 'version')
        .primary()
        .comment('Number and version of the matter'),
    item: () => p.manyToOne(Item).primary().comment('Number of the item'),
  },
});

export const Behaviour = defineEntity({
  name: 'Behaviour',
  tableName: 'behaviour',
  comment: '行为清单: graded conduct, punished or rewarded [SH-17]',
  indexes: [
    {
      name: 'behaviour_search',
      expression:
        'create index behaviour_search on behaviour using gin (search_grams) with (gin_pending_list_limit = 256)',
    },
  ],
  properties: {
    code: p.string().length(64).primary().comment('行为编码'),
    name: p.text().comment('行为名称'),
    unit: () => p.manyToOne(Unit).fieldName('unit').comment('认定单位: 统一社会信用代码'),
    effect: p.string().length(16).comment('PUNISHMENT 惩戒, INCENTIVE 激励'),
    grade: p
      .string()
      .length(8)
      .nullable()
      .comment('失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重; null: an incentive'),
    national: p.boolean().comment('国家级 (true) or 市级'),
    basis: p.text().nullable().comment('依据'),
    validFrom: p.date().comment('First day in force'),
    validTo: p.date().nullable().comment('Last day in force; null: none set'),
    searchKey: p.text().comment('Name and code in the form in which text is compared'),
    searchGrams: p.array().comment('Pairs of letters of the search key'),
  },
});

/** The list itself, through all its versions. */
export const CreditList = defineEntity({
  name: 'CreditList',
  tableName: 'credit_list',
  comment:
    '名单: the number of a red list or a list of the severely dishonest, the same through all its versions',
  properties: {
    id: p.integer().primary().autoincrement().comment('Number of the list'),
    code: p.string().length(64).unique('credit_list_code').comment('名单编码'),
  },
});

export const CreditListVersion = defineEntity({
  name: 'CreditListVersion',
  tableName: 'credit_list_version',
  comment: '名单及其认定标准、救济途径、退出条件 from a day to a day [SH-24, SR-20]',
  indexes: [
    { name: 'credit_list_version_code', properties: ['code', 'validFrom'] },
    { name: 'credit_list_version_place', properties: ['jurisdiction', 'code'] },
  ],
  properties: {
    creditList: () => p.manyToOne(CreditList).primary().comment('Number of the list'),
    version: p.integer().primary().comment('版本: 1 for the first, in the order of publication'),
    code: p.string().length(64).comment('名单编码'),
    name: p.text().comment('名单名称'),
    kind: p.string().length(8).comment('RED 守信红名单, SEVERE 严重失信名单'),
    jurisdiction: p.string().length(6).comment('适用地区: GB/T 2260 division code'),
    unit: () => p.manyToOne(Unit).fieldName('unit').comment('认定单位: 统一社会信用代码'),
    item: () => p.manyToOne(Item).comment('目录事项 under which its entries are collected'),
    criteria: p.text().comment('认定标准'),
    remedy: p.text().nullable().comment('救济途径'),
    exit: p.text().nullable().comment('退出条件'),
    validFrom: p.date().comment('First day in force'),
    validTo: p
      .date()
      .nullable()
      .comment('Last day in force; null: none set; before the first day: replaced before it came into force'),
    publishedAt: p.datetime().defaultRaw('now()').comment('发布时间'),
  },
});

/** One row. Every writer updates it first, so writers take turns and a higher number is always a later content. */
export const Revision = defineEntity({
  name: 'CatalogueRevision',
  tableName: 'catalogue_revision',
  comment: '目录版本号: how often the catalogue has changed; one row',
  properties: {
    id: p.integer().primary().autoincrement(false).comment('Always 1'),
    revision: p.bigint('number').comment('Grows by one with every change'),
  },
});

export const entities = [
  Unit,
  Item,
  ItemVersion,
  Matter,
  MatterVersion,
  MatterScope,
  Behaviour,
  CreditList,
  CreditListVersion,
  Revision,
] as EntitySchema[];
