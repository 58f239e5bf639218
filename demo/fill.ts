import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import type { Sealer } from '../platform/crypto/seal.ts';
import type { Packs } from '../policy/packs/packs.ts';
import { nameGrams, nameKey } from '../policy/names.ts';
import type { RecordKind } from '../records/kind.ts';
import { copyValue, recordLine } from '../records/sink.ts';
import type { Snapshot } from '../records/snapshot.ts';
import { kinds as honors } from '../subgraphs/honors/entities.ts';
import { kinds as judicial } from '../subgraphs/judicial/entities.ts';
import { kinds as objections } from '../subgraphs/objections/entities.ts';
import { kinds as penalties } from '../subgraphs/penalties/entities.ts';
import { kinds as registration } from '../subgraphs/registration/entities.ts';
import { RecordMaker } from './make.ts';
import { type DemoSubject, MAX_SUBJECTS, subjectAt } from './subjects.ts';
import { type Pieces, SUBJECT_TARGET, TableFiller, recordTarget } from './write.ts';

const KINDS = { registration, penalties, judicial, honors, objections };
type Agency = keyof typeof KINDS;
const AGENCIES = Object.keys(KINDS) as Agency[];

export interface FillOptions {
  /** How many, from the first on: more subjects are the same ones and others. */
  subjects: number;
  seed: number;
  databases: Record<Agency, pg.Pool>;
  snapshot: Snapshot;
  packs: Packs;
  pseudonym: (code: string) => string;
  sealer: Sealer;
  today: string;
  /** Called with the subjects done so far. */
  onProgress?: (subjects: number) => void;
}

export interface FillResult {
  subjects: number;
  /** Records that were not on file before. */
  records: number;
  seconds: number;
}

/** Subjects in one transaction. */
const CHUNK = 2_000;
/** Subjects made before others get a turn: long enough to be worth it, short enough that COPY never waits for the next piece. */
const SLICE = 100;

function subjectLine(subject: DemoSubject, id: string, sealer: Sealer): string {
  const person = subject.kind === 'NATURAL_PERSON';
  const key = nameKey(subject.name);
  return [
    id,
    subject.kind,
    person ? 'CITIZEN_ID' : 'USCC',
    person ? null : subject.code,
    person ? `\\x${sealer.seal(subject.code, id).toString('hex')}` : null,
    subject.name,
    key,
    person ? null : `{${nameGrams(key).join(',')}}`,
    'ACTIVE',
    person ? null : subject.home,
  ]
    .map(copyValue)
    .join('\t');
}

/** Where each record type is kept. */
const PLACES = new Map<string, { agency: Agency; kind: RecordKind }>(
  AGENCIES.flatMap((agency) => KINDS[agency].map((kind) => [kind.type, { agency, kind }] as const)),
);

type Chunk = Record<Agency, Pieces>;

/** The lines of some subjects, by agency and table, made in slices so that the previous chunk can be written meanwhile. */
async function makeChunk(from: number, to: number, maker: RecordMaker, options: FillOptions): Promise<Chunk> {
  const chunk = Object.fromEntries(AGENCIES.map((agency) => [agency, new Map()])) as Chunk;
  for (let start = from; start < to; start += SLICE) {
    const slice = new Map<Pieces, Map<string, string>>();
    const add = (agency: Agency, table: string, line: string) => {
      const pieces = chunk[agency];
      let tables = slice.get(pieces);
      if (!tables) slice.set(pieces, (tables = new Map()));
      tables.set(table, `${tables.get(table) ?? ''}${line}\n`);
    };
    for (let index = start; index < Math.min(start + SLICE, to); index++) {
      const subject = subjectAt(options.seed, index);
      const id = options.pseudonym(subject.code);
      add('registration', SUBJECT_TARGET.table, subjectLine(subject, id, options.sealer));
      maker.make(subject, id, (type, record) => {
        const { agency, kind } = PLACES.get(type) as { agency: Agency; kind: RecordKind };
        add(agency, kind.table, recordLine(kind, record, options.today));
      });
    }
    for (const [pieces, tables] of slice) {
      for (const [table, text] of tables) {
        const list = pieces.get(table);
        if (list) list.push(text);
        else pieces.set(table, [text]);
      }
    }
    await turn();
  }
  return chunk;
}

/**
 * Fills the agencies' databases with demonstration data: the same for the same seed, of any size, in flat memory. Filling again adds only what
 * is missing. Record ids and digests are those that import would give.
 */
export async function fillDemo(options: FillOptions): Promise<FillResult> {
  const { subjects, databases } = options;
  if (!Number.isSafeInteger(subjects) || subjects < 0 || subjects > MAX_SUBJECTS) {
    throw new RangeError(`the number of subjects must be from 0 to ${MAX_SUBJECTS}`);
  }
  const began = performance.now();
  const maker = new RecordMaker(options.snapshot, options.today, options.packs);
  const fillers = new Map<Agency, TableFiller>();
  let records = 0;
  let failed = true;
  const write = async (chunk: Chunk, done: number) => {
    await Promise.all(
      AGENCIES.map(async (agency) => {
        const added = await (fillers.get(agency) as TableFiller).write(chunk[agency]);
        for (const [table, n] of added) if (table !== SUBJECT_TARGET.table) records += n;
      }),
    );
    options.onProgress?.(done);
  };
  try {
    for (const agency of AGENCIES) {
      const targets = KINDS[agency].map(recordTarget);
      if (agency === 'registration') targets.unshift(SUBJECT_TARGET);
      fillers.set(agency, await TableFiller.open(databases[agency], targets));
    }
    let writing: Promise<void> = Promise.resolve();
    for (let from = 0; from < subjects; from += CHUNK) {
      const to = Math.min(from + CHUNK, subjects);
      const [chunk] = await Promise.all([makeChunk(from, to, maker, options), writing]);
      writing = write(chunk, to);
    }
    await writing;
    failed = false;
  } finally {
    for (const filler of fillers.values()) await filler.close(failed);
  }
  return { subjects, records, seconds: (performance.now() - began) / 1000 };
}
