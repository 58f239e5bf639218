import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { type RecordKind, snakeCase as column } from '../../../records/kind.ts';

/** Records of a page where a query does not say. */
const PAGE = 20;

const as = (field: FieldNode, expression: string): string =>
  `${expression} as "${(field.alias ?? field.name).value}"`;
const object = (columns: readonly string[]): string =>
  `(select row_to_json(o) from (select ${columns.join(', ')}) o)`;

/**
 * A query for one subject by its code, or for many by theirs, as one statement that gives the text of `data`. Its names go into the statement as
 * they are: it must be one of ours, such as those of `bench/subject`, with one root field `subject` or `subjects`, whole lists and no field twice.
 */
export function subjectSql(document: DocumentNode, kinds: readonly RecordKind[]): string {
  const fragments = new Map(
    document.definitions
      .filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION)
      .map((d) => [d.name.value, d.selectionSet]),
  );
  /** In the order of the query. A fragment on records applies to every one. */
  const fieldsOf = (selectionSet: SelectionSetNode | undefined): FieldNode[] =>
    (selectionSet?.selections ?? []).flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet);
      return fieldsOf(fragments.get(selection.name.value));
    });

  const ofRecord = (kind: RecordKind, field: FieldNode): string => {
    const name = field.name.value;
    const parts = fieldsOf(field.selectionSet).map((part) => part.name.value);
    if (name === 'dispute') {
      const marks = parts.map((part) => `r.dispute ->> '${part}' as "${part}"`);
      return as(field, `case when r.dispute is not null then ${object(marks)} end`);
    }
    if (parts.length > 0) return as(field, object(parts.map((part) => `r.${name}_${part} as "${part}"`)));
    const decimal = kind.columns.some((c) => c.field === name && c.type === 'decimal');
    return as(field, `r.${column(name)}${decimal ? '::text' : ''}`);
  };

  const records = (kind: RecordKind, field: FieldNode | undefined): string => {
    const columns = fieldsOf(field?.selectionSet).map((one) => ofRecord(kind, one));
    return `(select ${columns.join(', ')} from ${kind.table} r where r.subject_id = s.id
      order by r.effective_on desc, r.id desc limit ${kind.single ? 1 : PAGE})`;
  };

  const ofSubject = (field: FieldNode): string => {
    const kind = kinds.find((k) => k.field === field.name.value);
    if (!kind) return as(field, `s.${column(field.name.value)}`);
    if (kind.single) return as(field, `(select row_to_json(n) from ${records(kind, field)} n)`);
    const [nodes] = fieldsOf(field.selectionSet);
    const list = `(select coalesce(json_agg(n), '[]') from ${records(kind, nodes)} n)`;
    return as(field, object([`${list} as nodes`]));
  };

  const operation = document.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION);
  const [root] = fieldsOf(operation?.selectionSet);
  const columns = fieldsOf(root?.selectionSet).map(ofSubject);
  if (root?.name.value === 'subjects') {
    return `select '{"subjects":[' || string_agg(o.subject::text, ',' order by o.nth) || ']}' as data from (
      select asked.nth, ${object(columns)} as subject
      from unnest($1::text[]) with ordinality asked(code, nth) join subject s on s.code = asked.code
    ) o`;
  }
  return `select row_to_json(d)::text as data from (
    select ${object(columns)} as subject from subject s where s.code = $1
  ) d`;
}
