import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addPeriod } from '../../policy/dates.ts';
import { type Answer, City } from '../support/city.ts';
import { TIMEOUT, runs } from '../federation/runs.ts';
import { type Kind, Model, type Place } from './model.ts';
import { Objecting } from './objecting.ts';
import { type OnFile, Repairing } from './repairing.ts';

const FIRST_DAY = '2026-02-09';
const LIST = '{ totalCount nodes { id revision dispute { stage } } }';
const CORRECT = `mutation ($input: CorrectRecordInput!) { correctRecord(input: $input) { revision } }`;
const REQUEST = `mutation ($input: RequestDeletionInput!) { requestDeletion(input: $input) { request { id dueOn } } }`;
const EXECUTE = `mutation ($id: ID!) { executeDeletion(id: $id) { request { id } } }`;
const REVOKE = `mutation ($input: RevokeRecordInput!) { revokeRecord(input: $input) { changed } }`;

let city: City;
let objecting: Objecting;
let repairing: Repairing;

type What = 'HONOR' | 'GENERAL' | 'SEVERE';

/** The record under test, and what becomes of it. */
interface Real {
  of: OnFile;
}

type Command = fc.AsyncCommand<Model, Real>;
/** A step can be taken without a look at what it did. */
type Step = Command & { name: string; take(model: Model, real: Real): Promise<void> };

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

/** What each kind of caller sees, counted and listed alike, is what the model says. */
async function compare(model: Model, { of }: Real): Promise<void> {
  const { field } = model.kind;
  const query = `{ subject(code: "${of.code}") { shown: ${field} ${LIST} } }`;
  const ask = {
    public: () => city.ask(query),
    officer: async () => city.ask(query, await objecting.center(of.jurisdiction)),
    subject: async () =>
      city.ask(`{ me { shown: ${field} ${LIST} } }`, { token: await objecting.subject(of.code) }),
  };
  for (const caller of ['public', 'officer', 'subject'] as const) {
    const { data, errors } = await ask[caller]();
    expect(errors).toBeUndefined();
    const { totalCount, nodes } = (data.subject ?? data.me).shown;
    const seen = nodes.map((node: { revision: number; dispute: { stage: string } | null }) => ({
      stage: node.dispute?.stage ?? null,
      revision: node.revision,
    }));
    const expected = model.seenBy(caller);
    expect([caller, totalCount, seen]).toEqual([caller, expected ? 1 : 0, expected ? [expected] : []]);
  }
}

/** A step that goes well exactly when the model says so, and shows at once. */
function step(
  name: string,
  may: (model: Model) => boolean,
  ask: (model: Model, of: OnFile) => Promise<Answer>,
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  then: (model: Model, data: any) => void,
): Step {
  const take = async (model: Model, { of }: Real) => {
    const { data, errors } = await ask(model, of);
    expect([name, errors?.[0]?.extensions.code ?? 'DONE']).toEqual([
      name,
      may(model) ? 'DONE' : expect.stringMatching(/^(CONFLICT|BAD_USER_INPUT)$/),
    ]);
    if (!errors) then(model, data);
  };
  return {
    name,
    check: (model) => model.standing,
    take,
    async run(model, real) {
      await take(model, real);
      await compare(model, real);
    },
    toString: () => name,
  };
}

const NOBODY = '00000000-0000-4000-8000-000000000000';
const caseOf = (model: Model): string => model.current?.id ?? NOBODY;
const stageIs =
  (...stages: string[]) =>
  (model: Model): boolean =>
    stages.includes(model.current?.stage ?? '');
const byCenter = (decision: string) => async (model: Model, of: OnFile) =>
  objecting.decide(await objecting.center(of.jurisdiction), { id: caseOf(model), decision });
const asProvider = (input: Record<string, unknown>) => async (model: Model, of: OnFile) =>
  objecting.decide(await objecting.provider(of.provider), { id: caseOf(model), reason: '经核实', ...input });
const asAuthority = (input: Record<string, unknown>) => async (model: Model, of: OnFile) =>
  objecting.decide(await objecting.center(of.jurisdiction, 'authority'), {
    id: caseOf(model),
    reason: '经复核',
    ...input,
  });

let nth = 1_000;
const corrected = ({ kind }: Model) => ({
  [kind.field === 'honors' ? 'level' : 'fineAmount']: `${(nth += 1)}`,
});

const STEPS = {
  file: step(
    'file',
    (model) => !model.open,
    (_, of) => objecting.file(of),
    (model, { fileObjection }) => model.filed(fileObjection.objection.id),
  ),
  forward: step('forward', stageIs('FILED'), byCenter('FORWARD'), (model, { decideObjection }) =>
    model.forwarded(decideObjection.objection.dueOn),
  ),
  dismiss: step('dismiss', stageIs('VERIFYING'), asProvider({ decision: 'DISMISS' }), (model) =>
    model.dismissed(),
  ),
  uphold: step(
    'uphold and correct',
    stageIs('VERIFYING'),
    (model, of) => asProvider({ decision: 'UPHOLD', remedy: 'CORRECT', values: corrected(model) })(model, of),
    (model) => {
      model.corrected();
      model.upheld();
    },
  ),
  upholdRevoke: step(
    'uphold and revoke',
    stageIs('VERIFYING'),
    asProvider({ decision: 'UPHOLD', remedy: 'REVOKE' }),
    (model) => {
      model.upheld();
      model.gone = true;
    },
  ),
  accept: step(
    'accept',
    (model) => model.current?.stage === 'DISMISSED' && model.current.marked,
    (model, of) => objecting.accept(of, caseOf(model)),
    (model) => model.unmarked(),
  ),
  appeal: step(
    'appeal',
    (model) => model.law.appeal && stageIs('UPHELD', 'DISMISSED')(model) && !model.current?.appealed,
    (model, of) => objecting.appeal(of, caseOf(model)),
    (model) => model.appealed(),
  ),
  authority: step('authority dismisses', stageIs('APPEALED'), asAuthority({ decision: 'DISMISS' }), (model) =>
    model.dismissed(),
  ),
  apply: step(
    'apply for repair',
    (model) => model.repairable && (model.application?.state ?? 'OVER') === 'OVER',
    (_, of) => repairing.apply(of, { rectifiedOn: '2024-06-03' }),
    (model, { applyForRepair }) => {
      model.application = { id: applyForRepair.application.id, state: 'APPLIED', noticeUntil: null };
    },
  ),
  support: step(
    'support the repair',
    (model) => model.application?.state === 'APPLIED',
    (model, of) => repairing.support(of, model.application?.id ?? NOBODY),
    (model, { decideRepair }) => {
      if (!model.application) return;
      model.application.state = model.law.repair?.notice ? 'NOTICE' : 'CONFIRMING';
      model.application.noticeUntil = decideRepair.application.noticeUntil;
    },
  ),
  adopt: step(
    'adopt the repair',
    ({ application, day }) =>
      application?.state === 'CONFIRMING' ||
      (application?.state === 'NOTICE' && day > (application.noticeUntil ?? '')),
    (model, of) => repairing.adopt(of, model.application?.id ?? NOBODY),
    (model) => model.repaired(),
  ),
  correct: step(
    'correct',
    () => true,
    async (model, { code, record, recordType, provider }) =>
      city.ask(CORRECT, {
        ...(await objecting.provider(provider)),
        variables: { input: { code, record, recordType, values: corrected(model), reason: '录入有误' } },
      }),
    (model) => model.corrected(),
  ),
  revoke: step(
    'revoke',
    () => true,
    async (_, { code, record, recordType, provider }) =>
      city.ask(REVOKE, {
        ...(await objecting.provider(provider)),
        variables: { input: { code, record, recordType, reason: '决定被撤销' } },
      }),
    (model) => {
      model.gone = true;
    },
  ),
  request: step(
    'request deletion',
    ({ law, kind, deletion }) => law.deletes && kind.field === 'honors' && deletion === null,
    async (_, { code, record, recordType }) =>
      city.ask(REQUEST, {
        token: await objecting.subject(code),
        variables: { input: { recordType, record } },
      }),
    (model, { requestDeletion: { request } }) => model.deletionRequested(request.id, request.dueOn),
  ),
  execute: step(
    'execute the deletion',
    ({ deletion }) => deletion !== null,
    async (model, { jurisdiction }) =>
      city.ask(EXECUTE, {
        ...(await objecting.center(jurisdiction)),
        variables: { id: model.deletion ?? NOBODY },
      }),
    (model) => {
      model.gone = true;
    },
  ),
};

/** Days go by, and nothing runs. */
const advance = (days: number): Command => ({
  check: () => true,
  async run(model, real) {
    model.day = addDays(model.day, days);
    objecting.on(model.day);
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
  await fc.assert(
    fc.asyncProperty(
      whatOf(place),
      fc.integer({ min: 5, max: 60 }),
      fc.commands([command], { maxCommands: 16, size: 'max' }),
      async (what, days, commands) => {
        objecting.on(FIRST_DAY);
        const { of, kind } = await onFile(place, what, days);
        await fc.asyncModelRun(() => ({ model: new Model(place, FIRST_DAY, kind), real: { of } }), commands);
      },
    ),
    runs(25),
  );
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
