import express, { type Request, type Response } from 'express';
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

/** What the execution disclosed goes beside the data, for the gateway's journal. */
const reportDisclosed: ApolloServerPlugin<SubgraphContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== 'single' || !contextValue.report) return;
        const { singleResult } = response.body;
        singleResult.extensions = { ...singleResult.extensions, disclosed: disclosureData(contextValue.report) };
      },
    };
  },
};

const header = (request: { headers: Record<string, string | string[] | undefined> }): string | undefined => {
  const value = request.headers['grant'];
  return typeof value === 'string' ? value : undefined;
};

/**
 * A subgraph as a service of its own: GraphQL under a grant, and the doors for other services (deliveries, subjects, snapshots) under a
 * service token. Whoever has neither gets 401 and nothing is read.
 */
export function subgraphService(subgraph: Subgraph, verifier: GrantVerifier, onUnexpected: (error: unknown) => void): Promise<HttpService<SubgraphContext>> {
  const door =
    <B, R>(use: ServiceUse, work: (body: B, request: Request) => Promise<R>) =>
    async (request: Request, response: Response): Promise<void> => {
      try {
        await verifier.service(header(request), use);
      } catch (error) {
        response.status(401).json({ errors: [{ message: (error as Error).message, extensions: { code: 'UNAUTHENTICATED' } }] });
        return;
      }
      const answer = await work(request.body as B, request);
      if (answer === null) response.status(204).end();
      else response.json(answer);
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
      context: async ({ req }) => subgraph.context(await verifier.grant(header(req))),
      before(app) {
        app.get('/healthz', (_request, response) => void response.json({ ok: true }));
        app.get('/readyz', async (_request, response) => {
          const ready = await subgraph.ready();
          response.status(ready ? 200 : 503).json({ ready });
        });
        const { sink, subjects, snapshots } = subgraph;
        const body = express.json({ limit: '64mb' });
        if (sink) {
          app.post('/deliveries', body, door('deliver', (b: { recordType: string; records: never[] }) => sink.deliver(b.recordType, b.records)));
        }
        if (subjects) app.post('/subjects', body, door('deliver', (b: { subjects: never[] }) => subjects.register(b.subjects)));
        if (snapshots) app.get('/snapshot', door('snapshot', (_b, request) => snapshots.snapshot(Number(request.query['since'] ?? -1))));
      },
    },
  );
}
