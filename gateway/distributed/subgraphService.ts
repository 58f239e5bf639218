import express, { type RequestHandler } from 'express';
import type { ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { SubgraphContext } from '../../records/context.ts';
import { disclosureData } from '../../records/disclosure.ts';
import type { GrantVerifier, ServiceUse } from '../../records/grantToken.ts';
import type { Subgraph } from '../../records/subgraph.ts';
import { formatError } from '../errors.ts';
import { type HttpService, httpService } from '../http/serve.ts';
import { evidenceRoutes } from './evidence.ts';
import { questionsDoor } from './questions/door.ts';

/** What the execution disclosed goes beside the data, for the gateway's journal. */
const reportDisclosed: ApolloServerPlugin<SubgraphContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== 'single' || !contextValue.report) return;
        const { singleResult } = response.body;
        singleResult.extensions = {
          ...singleResult.extensions,
          disclosed: disclosureData(contextValue.report),
        };
      },
    };
  },
};

const header = (request: { headers: Record<string, string | string[] | undefined> }): string | undefined => {
  const value = request.headers['grant'];
  return typeof value === 'string' ? value : undefined;
};

/** A chunk of 5,000 records with long texts. */
const DELIVERY_LIMIT = '64mb';

export interface SubgraphServiceParts {
  subgraph: Subgraph;
  /** Checks the gateway's grants. */
  grants: GrantVerifier;
  /** Checks the tokens of the center's subgraphs; null where this one takes neither deliveries nor orders. */
  deliveries: GrantVerifier | null;
  /** Checks agencies' tokens; null where this subgraph does not follow records. */
  standings: GrantVerifier | null;
  onUnexpected: (error: unknown) => void;
}

/**
 * A subgraph as a service of its own: the gateway's questions and GraphQL under grants, and doors for deliveries and orders under keys
 * of their own, so that neither opens the other. Whoever has neither gets 401 and nothing is read. The catalogue's feed is open: what it
 * tells is published anyway [SH-15].
 */
export function subgraphService({
  subgraph,
  grants,
  deliveries,
  standings,
  onUnexpected,
}: SubgraphServiceParts): Promise<HttpService<SubgraphContext>> {
  /** Before the body is even read. */
  const only =
    (verifier: GrantVerifier, use: ServiceUse): RequestHandler =>
    async (request, response, next) => {
      try {
        await verifier.service(header(request), use);
      } catch (error) {
        response
          .status(401)
          .json({ errors: [{ message: (error as Error).message, extensions: { code: 'UNAUTHENTICATED' } }] });
        return;
      }
      next();
    };

  return httpService<SubgraphContext>(
    {
      schema: subgraph.schema,
      introspection: true,
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
      formatError: formatError(onUnexpected),
      plugins: [
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginInlineTraceDisabled(),
        ApolloServerPluginLandingPageDisabled(),
        reportDisclosed,
      ],
    },
    {
      // Express's layers would take longer than many an answer.
      door: questionsDoor({ subgraph, grants, onUnexpected }),
      context: async ({ req }) => subgraph.context(await grants.grant(header(req))),
      before(app) {
        app.get('/healthz', (_request, response) => void response.json({ ok: true }));
        app.get('/readyz', async (_request, response) => {
          const ready = await subgraph.ready();
          response.status(ready ? 200 : 503).json({ ready });
        });
        const { sink, subjects, snapshots, orders } = subgraph;
        if (orders && standings) {
          app.post('/standings', only(standings, 'standing'), express.json(), async ({ body }, response) => {
            if (body.action?.kind !== 'STANDING') return void response.sendStatus(403);
            await orders.apply(body);
            response.json({});
          });
        }
        if (subgraph.evidence) app.use(evidenceRoutes(subgraph.evidence, grants, onUnexpected));
        if (deliveries) {
          app.use(
            [
              '/deliveries',
              '/listed',
              '/withdrawals',
              '/facts',
              '/conduct',
              '/broken-promises',
              '/amendments',
              '/orders',
              '/archive',
              '/subjects',
            ],
            only(deliveries, 'deliver'),
            express.json({ limit: DELIVERY_LIMIT }),
          );
          if (orders) {
            app.post('/orders', async ({ body }, response) => {
              await orders.apply(body);
              response.json({});
            });
          }
          if (sink) {
            app.post(
              '/deliveries',
              async ({ body }, response) =>
                void response.json(await sink.deliver(body.recordType, body.records)),
            );
            app.post(
              '/listed',
              async ({ body }, response) =>
                void response.json(await sink.listed(body.recordType, body.subjectIds, body.jurisdictions)),
            );
            app.post(
              '/withdrawals',
              async ({ body }, response) =>
                void response.json(await sink.withdraw(body.recordType, body.subjectIds, body.jurisdictions)),
            );
            app.post(
              '/facts',
              async ({ body }, response) =>
                void response.json(await sink.facts(body.recordType, body.subjectId, body.ids)),
            );
            app.post(
              '/conduct',
              async ({ body }, response) => void response.json(await sink.conductSince(body)),
            );
            app.post(
              '/broken-promises',
              async ({ body }, response) =>
                void response.json(await sink.brokenPromise(body.recordType, body.subjectId, body.id)),
            );
            app.post('/amendments', async ({ body }, response) => void response.json(await sink.amend(body)));
            app.post('/archive', async ({ body }, response) => void response.json(await sink.archived(body)));
          }
          if (subjects) {
            app.post(
              '/subjects',
              async ({ body }, response) => void response.json(await subjects.register(body.subjects)),
            );
            app.post(
              '/subjects/id',
              async ({ body }, response) => void response.json(await subjects.idOf(body.code)),
            );
          }
        }
        if (snapshots) {
          app.get('/snapshot', async (request, response) => {
            const data = await snapshots.snapshot(Number(request.query['since'] ?? -1));
            if (data) response.json(data);
            else response.status(204).end();
          });
        }
      },
    },
  );
}
