import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, type ApolloServerOptions, type BaseContext } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express, type RequestHandler } from 'express';
import type { Admission } from './admission.ts';
import { MAX_BODY, badBody } from './body.ts';
import { type Past, graphqlPast } from './past.ts';
import { PreparedQueries } from './prepared.ts';
import { headersOf, notStored, secureHeaders } from './security.ts';

/** Takes a request, or says that it is none of its own. */
export type Door = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface HttpOptions<C extends BaseContext> {
  context: (request: { req: IncomingMessage }) => Promise<C>;
  path?: string;
  /** Reverse proxies in front: as many entries of `X-Forwarded-For`, from the right, are believed. */
  proxies?: number;
  /** Routes that stand before GraphQL. */
  before?: (app: Express) => void;
  /** Requests to GraphQL that may go past Express and all that stands before it, once they are seen to be plain ones. */
  past?: Past;
  /** Stands before everything else. */
  door?: Door;
  /** How many requests to GraphQL are worked on at a time; unbounded where left out. */
  admission?: Admission;
  onUnexpected?: (error: unknown) => void;
}

export interface HttpService<C extends BaseContext> {
  server: ApolloServer<C>;
  http: Server;
  /** @returns the base URL. */
  listen(port: number, host: string): Promise<string>;
  close(): Promise<void>;
}

const notFound: RequestHandler = (_request, response) => {
  response
    .status(404)
    .json({ errors: [{ message: '地址不存在 / no such address', extensions: { code: 'NOT_FOUND' } }] });
};

/** Apollo Server behind Express: the HTTP layer of the gateway and of every subgraph, as a function of Apollo Server's own options. */
export async function httpService<C extends BaseContext>(
  options: ApolloServerOptions<C>,
  {
    context,
    path = '/graphql',
    proxies = 0,
    before,
    past,
    door,
    admission,
    onUnexpected = () => {},
  }: HttpOptions<C>,
): Promise<HttpService<C>> {
  const app = express();
  app.set('trust proxy', proxies);
  app.use(secureHeaders());
  const http = createServer((request, response) => {
    if (admission && request.url?.startsWith(path) && !admission.admit(response)) return;
    if (!door?.(request, response)) listener(request, response);
  });
  const prepared = past && options.gateway ? new PreparedQueries<C>(options) : undefined;
  const server = new ApolloServer<C>({
    ...options,
    plugins: [
      ...(options.plugins ?? []),
      ...(prepared ? [prepared.plugin] : []),
      ApolloServerPluginDrainHttpServer({ httpServer: http }),
    ],
  });
  await server.start();
  const listener = past
    ? graphqlPast({
        server,
        path,
        context,
        past,
        prepared,
        headers: headersOf(secureHeaders(), notStored),
        otherwise: app,
        onUnexpected,
      })
    : app;
  before?.(app);
  app.use(path, express.json({ limit: MAX_BODY }), expressMiddleware(server, { context }));
  app.use(notFound, badBody(onUnexpected));
  return {
    server,
    http,
    async listen(port, host) {
      await new Promise<void>((resolve, reject) => {
        http.once('error', reject).listen(port, host, () => resolve());
      });
      const address = http.address() as AddressInfo;
      return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
    },
    close: () => server.stop(),
  };
}
