import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import {
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { refusal } from '../../records/errors.ts';
import type { Journal } from '../../records/journal.ts';
import type { Grant } from '../../records/grant.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import type { GatewayContext } from '../context.ts';
import { refusedStatus } from '../errors.ts';
import type { Transport } from '../federation/transport.ts';
import { coerced } from '../variables.ts';
import { checkPurpose, subjectNamed, underAuthorization } from './authorization.ts';
import { decide } from './decide.ts';
import { entryOf, outcomeOf } from './entry.ts';
import { type OperationShape, operationShape, refuseLostCharacters } from './operation.ts';
import { type PersonGate, personAsked, publiclyKnown } from './persons.ts';
import { type Purpose, purposeOf } from './purpose.ts';
import { type Rights, barred, refuseUngranted } from './rights.ts';

export interface PolicyOptions {
  journal: Journal;
  /** The catalogue as it stands; null while it is stale, and then nothing is answered. */
  snapshot: () => Snapshot | null;
  /** Accounts and withdrawals; null while they are stale, and then the public alone is answered. */
  rights: () => Rights | null;
  /** Takes uses of authorizations. */
  access: Transport;
  today: () => string;
  pseudonym: (code: string) => string;
  persons: PersonGate;
  onJournalFailure: (error: unknown) => void;
}

/** What the public is not told apart: these errors vanish for callers without a token, and the field is null. */
const SILENT = new Set<unknown>(['FORBIDDEN', 'AUTHORIZATION_REQUIRED']);

/**
 * Puts policy around every operation: who and why become a grant before anything is read, and the journal entry is durable before the
 * answer leaves. If the entry cannot be written, neither data nor errors leave [SH-19]. A refusal is an entry too [SH-31].
 */
export function policyPlugin(options: PolicyOptions): ApolloServerPlugin<GatewayContext> {
  const shapes = new WeakMap<DocumentNode, Map<string, OperationShape>>();
  const shapeOf = (request: GraphQLRequestContextDidResolveOperation<GatewayContext>): OperationShape => {
    const named = shapes.get(request.document) ?? new Map<string, OperationShape>();
    shapes.set(request.document, named);
    const name = request.operationName ?? '';
    let shape = named.get(name);
    if (!shape)
      named.set(
        name,
        (shape = operationShape(
          request.schema,
          request.document,
          request.operation as OperationDefinitionNode,
        )),
      );
    return shape;
  };

  /** By the extensions of the request: one that the short way hands on to Apollo Server comes here twice, and takes one use. */
  const uses = new WeakMap<object, ReturnType<typeof underAuthorization>>();
  const used = (extensions: object, grant: Grant, purpose: Purpose, snapshot: Snapshot) => {
    const begun = uses.get(extensions) ?? underAuthorization(options.access, grant, purpose, snapshot);
    uses.set(extensions, begun);
    return begun;
  };

  return {
    async requestDidStart() {
      let journaled = false;
      let counted = false;
      let purpose: Purpose | null = null;

      return {
        async didResolveOperation(request) {
          const { contextValue, schema } = request;
          if (request.operation?.operation === OperationTypeNode.SUBSCRIPTION) {
            throw refusal('BAD_USER_INPUT', { zh: '不支持订阅', en: 'there are no subscriptions' });
          }
          const shape = shapeOf(request);
          const operation = request.operation as OperationDefinitionNode;
          // Variables that do not fit are told of by execution, and better.
          const variables = coerced(schema, operation, request.request.variables).coerced ?? {};
          refuseLostCharacters(shape, variables);
          const { caller } = contextValue;
          // Until a decision is made, what a known caller tried counts as worth an entry.
          journaled = caller.role !== null && (shape.subjects || shape.duties || shape.mutation);
          const rights = options.rights();
          const refused = barred(caller, rights);
          if (refused) {
            // Whatever it asks for: that it is tried is worth knowing.
            journaled ||= refused.extensions['code'] === 'FORBIDDEN';
            throw refused;
          }
          const { extensions } = request.request;
          purpose = purposeOf(extensions, contextValue.purposeHeader);
          contextValue.purpose = purpose;
          checkPurpose(caller, purpose, shape);
          const snapshot = options.snapshot();
          if (!snapshot)
            throw refusal(
              'SUBGRAPH_UNAVAILABLE',
              { zh: '目录暂不可用', en: 'the catalogue is not available' },
              { subgraph: 'catalogue' },
            );
          const decision = decide(caller, purpose, shape, snapshot, options.today(), options.pseudonym);
          refuseUngranted(caller, purpose, rights);
          ({ journaled } = decision);
          if (decision.ground !== undefined) contextValue.ground = decision.ground;
          const about = subjectNamed(
            shape.authorizing,
            schema,
            variables,
            options.today(),
            options.pseudonym,
          );
          contextValue.grant = about === undefined ? decision.grant : { ...decision.grant, about };
          if (extensions && purpose?.authorization) {
            Object.assign(contextValue, await used(extensions, decision.grant, purpose, snapshot));
            return;
          }
          if (caller.role === null && shape.subjects) counted = true;
          if (decision.grant.scope.kind !== 'PUBLIC' || caller.role === 'service') return;
          const person = personAsked(shape.named, schema, variables, options.today());
          if (!person) return;
          journaled = true;
          const id = await publiclyKnown(options.persons, person, decision.grant);
          contextValue.grant = { ...decision.grant, scope: { kind: 'PUBLIC', persons: id ? [id] : [] } };
        },

        async willSendResponse({ response, contextValue, operationName, queryHash, errors }) {
          if (response.body.kind !== 'single') throw new Error('incremental answers cannot be journaled');
          const result = response.body.singleResult;
          if (response.http.status === 500) response.http.status = refusedStatus(result.errors);
          if (contextValue.caller.role === null) silence(result);
          if (counted && !journaled) options.journal.count(contextValue.caller.channel);
          if (!journaled) return;
          const entry = entryOf(
            contextValue,
            contextValue.purpose ?? purpose,
            operationName ?? queryHash ?? '',
            outcomeOf(result, errors),
            options.snapshot(),
          );
          try {
            await options.journal.write(entry);
            result.extensions = { ...result.extensions, receipt: entry.id };
          } catch (error) {
            options.onJournalFailure(error);
            const shown = refusal('JOURNAL_UNAVAILABLE', {
              zh: '查询日志无法写入，不予应答',
              en: 'the journal cannot be written: no answer is given',
            });
            response.http.status = 503;
            response.body = {
              kind: 'single',
              singleResult: { errors: [{ message: shown.message, extensions: shown.extensions }] },
            };
          }
        },
      };
    },
  };
}

/** For the public a denied field is as null as an absent one. */
function silence(result: FormattedExecutionResult): void {
  if (!result.errors || !result.data) return;
  const told = result.errors.filter((e: GraphQLFormattedError) => !SILENT.has(e.extensions?.['code']));
  if (told.length > 0) (result as { errors: readonly GraphQLFormattedError[] }).errors = told;
  else delete (result as { errors?: unknown }).errors;
}
