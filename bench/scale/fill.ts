import { statfsSync } from 'node:fs';
import { DEMO_SEED } from '../../cli/demoData.ts';
import { MAX_SUBJECTS, subjectAt } from '../../demo/subjects.ts';
import type { BenchGround } from '../harness/ground.ts';
import { say } from '../harness/table.ts';
import { fillIn, tidyUp } from '../year/gateway.ts';
import { AgencyFiller } from './agency.ts';

/** What filling took, without the models that `credit demo` made before. */
export interface Filled {
  subjects: number;
  /** From the first code to the last index. */
  seconds: number;
  /** Of these, making codes and ids. */
  codeSeconds: number;
  /** Of these, making keys and indexes. */
  indexSeconds: number;
}

const AGENCIES = ['registration', 'penalties', 'judicial', 'honors', 'objections'] as const;

/** Every fifth subject is an organization: model and copy are of one kind where their places differ by a multiple of five. */
const KIND_ROUND = 5;
/** The first subjects have a part to play and are no models. */
const SPECIAL = 50;
const MODELS = 20_000;
/** Records of a subject, roughly. */
const RECORDS_EACH = 11;
const CHUNK = 20_000;

/** Disk that a record takes with its indexes, and what PostgreSQL's log and its sorting take besides. */
const BYTES_A_RECORD = 500;
const BYTES_BESIDES = 6e9;

const gb = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** @throws Error where the disk has too little room. */
export function checkDisk(folder: string, records: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const needed = records * BYTES_A_RECORD + BYTES_BESIDES;
  if (free < needed)
    throw new Error(
      `${records} records take up to ${gb(needed)} under ${folder}, where ${gb(free)} are free`,
    );
}

/** Lines that name further subjects, by chunks: with the codes for registration, without for everyone else. */
function* names({ ground }: BenchGround, models: readonly string[], subjects: number) {
  for (let from = SPECIAL + models.length; from < subjects; from += CHUNK) {
    let known = '';
    let unknown = '';
    for (let index = from; index < Math.min(from + CHUNK, subjects); index++) {
      const { code, kind } = subjectAt(DEMO_SEED, index);
      const id = ground.pseudonym(code);
      const start = `${models[(index - SPECIAL) % models.length]}\t${id}\t`;
      known += start;
      if (kind === 'NATURAL_PERSON') known += `\\N\t\\\\x${ground.sealer.seal(code, id).toString('hex')}\n`;
      else known += `${code}\t\\N\n`;
      unknown += `${start}\\N\t\\N\n`;
    }
    yield { known, unknown };
  }
}

/**
 * Fills an empty ground with about so many records, by the agencies' own tables: some subjects are made by `credit demo`, every further one has
 * a code of its own, the id that follows from it, and copies of the records of one of those.
 */
export async function fillTo(bench: BenchGround, records: number): Promise<Filled> {
  const { ground } = bench;
  const count = Math.min(MODELS, Math.floor(records / RECORDS_EACH / 2 / KIND_ROUND) * KIND_ROUND);
  await fillIn(bench, SPECIAL + count);
  // In an installation that has run for a day what is past its term is in the archive.
  await tidyUp(bench);
  const models = Array.from({ length: count }, (_, i) =>
    ground.pseudonym(subjectAt(DEMO_SEED, SPECIAL + i).code),
  );
  const fillers = AGENCIES.map((name) => new AgencyFiller(ground.databases[name].migratorUrl));
  const [registration, ...others] = fillers;
  try {
    const began = performance.now();
    const since = (start: number) => (performance.now() - start) / 1000;
    const counts = await Promise.all(fillers.map((filler) => filler.begin(models)));
    const ofModels = counts.reduce((sum, n) => sum + n, 0);
    const subjects = SPECIAL + Math.round((records * count) / ofModels);
    if (subjects > MAX_SUBJECTS) throw new RangeError(`there are no codes for ${records} records`);
    say(`making the codes of ${subjects} subjects`);
    let writing: Promise<unknown> = Promise.resolve();
    for (const { known, unknown } of names(bench, models, subjects)) {
      await writing;
      writing = Promise.all([registration?.name([known]), ...others.map((filler) => filler.name([unknown]))]);
    }
    await writing;
    const codeSeconds = since(began);
    say(`copying records after ${codeSeconds.toFixed(0)} s`);
    await Promise.all(fillers.map((filler) => filler.copy()));
    const copied = performance.now();
    say(`making keys and indexes after ${since(began).toFixed(0)} s`);
    await Promise.all(fillers.map((filler) => filler.end()));
    return { subjects, seconds: since(began), codeSeconds, indexSeconds: since(copied) };
  } finally {
    await Promise.all(fillers.map((filler) => filler.close()));
  }
}
