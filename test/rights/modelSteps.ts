import { expect } from '@jest/globals';
import type fc from 'fast-check';
import type { Answer, City } from '../support/city.ts';
import type { Model } from './model.ts';
import type { Objecting } from './objecting.ts';
import { type OnFile, type Repairing, providerOf } from './repairing.ts';

export const LIST = '{ totalCount nodes { id revision dispute { stage } } }';
const CORRECT = `mutation ($input: CorrectRecordInput!) { correctRecord(input: $input) { revision } }`;
const REQUEST = `mutation ($input: RequestDeletionInput!) { requestDeletion(input: $input) { request { id dueOn } } }`;
const EXECUTE = `mutation ($id: ID!) { executeDeletion(id: $id) { request { id } } }`;
const REVOKE = `mutation ($input: RevokeRecordInput!) { revokeRecord(input: $input) { changed } }`;

/** The record under test, and who does what about it. */
export interface Real {
  city: City;
  objecting: Objecting;
  repairing: Repairing;
  of: OnFile;
}

export type Command = fc.AsyncCommand<Model, Real>;
/** A step can be taken without a look at what it did. */
export type Step = Command & { name: string; take(model: Model, real: Real): Promise<void> };

/** What each kind of caller sees, counted and listed alike, is what the model says. */
export async function compare(model: Model, { city, objecting, of }: Real): Promise<void> {
  const { field } = model.kind;
  const query = `{ subject(code: "${of.code}") { shown: ${field} ${LIST} } }`;
  const ask = {
    public: () => city.ask(query),
    officer: async () =>
      city.ask(query, {
        token: await city.officer(providerOf(`${of.jurisdiction}-penalty-amr`)),
        purpose: `${of.jurisdiction}-supervision-market`,
      }),
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
  ask: (model: Model, real: Real) => Promise<Answer>,
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  then: (model: Model, data: any) => void,
): Step {
  const take = async (model: Model, real: Real) => {
    const { data, errors } = await ask(model, real);
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
const byCenter =
  (decision: string) =>
  async (model: Model, { objecting, of }: Real) =>
    objecting.decide(await objecting.center(of.jurisdiction), { id: caseOf(model), decision });
const asProvider =
  (input: Record<string, unknown>) =>
  async (model: Model, { objecting, of }: Real) =>
    objecting.decide(await objecting.provider(of.provider), {
      id: caseOf(model),
      reason: '经核实',
      ...input,
    });
const asAuthority =
  (input: Record<string, unknown>) =>
  async (model: Model, { objecting, of }: Real) =>
    objecting.decide(await objecting.center(of.jurisdiction, 'authority'), {
      id: caseOf(model),
      reason: '经复核',
      ...input,
    });

let nth = 1_000;
const corrected = ({ kind }: Model) => ({
  [kind.field === 'honors' ? 'level' : 'fineAmount']: `${(nth += 1)}`,
});

/** All that anyone may do about the record; `check` is whether it makes sense to try. */
export const STEPS = {
  file: step(
    'file',
    (model) => !model.open,
    (_, { objecting, of }) => objecting.file(of),
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
    (model, real) =>
      asProvider({ decision: 'UPHOLD', remedy: 'CORRECT', values: corrected(model) })(model, real),
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
    (model, { objecting, of }) => objecting.accept(of, caseOf(model)),
    (model) => model.unmarked(),
  ),
  appeal: step(
    'appeal',
    (model) => model.law.appeal && stageIs('UPHELD', 'DISMISSED')(model) && !model.current?.appealed,
    (model, { objecting, of }) => objecting.appeal(of, caseOf(model)),
    (model) => model.appealed(),
  ),
  authority: step('authority dismisses', stageIs('APPEALED'), asAuthority({ decision: 'DISMISS' }), (model) =>
    model.dismissed(),
  ),
  apply: step(
    'apply for repair',
    (model) => model.repairable && (model.application?.state ?? 'OVER') === 'OVER',
    (_, { repairing, of }) => repairing.apply(of, { rectifiedOn: '2024-06-03' }),
    (model, { applyForRepair }) => {
      model.application = { id: applyForRepair.application.id, state: 'APPLIED', noticeUntil: null };
    },
  ),
  support: step(
    'support the repair',
    (model) => model.application?.state === 'APPLIED',
    (model, { repairing, of }) => repairing.support(of, model.application?.id ?? NOBODY),
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
    (model, { repairing, of }) => repairing.adopt(of, model.application?.id ?? NOBODY),
    (model) => model.repaired(),
  ),
  correct: step(
    'correct',
    () => true,
    async (model, { city, objecting, of: { code, record, recordType, provider } }) =>
      city.ask(CORRECT, {
        ...(await objecting.provider(provider)),
        variables: { input: { code, record, recordType, values: corrected(model), reason: '录入有误' } },
      }),
    (model) => model.corrected(),
  ),
  revoke: step(
    'revoke',
    () => true,
    async (_, { city, objecting, of: { code, record, recordType, provider } }) =>
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
    async (_, { city, objecting, of: { code, record, recordType } }) =>
      city.ask(REQUEST, {
        token: await objecting.subject(code),
        variables: { input: { recordType, record } },
      }),
    (model, { requestDeletion: { request } }) => model.deletionRequested(request.id, request.dueOn),
  ),
  execute: step(
    'execute the deletion',
    ({ deletion }) => deletion !== null,
    async (model, { city, objecting, of: { jurisdiction } }) =>
      city.ask(EXECUTE, {
        ...(await objecting.center(jurisdiction)),
        variables: { id: model.deletion ?? NOBODY },
      }),
    (model) => {
      model.gone = true;
    },
  ),
};
