import express, { type RequestHandler } from 'express';
import type { ApolloGateway } from '@apollo/gateway';
import type { GraphQLSchema } from 'graphql';
import type { JSONWebKeySet } from 'jose';
import type { Settings } from '../platform/settings.ts';
import type { Packs } from '../policy/packs/packs.ts';
import type { EvidenceStore } from '../records/evidence.ts';
import { jobEvents } from './checks/events.ts';
import { openChecks } from './checks/source.ts';
import type { GatewayContext } from './context.ts';
import { type CreditGatewayParts, creditContext, creditGateway } from './credit.ts';
import { evidenceDoor } from './evidence/door.ts';
import { type ExplorerOptions, explorer } from './explorer/explorer.ts';
import { Admission } from './http/admission.ts';
import { rateLimit } from './http/rateLimit.ts';
import { notStored } from './http/security.ts';
import { type HttpService, httpService } from './http/serve.ts';
import type { Transport } from './federation/transport.ts';
import { type Check, health } from './observe/health.ts';
import { Metrics } from './observe/metrics.ts';
import { reportDoor } from './reports/door.ts';
import { warmUp } from './warmUp.ts';
import { tellWithdrawals } from './withdrawals.ts';

export interface CreditServiceParts extends Omit<CreditGatewayParts, 'checks'> {
  settings: Pick<Settings, 'trustedProxies' | 'rateLimitPublicPerMinute' | 'maxRequestsAtOnce' | 'publicUrl'>;
  /** Whether each subgraph is ready. */
  ready: Record<string, Check>;
  /** The rules of every jurisdiction. */
  packs: Packs;
  /** Keeps files of evidence. */
  evidence: EvidenceStore;
  /** Keys of the embedded issuer, to be published. */
  tokenKeys?: JSONWebKeySet;
  explorer?: ExplorerOptions;
}

const PUBLIC_BODY_LIMIT = '256kb';
const readPublicBody = express.json({ limit: PUBLIC_BODY_LIMIT });

/** Large bodies are for submissions: without a token nobody makes the gateway read one. */
const publicBody: RequestHandler = (request, response, next) =>
  request.headers.authorization === undefined ? readPublicBody(request, response, next) : next();

/** The gateway as it stands in service, embedded or distributed: GraphQL, explorer, health, metrics and limits behind one port. */
export async function creditService(parts: CreditServiceParts): Promise<HttpService<GatewayContext>> {
  const { settings, tokens, journal, follower, transports } = parts;
  const metrics = new Metrics();
  journal.onGroup = (entries) => metrics.journalGroup(entries);
  const timed = Object.fromEntries(
    Object.entries(transports).map(([name, transport]: [string, Transport]) => [
      name,
      metrics.timedTransport(name, transport),
    ]),
  ) as CreditGatewayParts['transports'];
  const inService = { ...parts, transports: timed, journal: metrics.timedJournal(journal), metrics };
  const checks = openChecks(
    {
      ...inService,
      snapshot: () => follower.current(),
      rights: () => parts.rights.current(),
      today: () => parts.clock.today(),
    },
    (subgraph, error) => parts.log.error({ subgraph, err: error }, 'a check failed'),
  );
  const options = creditGateway({ ...inService, checks: checks.source });
  const events = jobEvents({
    ...checks,
    tokens,
    journal,
    rights: () => parts.rights.current(),
    onLimited: () => metrics.rateLimited(),
    onUnexpected: (error) => parts.log.error({ err: error }, 'unexpected'),
  });
  const atDoors = {
    tokens,
    journal: inService.journal,
    transports: timed,
    packs: parts.packs,
    snapshot: () => follower.current(),
    rights: () => parts.rights.current(),
    today: () => parts.clock.today(),
    pseudonym: parts.pseudonym,
    onLimited: () => metrics.rateLimited(),
    onUnexpected: (error: unknown) => parts.log.error({ err: error }, 'unexpected'),
    onJournalFailure: (error: unknown) => parts.log.error({ err: error }, 'the journal could not be written'),
  };
  const reports = reportDoor({ ...atDoors, publicUrl: settings.publicUrl });
  const limited = rateLimit({
    perMinute: settings.rateLimitPublicPerMinute,
    known: (authorization) => tokens.isGood(authorization),
    onLimited: () => metrics.rateLimited(),
  });
  const gateway = options.gateway as unknown as ApolloGateway;
  let schema: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema));
  const service = await httpService(options, {
    context: creditContext(tokens),
    proxies: settings.trustedProxies,
    // The rate limit and the small limit on bodies are for callers who are not known.
    admission: new Admission(settings.maxRequestsAtOnce, () => metrics.rateLimited()),
    past: ({ headers }) => tokens.isGood(headers.authorization),
    onUnexpected: (error) => parts.log.error({ err: error }, 'unexpected'),
    before(app) {
      app.use(
        health({
          journal: () => journal.ready(),
          catalogue: () => follower.current() !== null,
          subgraphs: parts.ready,
        }),
      );
      app.use(metrics.endpoint());
      const keys = parts.tokenKeys;
      if (keys) app.get('/.well-known/jwks.json', (_request, response) => void response.json(keys));
      if (parts.explorer) app.use(explorer(parts.explorer));
      app.use('/graphql', notStored, limited, publicBody);
      app.use('/evidence', notStored, limited);
      app.use('/jobs', notStored, limited);
      app.use(events.router);
      app.use(evidenceDoor({ ...atDoors, store: parts.evidence }));
      app.use('/reports', notStored, limited);
      app.use(reports.router);
    },
  });
  if (schema) await warmUp(gateway, schema, parts.clock.today());
  const withdrawals = tellWithdrawals({
    sharing: transports.sharing,
    rights: () => parts.rights.current(),
    today: () => parts.clock.today(),
    log: parts.log,
  });
  return {
    ...service,
    async close() {
      events.close();
      await service.close();
      await withdrawals.close();
      reports.close();
      await checks.close();
    },
  };
}
