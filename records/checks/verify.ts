import type { GraphQLSchema } from 'graphql';
import { isObjectType } from 'graphql';
import type pg from 'pg';
import { documentNumberKey } from '../../policy/documentNumbers.ts';
import { exactText } from '../../policy/exactText.ts';
import { tiersOf } from '../../policy/tiers.ts';
import { COMMON_COLUMNS } from '../columns.ts';
import type { SubgraphContext } from '../context.ts';
import { discloseItem } from '../disclosure.ts';
import { badInput, refusal } from '../errors.ts';
import { opens, tierOf } from '../guard.ts';
import type { RecordKind } from '../kind.ts';
import { type ReadKey, disclosed, itemsLiteral } from '../read.ts';

/** A stated fact of one record: fields of its type with the values that are to be compared, as text. */
export interface Fact {
  recordType: string;
  values: readonly { field: string; value: string }[];
}

/** Common fields that a fact can state. */
const COMMON = ['documentNumber', 'title', 'formedOn', 'determinedOn', 'endedOn', 'grade'];

/** Records of one kind and subject that are compared at most. */
const MAX_ROWS = 1_000;

/**
 * Fields of which the exact value must be known already to be stated: a number, a name, an address. A fact that names none of them would be a
 * question, not a statement: a grade is guessed in three tries.
 */
const isExact = (field: string): boolean =>
  field.endsWith('Number') || ['legalRepresentative', 'personName', 'address'].includes(field);

interface Stated {
  field: string;
  column: string;
  matches: (kept: string) => boolean;
}

const trimmedDecimal = (text: string): string => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

function statedBy(kind: RecordKind, { values }: Fact): Stated[] {
  return values.map(({ field, value }, i): Stated => {
    const own = kind.columns.find((column) => column.field === field && !column.isSubject);
    const column = own?.column ?? (COMMON.includes(field) ? COMMON_COLUMNS[field] : undefined);
    if (!column)
      throw badInput(`fact.values[${i}].field`, {
        zh: `${kind.type} 没有可核验的字段 ${field}`,
        en: `${kind.type} has no field ${field} to be verified`,
      });
    if (exactText(value) === '')
      throw badInput(`fact.values[${i}].value`, { zh: '不能为空', en: 'must not be empty' });
    const key =
      field === 'documentNumber' ? documentNumberKey : own?.type === 'decimal' ? trimmedDecimal : exactText;
    const sent = key(value.trim());
    return { field, column, matches: (kept) => key(kept) === sent };
  });
}

/** @throws FORBIDDEN, AUTHORIZATION_REQUIRED where the caller may not read a field: what is not shown is not verified either. */
function refuseClosed(
  stated: readonly Stated[],
  kind: RecordKind,
  schema: GraphQLSchema,
  context: SubgraphContext,
) {
  const type = schema.getType(kind.type);
  const tiers = stated.map(({ field }) => {
    const found = isObjectType(type) ? type.getFields()[field] : undefined;
    return (found && tierOf(found)) ?? 'AUTHORIZED';
  });
  const { scope } = context.grant;
  const basis = scope.kind === 'MATTER' || scope.kind === 'SELF' ? scope.kind : 'PUBLIC';
  const closed = tiers.find((tier) => !tiersOf(basis).includes(tier));
  if (closed && scope.kind !== 'AUTHORIZED')
    throw refusal(closed === 'SHARED' ? 'FORBIDDEN' : 'AUTHORIZATION_REQUIRED', {
      zh: '该字段不在可核验的范围内',
      en: 'a field of the fact is beyond what the caller may see',
    });
  return tiers;
}

export type FactVerifier = (
  fact: Fact,
  key: ReadKey,
  context: SubgraphContext,
  schema: GraphQLSchema,
) => Promise<boolean>;

/**
 * Whether one disclosed record of the subject has every stated value [JS-12]. Nothing else leaves: neither the record nor which value it was
 * that failed. It takes the same steps whether the subject, the record or nothing is on file.
 * @throws BAD_USER_INPUT where the fact names no exact value, or a field that its type has not.
 */
export function factVerifier(pool: pg.Pool, kinds: readonly RecordKind[]): FactVerifier {
  const byType = new Map(kinds.map((kind) => [kind.type, kind]));
  return async (fact, key, context, schema) => {
    const kind = byType.get(fact.recordType);
    if (!kind) throw badInput('fact.recordType', { zh: '没有这种记录', en: 'is no type of record' });
    const stated = statedBy(kind, fact);
    if (!stated.some(({ field }) => isExact(field)))
      throw badInput('fact', {
        zh: '须写明文号、证号、姓名等确定的内容',
        en: 'must state an exact value: a document or certificate number, a name, an address',
      });
    const tiers = refuseClosed(stated, kind, schema, context);
    const bound = key.district !== undefined;
    const { rows } = await pool.query<{ item: number } & Record<string, string | number | null>>(
      `select r.item_id as item, ${stated.map(({ column }, i) => `r.${column}::text as v${i}`).join(', ')}
       from (select $1::uuid as subject_id, $2::int as scope, $3::date as today, $4::text as items${bound ? ', $5::text as district' : ''}) k
       join ${kind.table} r on r.subject_id = k.subject_id
       where ${disclosed('k.today', true, bound)} limit ${MAX_ROWS}`,
      [key.subjectId, key.scope, key.today, itemsLiteral(key), ...(bound ? [key.district] : [])],
    );
    const found = rows.find((row) =>
      stated.every(({ matches }, i) => {
        const kept = row[`v${i}`];
        const record = { subjectId: key.subjectId, itemId: row.item };
        return (
          typeof kept === 'string' &&
          opens(record, context, tiers[i] as (typeof tiers)[number]) &&
          matches(kept)
        );
      }),
    );
    if (found) {
      context.report.subjects.add(key.subjectId);
      discloseItem(context.report, key.subjectId, found.item);
    }
    return found !== undefined;
  };
}
