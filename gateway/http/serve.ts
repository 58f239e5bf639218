import { STATUS_CODES, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, type ApolloServerOptions, type BaseContext } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { type ExpressContextFunctionArgument, expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { secureHeaders } from './security.ts';

export interface HttpOptions<C extends BaseContext> {
  context: (request: ExpressContextFunctionArgument) => Promise<C>;
  path?: string;
  /** Reverse proxies in front: as many entries of `X-Forwarded-For`, from the right, are believed. */
  proxies?: number;
  /** Routes that stand before GraphQL. */
  before?: (app: Express) => void;
  onUnexpected?: (error: unknown) => void;
}

export interface HttpService<C extends BaseContext> {
  server: ApolloServer<C>;
  http: Server;
  /** @returns the base URL. */
  listen(port: number, host: string): Promise<string>;
  close(): Promise<void>;
}

/** Bodies hold up to 5,000 rows of a submission, or as many entity representations. */
const BODY_LIMIT = '16mb';

const notFound: RequestHandler = (_request, response) => {
  response
    .status(404)
    .json({ errors: [{ message: '地址不存在 / no such address', extensions: { code: 'NOT_FOUND' } }] });
};

/** A body that cannot be read is the client's mistake: told as JSON, in its own words, without a stack. */
const badBody =
  (onUnexpected: (error: unknown) => void): ErrorRequestHandler =>
  (error: { status?: number; statusCode?: number; type?: string }, _request, response, next) => {
    const status = error.status ?? error.statusCode ?? 500;
    const known = status >= 400 && status < 500;
    if (!known) onUnexpected(error);
    if (response.headersSent) return next(error);
    response.status(known ? status : 500).json({
      errors: [
        {
          message: known
            ? `请求体无法读取 / ${STATUS_CODES[status]}: the body cannot be read (${error.type ?? status})`
            : '内部错误 / internal error',
          extensions: { code: known ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
  };

/** Apollo Server behind Express: the HTTP layer of the gateway and of every subgraph, as a function of Apollo Server's own options. */
export async function httpService<C extends BaseContext>(
  options: ApolloServerOptions<C>,
  { context, path = '/graphql', proxies = 0, before, onUnexpected = () => {} }: HttpOptions<C>,
): Promise<HttpService<C>> {
  const app = express();
  app.set('trust proxy', proxies);
  app.use(secureHeaders());
  const http = createServer(app);
  const server = new ApolloServer<C>({
    ...options,
    plugins: [...(options.plugins ?? []), ApolloServerPluginDrainHttpServer({ httpServer: http })],
  });
  await server.start();
  before?.(app);
  app.use(path, express.json({ limit: BODY_LIMIT }), expressMiddleware(server, { context }));
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
