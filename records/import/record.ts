import { type Suspicion, textScreen } from '../../policy/contents.ts';
import { gateFor } from '../../policy/gate/gate.ts';
import { visibleUntil } from '../../policy/retention.ts';
import type { Pack } from '../../policy/packs/packs.ts';
import { type Grade, SUBJECT_KINDS_ZH, type SubjectKind } from '../../policy/terms.ts';
import { birthDate } from '../../policy/identifiers/code.ts';
import type { SubjectInput } from '../delivery.ts';
import type { OwnValue, RecordInput } from '../recordInput.ts';
import type { SnapshotItem } from '../snapshot.ts';
import { CellFault, type CellKind } from './cells.ts';
import { type Fault, fault, quoted } from './fault.ts';
import type { HeaderMatch } from './header.ts';
import { type Items, itemFor } from './items.ts';
import type { Column, CommonField, Draft, Layout, Place, SubjectField } from './layout.ts';
import type { Row } from './reading/row.ts';
import { REJECT_RULES } from './rules.ts';
import { type SubjectCells, codeReader, subjectOf } from './subject.ts';

/** A row that passed. The record's `subjectId` is empty until registration gives it. */
export interface ReadRecord {
  subject: SubjectInput;
  record: RecordInput;
  /** A text in it that may carry what must not be collected: for a person to look at [SH-14]. */
  suspicion: (Suspicion & { column: string | null }) | null;
}

/** What holds for all rows of a submission. */
export interface SubmissionTerms {
  layout: Layout;
  items: Items;
  provider: string;
  jurisdiction: string;
  pack: Pack;
  today: string;
  /** The route that each record notes; what its row or unit says unless given. */
  route?: string;
}

const TITLE = 200;

/** How units write that a cell holds nothing. */
export const BLANK: ReadonlySet<string> = new Set(['', '-', '--', '—', '/', 'N/A', 'n/a', 'NULL', 'null']);

/** One cell of the row and where its value goes. */
interface Step {
  cell: number;
  header: string;
  required: boolean;
  kind: CellKind;
  target: 'subject' | 'common' | 'own' | 'note';
  field: string;
  more: readonly { target: Step['target']; field: string }[];
}

const COMMON: ReadonlySet<string> = new Set<CommonField>([
  'documentNumber',
  'title',
  'formedOn',
  'determinedOn',
  'endedOn',
  'grade',
]);

function aim(place: Place): { target: Step['target']; field: string } {
  if (COMMON.has(place)) return { target: 'common', field: place };
  const [target, field] = place.split('.') as [Step['target'], string];
  return { target, field };
}

const placesOf = (column: Column): readonly Place[] => [column.to ?? []].flat();

function steps(layout: Layout, header: HeaderMatch): Step[] {
  return layout.columns.flatMap((column, at) => {
    const cell = header.cells[at] as number;
    if (cell < 0) return [];
    const [first = { target: 'note' as const, field: column.header }, ...more] = placesOf(column).map(aim);
    return [
      { cell, header: column.header, required: column.required === true, kind: column.cell, ...first, more },
    ];
  });
}

/**
 * Reads the rows of a chunk. What it remembers of repeating values goes with the chunk, so that memory does
 * not grow with the file.
 */
export type RowReader = (row: Row) => ReadRecord | Fault[];

/**
 * Makes the readers of a submission, one for each chunk. A row becomes a record with its subject, or a list
 * of all that is wrong with it, in the order of the layout's columns, the subject first.
 */
export function rowReaders(terms: SubmissionTerms, header: HeaderMatch): () => RowReader {
  const { layout } = terms;
  const plan = steps(layout, header);
  const subjectHeaders: SubjectCells['headers'] = {};
  const noSubject: SubjectCells['values'] = {};
  // Copied for every row, so that all rows of a batch have the same shape, which is what makes them cheap.
  const noOwn: Draft['own'] = {};
  for (const column of layout.columns) {
    for (const { target, field } of placesOf(column).map(aim)) {
      if (target === 'own') noOwn[field] = null;
      if (target !== 'subject') continue;
      noSubject[field as SubjectField] = null;
      subjectHeaders[field as SubjectField] = column.header;
    }
  }
  const registeredIn = layout.registers ? terms.jurisdiction : null;
  const gate = gateFor(layout.recordType, terms.pack, terms.today);
  const statesGrade = headerOf(layout, 'grade') !== null;
  const { contents } = terms.pack.prohibited;
  const screens = { persons: textScreen(contents, true), organizations: textScreen(contents, false) };

  return () => {
    const readCode = codeReader(terms.today);
    const remembered = new Map<CellKind, Map<string, OwnValue | CellFault>>();
    const until = new Map<string, string | null>();

    const valueOf = (kind: CellKind, text: string): OwnValue | CellFault => {
      if (!kind.repeats) return kind.read(text, terms.today);
      let known = remembered.get(kind);
      if (!known) remembered.set(kind, (known = new Map()));
      let value = known.get(text);
      if (value === undefined) known.set(text, (value = kind.read(text, terms.today)));
      return value;
    };

    const lastDay = (draft: Draft, { negative }: SnapshotItem): string | null => {
      const key = `${draft.determinedOn} ${draft.endedOn} ${draft.grade} ${negative}`;
      let day = until.get(key);
      if (day === undefined) until.set(key, (day = visibleUntil({ negative, ...draft }, terms.pack)));
      return day;
    };

    return (row) => {
      const broken = unreadable(row, header);
      if (broken) return [broken];
      const faults: Fault[] = [];
      let isNamed = true;
      const subject: SubjectCells = {
        values: { ...noSubject },
        headers: subjectHeaders,
        enterpriseType: null,
        registeredIn,
      };
      const draft: Draft = {
        documentNumber: null,
        title: null,
        formedOn: null,
        determinedOn: null,
        endedOn: null,
        grade: null,
        own: { ...noOwn },
        notes: {},
      };
      for (const step of plan) {
        const text = (row.cells[step.cell] as string).trim();
        if (text.length <= 4 && BLANK.has(text)) {
          if (step.required && step.target !== 'subject') faults.push(missing(step.header));
          continue;
        }
        const value = valueOf(step.kind, text);
        if (value instanceof CellFault) {
          faults.push({ column: step.header, rule: value.rule, reason: value.reason });
          if (step.target === 'subject') isNamed = false;
          continue;
        }
        place(step, value, draft, subject);
        for (const also of step.more) place(also, value, draft, subject);
      }
      subject.enterpriseType = (draft.own.enterpriseType as string | undefined) ?? null;
      const found = isNamed ? subjectOf(subject, readCode) : [];
      const inconsistent = layout.complete?.(draft);
      if (inconsistent) faults.push(inconsistent);
      if (Array.isArray(found)) return [...found, ...faults];
      const early = beforeBirth(found, draft, layout);
      if (early) faults.push(early);
      const item = itemFor(terms.items, found.kind);
      if (!item) faults.push(notListed(found.kind));
      if (item) {
        const bornOn = found.codeKind === 'CITIZEN_ID' ? birthDate(found.code) : null;
        // Where a standard has no column for it, the catalogue's degree of the item is what the provider states [SH-17].
        const stated = draft.grade ?? (statesGrade ? null : item.grade);
        for (const { rule, field, reason } of gate({
          ...draft,
          grade: stated,
          bornOn,
          negative: item.negative,
        }))
          faults.push({ rule, column: field && headerOf(layout, field), reason });
      }
      if (!item || faults.length > 0) return faults;
      const screen = found.kind === 'NATURAL_PERSON' ? screens.persons : screens.organizations;
      const suspicion = suspicionOf(draft, layout, screen);
      draft.grade = item.negative ? (draft.grade ?? item.grade) : null;
      return {
        subject: found,
        suspicion,
        record: {
          subjectId: '',
          itemId: item.id,
          jurisdiction: terms.jurisdiction,
          provider: terms.provider,
          documentNumber: draft.documentNumber,
          title: oneLine(draft.title ?? item.name),
          formedOn: draft.formedOn,
          determinedOn: draft.determinedOn,
          endedOn: draft.endedOn,
          grade: draft.grade,
          visibleUntil: lastDay(draft, item),
          // What its subject declared itself is always shown as such [ZD-20].
          selfDeclared: layout.recordType === 'Declaration',
          source: terms.route ?? (draft.notes.source as string | undefined) ?? terms.provider,
          own: draft.own,
        },
      };
    };
  };
}

function place(
  aim: { target: Step['target']; field: string },
  value: OwnValue,
  draft: Draft,
  subject: SubjectCells,
): void {
  switch (aim.target) {
    case 'own':
      draft.own[aim.field] = value;
      break;
    case 'subject':
      subject.values[aim.field as SubjectField] = value as string | null;
      break;
    case 'common':
      draft[aim.field as CommonField] = value as Grade;
      break;
    default:
      draft.notes[aim.field] = value;
  }
}

/** The column by its name that fills in a field of the record; null where none does. */
const headerOf = (layout: Layout, field: string): string | null =>
  layout.columns.find((column) =>
    placesOf(column).some((place) => place === field || place === `own.${field}`),
  )?.header ?? null;

function suspicionOf(
  draft: Draft,
  layout: Layout,
  screen: (text: string) => Suspicion | null,
): ReadRecord['suspicion'] {
  let all = draft.title ?? '';
  for (const value of Object.values(draft.own)) if (typeof value === 'string') all += `\n${value}`;
  if (!screen(all)) return null;
  for (const [field, value] of [['title', draft.title] as const, ...Object.entries(draft.own)]) {
    const found = typeof value === 'string' ? screen(value) : null;
    if (found) return { ...found, column: headerOf(layout, field) };
  }
  return null;
}

/** A title as lists show it. */
export const oneLine = (title: string): string =>
  title.length <= TITLE ? title : `${title.slice(0, TITLE - 1).toWellFormed()}…`;

const notListed = (kind: SubjectKind): Fault =>
  fault(
    'ITEM_NOT_LISTED',
    null,
    `目录中没有关于${SUBJECT_KINDS_ZH[kind]}的事项，不予归集`,
    `the catalogue has no item about such a subject (${kind}): it is not collected`,
  );

const missing = (header: string): Fault =>
  fault('REQUIRED_MISSING', header, '必填项为空', 'a required value is missing');

/**
 * Why a row cannot be read cell by cell. Blank cells beyond the header are a spreadsheet's habit and do no
 * harm.
 */
function unreadable({ cells, fault: broken }: Row, { names }: HeaderMatch): Fault | null {
  if (broken) {
    const { zh, en } = REJECT_RULES[broken.kind];
    const shown = quoted(cells[broken.cell] ?? '');
    const column = broken.kind === 'BROKEN_QUOTE' ? null : (names[broken.cell] ?? null);
    return fault(broken.kind, column, `${zh}：“${shown}”`, `${en}: "${shown}"`);
  }
  const width = names.length;
  if (cells.length === width) return null;
  if (cells.length > width && cells.slice(width).every((cell) => cell.trim() === '')) return null;
  return fault(
    'CELL_COUNT',
    null,
    `本行有 ${cells.length} 个单元格，表头有 ${width} 列`,
    `the row has ${cells.length} cells, the header ${width} columns`,
  );
}

function beforeBirth(subject: SubjectInput, draft: Draft, layout: Layout): Fault | null {
  const field = draft.determinedOn === null ? 'formedOn' : 'determinedOn';
  const day = draft[field];
  if (subject.codeKind !== 'CITIZEN_ID' || day === null || day >= birthDate(subject.code)) return null;
  return fault(
    'DATE_BEFORE_BIRTH',
    headerOf(layout, field),
    `${day} 早于该自然人的出生日期`,
    `${day} is before the person was born`,
  );
}
