import type { RecordInput } from '../../records/recordInput.ts';
import type { JournalEntry } from '../../records/journal.ts';
import { type RecordColumn, recordKinds } from '../../records/kind.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, subgraphSdl } from '../../schema/sdl.ts';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import { type AskOptions, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';

export interface Caller {
  name: string;
  /** Which roots are theirs. */
  kind: 'public' | 'officer' | 'reference' | 'subject';
  options: AskOptions;
}

/** Subjects on file, each with records under every item of the district, every field filled in. */
export const FIRMS = [firmCode(1), firmCode(2), firmCode(3)];
export const PERSONS = [personCode(1), personCode(2)];
export const nameOf = (code: string): string => `上海${[...FIRMS, ...PERSONS].indexOf(code)}号公司`;

export const KINDS = SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records).flatMap((name) =>
  recordKinds(subgraphSdl(name)),
);

const JURISDICTION = '310116';
export const ITEMS = ownCatalogue().items.filter((item) => item.jurisdiction === JURISDICTION);

function valueOf({ type, field, values }: RecordColumn, item: string, i: number): string | number | boolean {
  switch (type) {
    case 'date':
      // Public until long after today.
      return `${field === 'publicityUntil' ? 2090 : 2025}-05-0${i + 1}`;
    case 'decimal':
      return '12.50';
    case 'int':
      return i;
    case 'boolean':
      return true;
    case 'uuid':
      return '00000000-0000-4000-8000-000000000000';
    case 'text':
      return values?.[0]?.value ?? `${field} of ${item} ${i}`;
  }
}

/** A record's title tells whose it is and under which item. */
export const titleOf = (item: string, code: string): string => `${item} of ${code}`;

/** Days on which the records of each item and subject were determined. */
const DAYS = ['2025-03-01', '2025-06-01', '2025-06-02'];
export const RECORDS_PER_ITEM = DAYS.length;

function recordsOf(item: (typeof ITEMS)[number], code: string, subjectId: string) {
  const kind = KINDS.find((k) => k.type === item.recordType);
  return DAYS.map((day, i): Partial<RecordInput> & { subjectId: string } => ({
    subjectId,
    documentNumber: `${code} ${item.code} ${i}`,
    title: titleOf(item.code, code),
    formedOn: day,
    determinedOn: day,
    endedOn: day,
    grade: 'GENERAL',
    visibleUntil: '2099-12-31',
    own: Object.fromEntries(
      (kind?.columns ?? []).map((column) => [column.field, valueOf(column, item.code, i)]),
    ),
  }));
}

export interface Town {
  city: City;
  callers: Caller[];
  /** What the journal was given, by receipt. */
  entries: Map<string, JournalEntry>;
}

/** Puts the subjects on file with all their records. */
async function fill(city: City): Promise<void> {
  for (const code of [...FIRMS, ...PERSONS]) {
    const person = PERSONS.includes(code);
    const id = await city.subject(
      code,
      nameOf(code),
      person ? 'NATURAL_PERSON' : 'LEGAL_PERSON',
      person ? null : JURISDICTION,
    );
    for (const item of ITEMS) {
      if (item.aboutPersons === person) await city.records(item.code, recordsOf(item, code, id));
    }
  }
}

async function callersOf(city: City): Promise<Caller[]> {
  const officer = async (unit: string, purpose: string): Promise<Caller> => ({
    name: purpose,
    kind: 'officer',
    options: { token: await city.officer(unit), purpose },
  });
  const subject = async (code: string): Promise<Caller> => ({
    name: `subject ${code}`,
    kind: 'subject',
    options: { token: await city.token({ role: 'subject', code }) },
  });
  return [
    { name: 'public', kind: 'public', options: {} },
    await officer(UNIT.market, MATTER.licence),
    await officer(UNIT.market, MATTER.supervision),
    await officer(UNIT.enforcement, MATTER.discretion),
    await officer(UNIT.construction, MATTER.tender),
    await officer(UNIT.personnel, MATTER.recruitment),
    await officer(UNIT.center, MATTER.quality),
    {
      name: 'center',
      kind: 'officer',
      options: {
        token: await city.token({ role: 'center', unit: UNIT.center, name: '王五' }),
        purpose: MATTER.quality,
      },
    },
    {
      name: 'service',
      kind: 'officer',
      options: {
        token: await city.token({ role: 'service', unit: UNIT.market, name: '赵六' }),
        purpose: MATTER.supervision,
      },
    },
    await subject(FIRMS[0] as string),
    await subject(FIRMS[1] as string),
    await subject(PERSONS[0] as string),
    { name: 'no purpose', kind: 'reference', options: { token: await city.officer(UNIT.market) } },
  ];
}

/** A city with a few subjects of whom everything is on file, and callers of every kind who ask about them. */
export async function openTown(): Promise<Town> {
  const entries = new Map<string, JournalEntry>();
  // On a machine that is busy with other tests the copies of the catalogue are not to run out.
  const city = await City.open({ CATALOGUE_LEASE_SECONDS: '3600' }, undefined, {
    async prepare({ journal }) {
      const write = journal.write.bind(journal);
      journal.write = async (entry) => {
        await write(entry);
        entries.set(entry.id, entry);
      };
    },
  });
  try {
    await fill(city);
    return { city, callers: await callersOf(city), entries };
  } catch (error) {
    await city.close();
    throw error;
  }
}
