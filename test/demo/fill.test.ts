import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type FillOptions, fillDemo } from '../../demo/fill.ts';
import { demoSubjects } from '../../demo/subjects.ts';
import { birthDate, parseCode } from '../../policy/identifiers/code.ts';
import { addPeriod } from '../../policy/dates.ts';
import type { RecordInput } from '../../records/recordInput.ts';
import { identify } from '../../records/identity.ts';
import type { RecordKind } from '../../records/kind.ts';
import { Packs } from '../../policy/packs/packs.ts';
import { indexSnapshot } from '../../records/snapshot.ts';
import { kinds as honors } from '../../subgraphs/honors/entities.ts';
import { kinds as judicial } from '../../subgraphs/judicial/entities.ts';
import { kinds as objections } from '../../subgraphs/objections/entities.ts';
import { kinds as penalties } from '../../subgraphs/penalties/entities.ts';
import { kinds as registration } from '../../subgraphs/registration/entities.ts';
import { CatalogueProcess, TODAY, openTestGround } from '../catalogue/support.ts';

const KINDS = { registration, penalties, judicial, honors, objections };
type Agency = keyof typeof KINDS;
const AGENCIES = Object.keys(KINDS) as Agency[];
const SEED = 2016;

let ground: Awaited<ReturnType<typeof openTestGround>>;
let city: CatalogueProcess;
let pools: Record<Agency, pg.Pool>;
let options: FillOptions;

beforeAll(async () => {
  ground = await openTestGround();
  city = await CatalogueProcess.open(ground);
  pools = Object.fromEntries(
    AGENCIES.map((agency) => [
      agency,
      new pg.Pool({ connectionString: ground.databases[agency].appUrl, max: 2 }),
    ]),
  ) as typeof pools;
  for (const pool of Object.values(pools)) pool.on('error', () => {});
  const snapshot = await city.subgraph.snapshots?.snapshot(-1);
  if (!snapshot) throw new Error('there is no catalogue');
  options = {
    subjects: 300,
    seed: SEED,
    databases: pools,
    snapshot: indexSnapshot(snapshot),
    packs: new Packs(),
    pseudonym: ground.pseudonym,
    sealer: ground.sealer,
    today: TODAY,
  };
  await fillDemo(options);
});
afterAll(async () => {
  await Promise.all(Object.values(pools).map((pool) => pool.end()));
  await city.close();
  await ground.remove();
});

interface Row {
  [column: string]: unknown;
  subject_id: string;
  id: string;
  item_id: number;
  jurisdiction: string;
  provider: string;
  grade: string | null;
  visible_until: string | null;
  determined_on: string | null;
  ended_on: string | null;
  digest: string;
}

const textOf = (column: string): string => `${column}::text as ${column}`;

async function rowsOf(agency: Agency, kind: RecordKind): Promise<Row[]> {
  const days = ['formed_on', 'determined_on', 'ended_on', 'effective_on', 'visible_until'];
  const own = kind.columns.map((c) => (c.type === 'int' ? c.column : textOf(c.column)));
  const { rows } = await pools[agency].query<Row>(
    `select subject_id, id, item_id, jurisdiction, provider, document_number, title, grade, self_declared, sources, digest,
       ${[...days.map(textOf), ...own].join(', ')} from ${kind.table} order by subject_id, id`,
  );
  return rows;
}

async function all(): Promise<{ agency: Agency; kind: RecordKind; rows: Row[] }[]> {
  return Promise.all(
    AGENCIES.flatMap((agency) =>
      KINDS[agency].map(async (kind) => ({ agency, kind, rows: await rowsOf(agency, kind) })),
    ),
  );
}

const subjects = async () =>
  (await pools.registration.query('select * from subject order by id')).rows as {
    id: string;
    kind: string;
    code: string | null;
    sealed_code: Buffer | null;
    name: string;
    name_grams: string[] | null;
    jurisdiction: string | null;
  }[];

test('filling again adds nothing, and more subjects are the same ones and others', async () => {
  const before = await all();
  expect(await fillDemo(options)).toMatchObject({ subjects: 300, records: 0 });
  expect(await all()).toEqual(before);

  const known = await subjects();
  const progress: number[] = [];
  const more = await fillDemo({ ...options, subjects: 310, onProgress: (done) => progress.push(done) });
  expect(more.records).toBeGreaterThan(0);
  expect(progress.at(-1)).toBe(310);
  const now = await subjects();
  expect(now).toHaveLength(310);
  const bare = (s: (typeof now)[number]) => [s.id, s.kind, s.code, s.name];
  expect(now.map(bare)).toEqual(expect.arrayContaining(known.map(bare)));
});

/** Entered on persons for an organization's severe record, by the unit that finds them responsible. */
const NOT_BY_ITSELF = 'LinkedConduct';

test('[JS-11] the first fifty subjects already show every type of record that arises by itself', async () => {
  const ids = new Set(demoSubjects(SEED, 50).map((s) => ground.pseudonym(s.code)));
  for (const { kind, rows } of await all()) {
    if (kind.type === NOT_BY_ITSELF) continue;
    expect([kind.type, rows.some((row) => ids.has(row.subject_id))]).toEqual([kind.type, true]);
  }
});

test('[SH-5] codes check out; [SH-10] persons are of age and carry a division that was never assigned', async () => {
  for (const subject of await subjects()) {
    const code = subject.code ?? ground.sealer.open(subject.sealed_code as Buffer, subject.id);
    const parsed = parseCode(code, TODAY);
    expect(parsed).toMatchObject({ ok: true, code, subjectKind: subject.kind });
    expect(ground.pseudonym(code)).toBe(subject.id);
    if (subject.kind === 'NATURAL_PERSON') {
      expect(code.slice(0, 6)).toBe('310199');
      expect(addPeriod(birthDate(code), 'P18Y') <= '2018-12-31').toBe(true);
    }
  }
});

test('[JS-4] persons stand without code, letters to search by, or place', async () => {
  const persons = (await subjects()).filter((s) => s.kind === 'NATURAL_PERSON');
  expect(persons.length).toBeGreaterThan(200);
  for (const person of persons) {
    expect([person.code, person.name_grams, person.jurisdiction]).toEqual([null, null, null]);
    expect(person.sealed_code).toBeInstanceOf(Buffer);
  }
});

describe('every record', () => {
  test('[SR-9] is under an item of its jurisdiction, type and kind of subject, by that item’s provider', async () => {
    const persons = new Set((await subjects()).filter((s) => s.kind === 'NATURAL_PERSON').map((s) => s.id));
    for (const { kind, rows } of await all()) {
      for (const row of rows) {
        const item = options.snapshot.items.get(row.item_id);
        expect(item).toMatchObject({
          recordType: kind.type,
          jurisdiction: row.jurisdiction,
          provider: row.provider,
          aboutPersons: persons.has(row.subject_id),
          negative: row.grade !== null,
        });
      }
    }
  });

  test('[NT-16] has the id and digest that import would give it', async () => {
    for (const { kind, rows } of await all()) {
      for (const row of rows) {
        const record = {
          ...row,
          subjectId: row.subject_id,
          documentNumber: row.document_number,
          formedOn: row.formed_on,
          determinedOn: row.determined_on,
          endedOn: row.ended_on,
          selfDeclared: row.self_declared,
          own: Object.fromEntries(kind.columns.map((c) => [c.field, row[c.column] as string | null])),
        } as unknown as RecordInput;
        expect(identify(kind, record)).toEqual({ id: row.id, digest: row.digest });
      }
    }
  });

  test('has happened by today', async () => {
    for (const { rows } of await all()) {
      expect(
        rows.filter((row) =>
          [row.formed_on, row.determined_on, row.ended_on].some((on) => String(on ?? '') > TODAY),
        ),
      ).toEqual([]);
    }
  });

  test('[SH-27] [ZD-35] [RET-open] [NT-30] has the last day that its jurisdiction gives it', async () => {
    for (const { rows } of await all()) {
      for (const row of rows) {
        const nantong = row.jurisdiction === '320600';
        const from = nantong ? row.determined_on : row.ended_on;
        const term = !nantong ? 'P5Y' : row.grade === 'SEVERE' ? 'P3Y' : 'P1Y';
        expect(row.visible_until).toBe(row.grade !== null && from !== null ? addPeriod(from, term) : null);
      }
    }
  });
});

test('severe ones, lasting ones and ones whose term is over are among them', async () => {
  const negative = (await all()).flatMap(({ rows }) => rows).filter((row) => row.grade !== null);
  expect(negative.some((row) => row.grade === 'SEVERE')).toBe(true);
  expect(negative.some((row) => row.visible_until !== null && row.visible_until < TODAY)).toBe(true);
  expect(negative.some((row) => row.visible_until === null)).toBe(true);
  expect(negative.some((row) => row.visible_until !== null && row.visible_until >= TODAY)).toBe(true);
});

test('the handy subjects show what they say', async () => {
  const handy = demoSubjects(SEED, 4);
  expect(handy.map((s) => [s.kind, s.shows])).toEqual([
    ['LEGAL_PERSON', 'EVERYTHING'],
    ['NATURAL_PERSON', 'PUBLIC_ITEMS'],
    ['NATURAL_PERSON', 'NO_PUBLIC_ITEMS'],
    ['NATURAL_PERSON', 'EVERYTHING'],
  ]);
  const tables = await all();
  const tiersOf = (code: string) => {
    const id = ground.pseudonym(code);
    const rows = tables.flatMap(({ rows }) => rows.filter((row) => row.subject_id === id));
    return new Set(rows.map((row) => options.snapshot.items.get(row.item_id)?.tier));
  };
  const [firm, shown, hidden] = handy.map((s) => tiersOf(s.code));
  expect(firm?.has('PUBLIC')).toBe(true);
  expect(shown?.has('PUBLIC')).toBe(true);
  expect(hidden?.has('PUBLIC')).toBe(false);
  expect(hidden?.size).toBeGreaterThan(0);
});

test('another seed makes other subjects', () => {
  const codes = new Set(demoSubjects(SEED, 20).map((s) => s.code));
  expect(demoSubjects(SEED + 1, 20).filter((s) => codes.has(s.code))).toEqual([]);
});

test.each([-1, 1.5, 30_000_001])('%d subjects are refused', async (n) => {
  await expect(fillDemo({ ...options, subjects: n })).rejects.toThrow(RangeError);
});
