import type pg from 'pg';
import { addDays } from '../../policy/dates.ts';
import type { Packs } from '../../policy/packs/packs.ts';
import type { SubgraphContext } from '../../records/context.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { StandingClause } from '../../records/snapshot.ts';
import { inChange } from './change.ts';
import { type PublishItemInput, type PublishMatterInput, checkItem, checkMatter } from './publishChecks.ts';
import { ITEM_COLUMNS, type ItemRow, MATTER_COLUMNS, type MatterRow, inForce } from './rows.ts';
import { searchGrams, searchKey } from './search.ts';

type Table = 'item' | 'matter' | 'credit_list';

/** Unknown codes named in an error at most. */
const MAX_NAMED = 20;

export function demandCenter({ grant }: SubgraphContext): void {
  if (grant.caller.role !== 'center') {
    throw refusal('FORBIDDEN', {
      zh: '目录仅由公共信用信息工作机构公布',
      en: 'the catalogue is published by the credit center alone',
    });
  }
}

export async function demandUnit(client: pg.PoolClient, argument: string, code: string): Promise<void> {
  const { rowCount } = await client.query('select from unit where code = $1', [code]);
  if (rowCount === 0) {
    throw badInput(argument, {
      zh: `没有代码为 ${code} 的单位`,
      en: `there is no unit with the code ${code}`,
    });
  }
}

export async function numberOf(client: pg.PoolClient, table: Table, code: string): Promise<number> {
  const known = await client.query<{ id: number }>(`select id from ${table} where code = $1`, [code]);
  if (known.rows[0]) return known.rows[0].id;
  const added = await client.query<{ id: number }>(`insert into ${table} (code) values ($1) returning id`, [
    code,
  ]);
  return (added.rows[0] as { id: number }).id;
}

/**
 * Makes room in a line of versions for one that begins on a day: what holds on that day ends the day before, and the new one ends the day
 * before the next. What was replaced before its first day has an end before its beginning: it stays readable and never holds.
 */
export async function makeRoom(
  client: pg.PoolClient,
  table: Table,
  id: number,
  from: string,
): Promise<{ version: number; to: string | null }> {
  const { rows } = await client.query<{ version: number; next: string | null }>(
    `select coalesce(max(version), 0) + 1 as version,
       min(valid_from) filter (where valid_from > $2::date and (valid_to is null or valid_to >= valid_from)) as next
     from ${table}_version where ${table}_id = $1`,
    [id, from],
  );
  const { version, next } = rows[0] as { version: number; next: string | null };
  await client.query(
    `update ${table}_version v set valid_to = $2::date - 1 where v.${table}_id = $1 and ${inForce('$2')}`,
    [id, from],
  );
  return { version, to: next === null ? null : addDays(next, -1) };
}

export async function itemOn(client: pg.PoolClient, code: string, day: string): Promise<ItemRow | undefined> {
  const { rows } = await client.query<ItemRow>(
    `select ${ITEM_COLUMNS} from item_version v where v.code = $1 and ${inForce('$2')}`,
    [code, day],
  );
  return rows[0];
}

const CONTENT = [
  'name',
  'class',
  'tier',
  'jurisdiction',
  'provider',
  'dataStandard',
  'recordType',
  'aboutPersons',
  'negative',
  'grade',
  'validityPeriod',
  'updateCycle',
  'useScope',
] as const;

/** Records are kept by these: another one is another item. */
const FIXED = [
  ['jurisdiction', '适用地区'],
  ['recordType', '记录类型'],
  ['aboutPersons', '主体范围'],
] as const;

async function refuseOther(client: pg.PoolClient, input: PublishItemInput): Promise<void> {
  const { rows } = await client.query<ItemRow>(
    `select ${ITEM_COLUMNS} from item_version v where v.code = $1 order by v.version desc limit 1`,
    [input.code],
  );
  for (const [field, zh] of FIXED) {
    if (rows[0] && rows[0][field] !== input[field]) {
      throw refusal('CONFLICT', {
        zh: `${input.code} 的${zh}已为 ${rows[0][field]}，不能更改：请另用编码`,
        en: `${field} of ${input.code} is ${rows[0][field]} and cannot change: publish another item`,
      });
    }
  }
}

/**
 * Publishes an item or its next version, in force from `validFrom` on. The same content again changes nothing.
 * @throws FORBIDDEN, BAD_USER_INPUT naming the field, CONFLICT where another item has the code.
 */
export async function publishItem(
  pool: pg.Pool,
  packs: Packs,
  input: PublishItemInput,
  context: SubgraphContext,
): Promise<ItemRow> {
  demandCenter(context);
  const { today } = context.grant;
  checkItem(input, today, packs);
  const from = input.validFrom ?? today;
  return inChange(pool, async (client) => {
    await demandUnit(client, 'provider', input.provider);
    await refuseOther(client, input);
    const holding = await itemOn(client, input.code, from);
    if (holding && CONTENT.every((field) => (holding[field] ?? null) === (input[field] ?? null))) {
      return { changed: false, value: holding };
    }
    const id = await numberOf(client, 'item', input.code);
    const { version, to } = await makeRoom(client, 'item', id, from);
    await client.query(
      `insert into item_version (item_id, version, code, name, class, tier, jurisdiction, provider, data_standard, record_type,
         about_persons, negative, grade, validity_period, update_cycle, use_scope, valid_from, valid_to, search_key, search_grams)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
      [
        id,
        version,
        input.code,
        ...CONTENT.map((field) => input[field] ?? null),
        from,
        to,
        searchKey(input.name, input.code),
        searchGrams(input.name, input.code),
      ],
    );
    return { changed: true, value: (await itemOn(client, input.code, from)) as ItemRow };
  });
}

async function matterOn(
  client: pg.PoolClient,
  code: string,
  day: string,
): Promise<(MatterRow & { items: number[] }) | undefined> {
  const { rows } = await client.query<MatterRow & { items: number[] }>(
    `select ${MATTER_COLUMNS}, $2::date::text as day,
       array(select s.item_id from matter_scope s where s.matter_id = v.matter_id and s.version = v.version) as items
     from matter_version v where v.code = $1 and ${inForce('$2')}`,
    [code, day],
  );
  return rows[0];
}

async function itemNumbers(client: pg.PoolClient, codes: readonly string[]): Promise<number[]> {
  const { rows } = await client.query<{ id: number; code: string }>(
    'select id, code from item where code = any($1)',
    [codes],
  );
  const known = new Set(rows.map((row) => row.code));
  const unknown = [...new Set(codes.filter((code) => !known.has(code)))];
  if (unknown.length > 0) {
    const named = unknown.slice(0, MAX_NAMED);
    const more = unknown.length - named.length;
    throw badInput('items', {
      zh: `目录中没有 ${named.join('、')}${more > 0 ? ` 等 ${unknown.length} 项` : ''}`,
      en: `the catalogue has no ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    });
  }
  return rows.map((row) => row.id);
}

/** @throws BAD_USER_INPUT where a clause names an item whose records are not negative: it could never be hit. */
async function refuseHarmless(
  client: pg.PoolClient,
  { rule }: PublishMatterInput,
  day: string,
): Promise<void> {
  const codes = (rule ?? []).flatMap(({ item }) => item ?? []);
  if (codes.length === 0) return;
  const { rows } = await client.query<{ code: string }>(
    `select v.code from item_version v where v.code = any($1) and not v.negative and ${inForce('$2')} order by v.code`,
    [codes, day],
  );
  if (rows.length === 0) return;
  const named = rows.map(({ code }) => code);
  throw badInput('rule', {
    zh: `${named.join('、')} 不是失信信息事项`,
    en: `${named.join(', ')}: not an item of negative records`,
  });
}

/** Clauses in one form, to be compared and kept. */
const ruleText = (rule: readonly StandingClause[] | null | undefined): string | null =>
  rule
    ? JSON.stringify(
        rule.map(({ item, class: of, grade, years }) => ({
          ...(item != null && { item }),
          ...(of != null && { class: of }),
          ...(grade != null && { grade }),
          ...(years != null && { years }),
        })),
      )
    : null;

const MATTER_CONTENT = ['name', 'unit', 'kind', 'aboutPersons', 'reach', 'basis'] as const;

/** Of two lists that name nothing twice. */
function sameItems(a: readonly number[], b: readonly number[]): boolean {
  const known = new Set(b);
  return a.length === b.length && a.every((id) => known.has(id));
}

/**
 * Publishes a matter or its next version with its scope. The same content again changes nothing.
 * @throws FORBIDDEN, BAD_USER_INPUT naming the field and every unknown item.
 */
export async function publishMatter(
  pool: pg.Pool,
  given: PublishMatterInput,
  context: SubgraphContext,
): Promise<MatterRow> {
  demandCenter(context);
  const input: PublishMatterInput = { ...given, reach: given.reach ?? 'DISTRICT' };
  const { today } = context.grant;
  checkMatter(input, today);
  const from = input.validFrom ?? today;
  return inChange(pool, async (client) => {
    await demandUnit(client, 'unit', input.unit);
    const items = await itemNumbers(client, input.items);
    await refuseHarmless(client, input, from);
    const holding = await matterOn(client, input.code, from);
    if (
      holding &&
      ruleText(holding.rule) === ruleText(input.rule) &&
      sameItems(holding.items, items) &&
      MATTER_CONTENT.every((field) => (holding[field] ?? null) === (input[field] ?? null))
    ) {
      return { changed: false, value: holding };
    }
    const id = await numberOf(client, 'matter', input.code);
    const { version, to } = await makeRoom(client, 'matter', id, from);
    await client.query(
      `insert into matter_version (matter_id, version, code, name, unit, kind, about_persons, reach, basis, rule, valid_from,
         valid_to, search_key, search_grams)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        id,
        version,
        input.code,
        ...MATTER_CONTENT.map((field) => input[field] ?? null),
        ruleText(input.rule),
        from,
        to,
        searchKey(input.name, input.code),
        searchGrams(input.name, input.code),
      ],
    );
    await client.query(
      'insert into matter_scope (matter_id, version, item_id) select $1, $2, * from unnest($3::int[])',
      [id, version, items],
    );
    return { changed: true, value: (await matterOn(client, input.code, from)) as MatterRow };
  });
}
