import { afterAll, beforeAll, describe, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addPeriod } from '../../policy/dates.ts';
import { City } from '../support/city.ts';
import { TIMEOUT, runs } from '../federation/runs.ts';
import { type Kind, Model, type Place } from './model.ts';
import { type Command, LIST, type Real, STEPS, type Step, compare } from './modelSteps.ts';
import { Objecting } from './objecting.ts';
import { type OnFile, Repairing } from './repairing.ts';

const FIRST_DAY = '2026-02-09';

let city: City;
let objecting: Objecting;
let repairing: Repairing;

type What = 'HONOR' | 'GENERAL' | 'SEVERE';

/** A record on file; a penalty stands so many days from the first one. */
async function onFile(place: Place, what: What, days: number): Promise<{ of: OnFile; kind: Kind }> {
  const jurisdiction = place.slice(0, 6);
  if (what === 'HONOR') {
    const of = await repairing.onFile(`${jurisdiction}-honor-civ`);
    return { of, kind: { field: 'honors', grade: null, visibleUntil: null } };
  }
  const [from, term] = place === '320600' ? ['2023-02-09', 'P3Y'] : ['2021-02-09', 'P5Y'];
  const ended = addDays(from, days);
  const stands = { grade: what, visibleUntil: addPeriod(ended, term) };
  const record = { ...stands, determinedOn: ended, endedOn: ended };
  const of = await repairing.onFile(`${jurisdiction}-penalty-amr`, record);
  return { of, kind: { field: 'penalties', ...stands } };
}

/** Days go by, and nothing runs. */
const advance = (days: number): Command => ({
  check: () => true,
  async run(model, real) {
    model.day = addDays(model.day, days);
    real.objecting.on(model.day);
    await compare(model, real);
  },
  toString: () => `${days} days`,
});

/** The agency's database is gone while a step is taken: what it orders is carried out when the agency is back. */
const inOutage = (taken: Step): Command => ({
  check: (model) => model.standing,
  async run(model, real) {
    await city.reachable(model.kind.field, false);
    try {
      await taken.take(model, real);
    } finally {
      await city.reachable(model.kind.field, true);
    }
    await answering(model, real);
    await carriedOut();
    await compare(model, real);
  },
  toString: () => `agency down: ${taken.name}`,
});

/** Everybody in the objections' database is thrown out, as by a crash. */
const crash: Command = {
  check: () => true,
  async run(model, real) {
    await city.reachable('objections', false);
    await city.reachable('objections', true);
    await answering(model, real);
    await carriedOut();
    await compare(model, real);
  },
  toString: () => 'crash',
};

const answering = ({ kind }: Model, { of }: Real): Promise<void> =>
  city.until(
    async () => !(await city.ask(`{ subject(code: "${of.code}") { ${kind.field} ${LIST} } }`)).errors,
  );

/** The test's own session may have been thrown out as well. */
const carriedOut = (): Promise<void> =>
  city.until(() =>
    city
      .database('objections')
      .query('select from order_outbox where applied_at is null')
      .then(
        ({ rowCount }) => rowCount === 0,
        () => false,
      ),
  );

const command = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<Command>(...Object.values(STEPS)) },
  { weight: 6, arbitrary: fc.constantFrom<Command>(STEPS.file, STEPS.forward, STEPS.dismiss) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 9 }).map(advance) },
  { weight: 1, arbitrary: fc.constantFrom(STEPS.forward, STEPS.dismiss, STEPS.accept).map(inOutage) },
  { weight: 1, arbitrary: fc.constant(crash) },
);

/** Degrees differ in their repair under the draft alone. */
const whatOf = (place: Place): fc.Arbitrary<What> =>
  place === '310000-draft'
    ? fc.constantFrom<What>('GENERAL', 'GENERAL', 'SEVERE', 'HONOR')
    : fc.constantFrom<What>('SEVERE', 'SEVERE', 'HONOR');

async function holds(place: Place): Promise<void> {
  const oneCase = async (what: What, days: number, commands: Iterable<Command>): Promise<void> => {
    objecting.on(FIRST_DAY);
    const { of, kind } = await onFile(place, what, days);
    await fc.asyncModelRun(
      () => ({ model: new Model(place, FIRST_DAY, kind), real: { city, objecting, repairing, of } }),
      commands,
    );
  };
  let last = Promise.resolve();
  await fc.assert(
    fc.asyncProperty(
      whatOf(place),
      fc.integer({ min: 5, max: 60 }),
      fc.commands([command], { maxCommands: 16, size: 'max' }),
      (...drawn) => (last = oneCase(...drawn)),
    ),
    runs(25),
  );
  // Where time was up the last case is still at work: its days and outages would be the next test's, and what it finds counts.
  await last;
}

/** @param env settings of the city in which the laws are these. */
function inCity(env: Record<string, string>): void {
  beforeAll(async () => {
    city = await City.open(env);
    objecting = new Objecting(city);
    repairing = new Repairing(city);
  });
  afterAll(() => city.close());
}

const WHAT =
  'objections, repairs, deletions, corrections, expiry, outages and crashes in any order show what the law says, to everybody';

describe('as the law is', () => {
  inCity({});

  test.each<[string, Place]>([
    ['[SH-29] [SH-30] [SH-27] [SH-27b]', '310000'],
    ['[NT-32] [NT-32b] [NT-33] [NT-34] [NT-35] [NT-30]', '320600'],
    ['[ZD-34] [ZD-37] [ZD-38] [ZD-35] [ZD-35b]', '370303'],
  ])(`%s %s: ${WHAT}`, (_, place) => holds(place), TIMEOUT);
});

describe('with the draft Regulation in force', () => {
  inCity({ JURISDICTIONS_IN_FORCE: '310000-draft=2026-01-01' });

  test(`[SR-31] [SR-32] [SR-30] 310000-draft: ${WHAT}`, () => holds('310000-draft'), TIMEOUT);
});
