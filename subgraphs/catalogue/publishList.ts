import type pg from 'pg';
import { under } from '../../policy/gate/fact.ts';
import type { Pack, Packs } from '../../policy/packs/packs.ts';
import type { SubgraphContext } from '../../records/context.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { inChange } from './change.ts';
import { demandCenter, demandUnit, itemOn, makeRoom, numberOf } from './publish.ts';
import { checkNamed } from './publishChecks.ts';
import { CREDIT_LIST_COLUMNS, type CreditListKind, type CreditListRow, inForce } from './rows.ts';

export interface PublishListInput {
  code: string;
  name: string;
  kind: CreditListKind;
  jurisdiction: string;
  unit: string;
  item: string;
  criteria?: string | null;
  remedy?: string | null;
  exit?: string | null;
  validFrom?: string | null;
}

const RECORD_TYPE = { RED: 'RedListing', SEVERE: 'SevereListing' } as const;

const PUBLISHED = {
  CRITERIA: { field: 'criteria', zh: '认定标准', en: 'criteria' },
  REMEDY: { field: 'remedy', zh: '救济途径', en: 'remedy' },
  EXIT: { field: 'exit', zh: '退出条件', en: 'exit' },
} as const;

const MAX_TEXT = 10_000;
/** Of control characters a text of several lines has line breaks and tabs alone. */
const CONTROL = /[^\P{Cc}\n\r\t]/u;

const CONTENT = ['name', 'kind', 'jurisdiction', 'unit', 'item', 'criteria', 'remedy', 'exit'] as const;

/** Entries and past versions are kept by these: another one is another list. */
const FIXED = [
  ['kind', '类型'],
  ['jurisdiction', '适用地区'],
  ['item', '目录事项'],
] as const;

/**
 * What is published with a list: its criteria at least, and what the jurisdiction asks for besides. Source: SH-24, SR-20.
 * @throws BAD_USER_INPUT naming the first field that is missing, all of them, and the article that asks for them.
 */
function checkPublished(input: PublishListInput, { listPublication }: Pack): void {
  const texts = Object.values(PUBLISHED);
  const unfit = texts.find(({ field }) => {
    const text = input[field] ?? '';
    return text.length > MAX_TEXT || CONTROL.test(text);
  });
  if (unfit) {
    throw badInput(unfit.field, {
      zh: `最多 ${MAX_TEXT} 个字，不含控制字符`,
      en: `must have ${MAX_TEXT} characters at most, no control characters`,
    });
  }
  const asked = listPublication?.publishes ?? ['CRITERIA'];
  const missing = texts.filter(
    (one) => asked.some((key) => PUBLISHED[key] === one) && (input[one.field] ?? '').trim() === '',
  );
  const [first] = missing;
  if (!first) return;
  const zh = `公布名单应当同时公布${missing.map((one) => one.zh).join('、')}`;
  const en = `a list is published with its ${missing.map((one) => one.en).join(', ')}`;
  throw badInput(first.field, listPublication ? under(listPublication, zh, en) : { zh, en });
}

function packOf(packs: Packs, jurisdiction: string, day: string): Pack {
  const pack = /^\d{6}$/.test(jurisdiction) ? packs.on(jurisdiction, day) : null;
  if (pack) return pack;
  throw badInput('jurisdiction', {
    zh: `没有地区 ${jurisdiction} 的规则`,
    en: `there are no rules for the jurisdiction ${jurisdiction}`,
  });
}

async function demandItem(client: pg.PoolClient, input: PublishListInput, day: string): Promise<number> {
  const item = await itemOn(client, input.item, day);
  if (!item) {
    throw badInput('item', {
      zh: `${day} 的目录中没有 ${input.item}`,
      en: `the catalogue of ${day} has no ${input.item}`,
    });
  }
  const recordType = RECORD_TYPE[input.kind];
  if (item.recordType !== recordType || item.jurisdiction !== input.jurisdiction) {
    throw badInput('item', {
      zh: `${input.item} 是 ${item.jurisdiction} 的 ${item.recordType}，应为 ${input.jurisdiction} 的 ${recordType}`,
      en: `${input.item} is of ${item.recordType} records in ${item.jurisdiction}; it must be of ${recordType} in ${input.jurisdiction}`,
    });
  }
  return item.id;
}

async function listOn(client: pg.PoolClient, code: string, day: string): Promise<CreditListRow | undefined> {
  const { rows } = await client.query<CreditListRow>(
    `select ${CREDIT_LIST_COLUMNS}, $2::date::text as day from credit_list_version v where v.code = $1 and ${inForce('$2')}`,
    [code, day],
  );
  return rows[0];
}

async function refuseOther(client: pg.PoolClient, input: PublishListInput): Promise<void> {
  const { rows } = await client.query<CreditListRow>(
    `select ${CREDIT_LIST_COLUMNS} from credit_list_version v where v.code = $1 order by v.version desc limit 1`,
    [input.code],
  );
  for (const [field, zh] of FIXED) {
    if (rows[0] && rows[0][field] !== input[field]) {
      throw refusal('CONFLICT', {
        zh: `${input.code} 的${zh}已为 ${rows[0][field]}，不能更改：请另用编码`,
        en: `${field} of ${input.code} is ${rows[0][field]} and cannot change: publish another list`,
      });
    }
  }
}

/**
 * Publishes a red list or a list of the severely dishonest, or its next version, in force from `validFrom` on. The same content again
 * changes nothing.
 * @throws FORBIDDEN, BAD_USER_INPUT naming the field, CONFLICT where another list has the code.
 */
export async function publishList(
  pool: pg.Pool,
  packs: Packs,
  input: PublishListInput,
  context: SubgraphContext,
): Promise<CreditListRow> {
  demandCenter(context);
  const { today } = context.grant;
  checkNamed(input, today);
  const from = input.validFrom ?? today;
  checkPublished(input, packOf(packs, input.jurisdiction, from));
  return inChange(pool, async (client) => {
    await demandUnit(client, 'unit', input.unit);
    const item = await demandItem(client, input, from);
    await refuseOther(client, input);
    const holding = await listOn(client, input.code, from);
    if (holding && CONTENT.every((field) => (holding[field] ?? null) === (input[field] ?? null))) {
      return { changed: false, value: holding };
    }
    const id = await numberOf(client, 'credit_list', input.code);
    const { version, to } = await makeRoom(client, 'credit_list', id, from);
    const { code, name, kind, jurisdiction, unit, criteria, remedy = null, exit = null } = input;
    await client.query(
      `insert into credit_list_version (credit_list_id, version, code, name, kind, jurisdiction, unit, item_id, criteria, remedy, exit,
         valid_from, valid_to)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [id, version, code, name, kind, jurisdiction, unit, item, criteria, remedy, exit, from, to],
    );
    return { changed: true, value: (await listOn(client, code, from)) as CreditListRow };
  });
}
