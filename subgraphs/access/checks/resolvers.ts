import type { BatchAsked, BatchRow, SavedSlice } from '../../../records/checks/batch.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { badInput } from '../../../records/errors.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';
import { centerUnit } from '../accountResolvers.ts';
import { gatewayOnly } from '../../../records/gatewayOnly.ts';
import { lineOf } from '../text.ts';
import type { Grantees } from './grantees.ts';
import type { BatchJobs } from './jobs.ts';

interface GranteeInput {
  unit: string;
  licence?: string | null;
  licenceUntil?: string | null;
  agreement?: string | null;
  agreementUntil?: string | null;
  approval?: string | null;
  approvalUntil?: string | null;
}

/** @throws BAD_USER_INPUT where one of a number and its last day stands without the other. */
function pair(
  input: GranteeInput,
  what: 'licence' | 'agreement' | 'approval',
): [string | null, string | null] {
  const [number, until] = [input[what] ?? null, input[`${what}Until`] ?? null];
  if ((number === null) !== (until === null))
    throw badInput(what, { zh: '编号和有效期须同时填写', en: 'its number and its last day go together' });
  return [number === null ? null : lineOf(what, number), until];
}

/** Everything but `recordGrantee` is asked by the gateway, under a grant of nobody's. */
const forGateway =
  <Args, Result>(answer: (args: Args, context: SubgraphContext) => Result) =>
  (_: unknown, args: Args, context: SubgraphContext): Result => {
    gatewayOnly(context);
    return answer(args, context);
  };

interface OfJob {
  id: string;
  worker: string;
}

/** What checks keep: jobs of batches [SH-20b], tries of facts [JS-12], what credit service agencies need [ZD-29]. */
export function checkResolvers(jobs: BatchJobs, grantees: Grantees): ResolverMap {
  return {
    Query: {
      _grantee: forGateway(({ unit }: { unit: string }) => grantees.of(unit)),
      _authorized: forGateway((args: { subjects: string[]; unit: string; matter: string }, { grant }) =>
        grantees.authorized(args.subjects, args.unit, args.matter, grant.today),
      ),
      _holding: forGateway((args: { ids: string[]; unit: string }, { grant }) =>
        grantees.holding(args.ids, args.unit, grant.today),
      ),
      _batches: forGateway(({ ids }: { ids: string[] }) => jobs.several(ids)),
      _batchesOf: forGateway((args: { unit: string; after?: string | null; size: number }) =>
        jobs.page(args.unit, args.after ?? null, args.size),
      ),
      _countBatches: forGateway(({ unit }: { unit: string }) => jobs.count(unit)),
      _batch: forGateway(({ id }: { id: string }) => jobs.find(id)),
      _batchResults: forGateway((args: { id: string; from: number; to: number }) =>
        jobs.results(args.id, args.from, args.to),
      ),
    },
    Mutation: {
      recordGrantee: async (_: unknown, { input }: { input: GranteeInput }, context: SubgraphContext) => {
        const by = centerUnit(context);
        if (!context.snapshot.units.has(input.unit))
          throw badInput('unit', {
            zh: `没有代码为 ${input.unit} 的单位`,
            en: `there is no unit ${input.unit}`,
          });
        const [licence, licenceUntil] = pair(input, 'licence');
        const [agreement, agreementUntil] = pair(input, 'agreement');
        const [approval, approvalUntil] = pair(input, 'approval');
        const given = {
          unit: input.unit,
          licence,
          licenceUntil,
          agreement,
          agreementUntil,
          approval,
          approvalUntil,
        };
        return { grantee: await grantees.record(given, by) };
      },
      _countTry: forGateway((args: { unit: string; officer: string; subject: string }, { grant }) =>
        grantees.countTry(args.unit, args.officer, args.subject, grant.today),
      ),
      _createBatch: forGateway(
        async (args: { id: string; unit: string; matter: string; asked: BatchAsked; total: number }) => {
          await jobs.create(args.id, args.unit, args.matter, args.asked, args.total);
          return true;
        },
      ),
      _addToBatch: forGateway(async (args: { id: string; number: number; rows: BatchRow[] }) => {
        await jobs.add(args.id, args.number, args.rows);
        return true;
      }),
      _readyBatch: forGateway(({ id }: { id: string }) => jobs.ready(id)),
      _claimBatch: forGateway(({ worker }: { worker: string }) => jobs.claim(worker)),
      _dueOfBatch: forGateway(({ id, worker }: OfJob) => jobs.due(id, worker)),
      _saveOfBatch: forGateway(({ id, worker, slice }: OfJob & { slice: SavedSlice }) =>
        jobs.save(id, worker, slice),
      ),
      _loggedOfBatch: forGateway(({ id, number }: { id: string; number: number }) => jobs.logged(id, number)),
      _endBatch: forGateway((args: { id: string; state: 'CANCELLED' | 'STOPPED'; reason?: string | null }) =>
        jobs.end(args.id, args.state, args.reason ?? null),
      ),
      _releaseBatch: forGateway(async ({ id, worker }: OfJob) => {
        await jobs.release(id, worker);
        return true;
      }),
    },
  };
}
