import type { CorrectedField, Correction, OwnValue } from '../recordInput.ts';
import { badInput } from '../errors.ts';
import { CellFault } from './cells.ts';
import { matchHeader } from './header.ts';
import type { Layout, Place } from './layout.ts';
import { objectRows } from './reading/objects.ts';
import { BLANK } from './record.ts';

const placeOf = (to: Place | readonly Place[] | undefined): Place | undefined => [to ?? []].flat()[0];

/**
 * The columns of a plain layout that a correction can name: all but those of the subject. Whose record it is cannot be corrected: it is
 * revoked, and submitted of the right subject.
 */
const correctable = (layout: Layout): Layout => ({
  ...layout,
  columns: layout.columns.filter(({ to }) => placeOf(to)?.startsWith('subject.') === false),
});

/**
 * Reads corrected values by column name or field code, cell by cell as from a file. A blank one empties its field; what is not named stays.
 * @param layout the plain one of the record's type
 * @throws BAD_USER_INPUT that names every column at fault
 */
export async function readCorrection(
  layout: Layout,
  values: Readonly<Record<string, unknown>>,
  today: string,
): Promise<Correction> {
  const plain = correctable(layout);
  const [header, row] = await Array.fromAsync(objectRows([values]));
  if (!header || !row || header.cells.length === 0) {
    throw badInput('values', { zh: '没有更正的内容', en: 'nothing is corrected' });
  }
  if (row.fault)
    throw badInput('values', { zh: '含有无法辨认的字符', en: 'a character was lost on the way' });
  const { cells, unknown } = matchHeader(plain, header.cells);
  if (unknown.length > 0) {
    const names = plain.columns.map(({ header: name }) => name).join('、');
    throw badInput('values', {
      zh: `没有列“${unknown.join('、')}”，可更正的列：${names}`,
      en: `no column "${unknown.join(', ')}"; columns that can be corrected: ${names}`,
    });
  }
  const correction: Correction = { own: {} };
  const faults: { column: string; fault: CellFault }[] = [];
  plain.columns.forEach(({ header: column, cell, to }, at) => {
    const found = cells[at] as number;
    if (found < 0) return;
    const text = (row.cells[found] as string).trim();
    const value = BLANK.has(text) ? null : cell.read(text, today);
    if (value instanceof CellFault) faults.push({ column, fault: value });
    else put(correction, placeOf(to) as Place, value);
  });
  if (faults.length > 0) {
    throw badInput('values', {
      zh: faults.map(({ column, fault }) => `${column}：${fault.reason.zh}`).join('；'),
      en: faults.map(({ column, fault }) => `${column}: ${fault.reason.en}`).join('; '),
    });
  }
  return correction;
}

function put(correction: Correction, place: Place, value: OwnValue): void {
  if (place.startsWith('own.')) correction.own[place.slice('own.'.length)] = value;
  else Object.assign(correction, { [place as CorrectedField]: value });
}
