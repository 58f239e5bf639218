import { checkedRow, type Row } from './row.ts';

const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/**
 * Rows that came as objects by column name or field code (`submitRecords`), in the form that files have: a
 * header of all names used, then the rows, numbered from 1.
 */
export async function* objectRows(
  objects: readonly Readonly<Record<string, unknown>>[],
): AsyncGenerator<Row> {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  yield checkedRow(0, names);
  for (const [at, object] of objects.entries()) {
    yield checkedRow(
      at + 1,
      names.map((name) => cellText(object[name])),
    );
  }
}
