import express, { type Request, type RequestHandler } from 'express';
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
  /** Checks the tokens of those that ask about records and change nothing; left out where none is let in. */
  inquiries?: GrantVerifier | null;
  /** Checks agencies' tokens; null where this subgraph does not follow records. */
  standings: GrantVerifier | null;
  onUnexpected: (error: unknown) => void;
}

/** A key and the use that it must be signed for. */
type Opening = [GrantVerifier, ServiceUse];

/** What is done with a body, by path. */
type Doors = Record<string, (body: Request['body']) => Promise<unknown>>;

/** What puts records on file, changes them, or tells more of them than measures need. */
const deliveryDoors = ({ sink, subjects, orders }: Subgraph): Doors => ({
  ...(orders && { '/orders': async (body) => (await orders.apply(body), {}) }),
  ...(sink && {
    '/deliveries': ({ recordType, records }) => sink.deliver(recordType, records),
    '/withdrawals': ({ recordType, subjectIds, jurisdictions }) =>
      sink.withdraw(recordType, subjectIds, jurisdictions),
    '/facts-of': ({ recordType, keys }) => sink.factsOf(recordType, keys),
    '/conduct': (body) => sink.conductSince(body),
    '/broken-promises': ({ recordType, subjectId, id }) => sink.brokenPromise(recordType, subjectId, id),
    '/amendments': (body) => sink.amend(body),
    '/archive': (body) => sink.archived(body),
  }),
  ...(subjects && { '/subjects': (body) => subjects.register(body.subjects) }),
});

/** What tells whether a record stands, and changes nothing. */
const inquiryDoors = ({ sink, subjects, changes }: Subgraph): Doors => ({
  ...(changes && { '/changes': ({ after, limit }) => changes.changes(after, limit) }),
  ...(sink && {
    '/facts': ({ recordType, subjectId, ids }) => sink.facts(recordType, subjectId, ids),
    '/listed': ({ recordType, subjectIds, jurisdictions }) =>
      sink.listed(recordType, subjectIds, jurisdictions),
  }),
  ...(subjects && { '/subjects/id': (body) => subjects.idOf(body.code) }),
});

/**
 * A subgraph as a service of its own: the gateway's questions and GraphQL under grants, and doors for deliveries and orders under keys
 * of their own, so that neither opens the other. Whoever has neither gets 401 and nothing is read. The catalogue's feed is open: what it
 * tells is published anyway [SH-15].
 */
export function subgraphService({
  subgraph,
  grants,
  deliveries,
  inquiries,
  standings,
  onUnexpected,
}: SubgraphServiceParts): Promise<HttpService<SubgraphContext>> {
  /** Before the body is even read. */
  const only =
    (...openings: Opening[]): RequestHandler =>
    async (request, response, next) => {
      let refused: unknown;
      for (const [verifier, use] of openings) {
        try {
          await verifier.service(header(request), use);
          return next();
        } catch (error) {
          refused = error;
        }
      }
      response
        .status(401)
        .json({ errors: [{ message: (refused as Error).message, extensions: { code: 'UNAUTHENTICATED' } }] });
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
        const { snapshots, orders } = subgraph;
        if (orders && standings) {
          app.post(
            '/standings',
            only([standings, 'standing']),
            express.json(),
            async ({ body }, response) => {
              if (body.action?.kind !== 'STANDING') return void response.sendStatus(403);
              await orders.apply(body);
              response.json({});
            },
          );
        }
        if (subgraph.evidence) app.use(evidenceRoutes(subgraph.evidence, grants, onUnexpected));
        const open = (doors: Doors, ...openings: Opening[]): void => {
          for (const [path, work] of Object.entries(doors)) {
            app.post(
              path,
              only(...openings),
              express.json({ limit: DELIVERY_LIMIT }),
              async ({ body }, response) => void response.json(await work(body)),
            );
          }
        };
        if (deliveries) {
          open(deliveryDoors(subgraph), [deliveries, 'deliver']);
          open(
            inquiryDoors(subgraph),
            [deliveries, 'deliver'],
            ...(inquiries ? [[inquiries, 'ask'] satisfies Opening] : []),
          );
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
