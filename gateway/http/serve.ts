import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, type ApolloServerOptions, type BaseContext } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { type ExpressContextFunctionArgument, expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type Express } from 'express';

export interface HttpOptions<C extends BaseContext> {
  context: (request: ExpressContextFunctionArgument) => Promise<C>;
  path?: string;
  /** Routes that stand before GraphQL. */
  before?: (app: Express) => void;
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

/** A body that cannot be read is the client's mistake: told as JSON, in its own words, without a stack. */
const badBody: ErrorRequestHandler = (error: { status?: number; statusCode?: number; type?: string }, _request, response, next) => {
  if (response.headersSent) return next(error);
  const status = error.status ?? error.statusCode ?? 500;
  const known = status >= 400 && status < 500;
  response.status(known ? status : 500).json({
    errors: [
      {
        message: known ? `请求体无法读取 / the body cannot be read (${error.type ?? status})` : '内部错误 / internal error',
        extensions: { code: known ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR' },
      },
    ],
  });
};

/** Apollo Server behind Express: the HTTP layer of the gateway and of every subgraph, as a function of Apollo Server's own options. */
export async function httpService<C extends BaseContext>(options: ApolloServerOptions<C>, { context, path = '/graphql', before }: HttpOptions<C>): Promise<HttpService<C>> {
  const app = express();
  app.disable('x-powered-by');
  const http = createServer(app);
  const server = new ApolloServer<C>({ ...options, plugins: [...(options.plugins ?? []), ApolloServerPluginDrainHttpServer({ httpServer: http })] } as ApolloServerOptions<C>);
  await server.start();
  before?.(app);
  app.use(path, express.json({ limit: BODY_LIMIT }), expressMiddleware(server, { context }));
  app.use(badBody);
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
