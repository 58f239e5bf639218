import { randomBytes } from 'node:crypto';
import altair from 'altair-static';
import express, { type Router } from 'express';
import { secureHeaders } from '../http/security.ts';
import { type Asker, type ExampleValues, examples } from './examples.ts';

export interface ExplorerOptions {
  /** Code of the matter that the header `Query-Purpose` is prefilled with. */
  purpose?: string;
  /** Bearer tokens to prefill. They are readable by whoever opens the page: for the embedded demonstration on loopback alone. */
  tokens?: Partial<Record<NonNullable<Asker>, string>>;
  examples: ExampleValues;
}

const ENDPOINT = '/graphql';
const ASSETS = '/explorer/';

/**
 * The GraphQL explorer: Altair at `/`, its files under `/explorer/`. Everything comes from this process, so it works with no internet,
 * and the page's policy lets the browser contact no other address.
 */
export function explorer(options: ExplorerOptions): Router {
  const headersOf = (asker: Asker): Record<string, string> => {
    const token = asker && options.tokens?.[asker];
    return {
      ...(token && { Authorization: `Bearer ${token}` }),
      // A matter belongs to a unit: under another's token it would be refused.
      ...(asker === 'officer' && options.purpose && { 'Query-Purpose': encodeURIComponent(options.purpose) }),
    };
  };
  const windows = examples(options.examples).map(({ title, query, variables, asker }) => ({
    initialName: title,
    endpointURL: ENDPOINT,
    initialQuery: query,
    initialVariables: JSON.stringify(variables, null, 2),
    initialHeaders: headersOf(asker),
  }));

  const router = express.Router();
  router.get('/', (request, response, next) => {
    const nonce = randomBytes(16).toString('base64');
    const page = altair.renderAltair({
      baseURL: ASSETS,
      cspNonce: nonce,
      endpointURL: ENDPOINT,
      initialHeaders: headersOf('officer'),
      initialWindows: windows,
      initialSettings: {
        language: request.acceptsLanguages('en', 'zh') === 'zh' ? 'zh-CN' : 'en-US',
        'schema.reloadOnStart': true,
        'alert.disableUpdateNotification': true,
        'alert.disableWarnings': true,
        disablePushNotification: true,
        'banners.disable': true,
      },
      // Tokens stay out of the browser's storage, and examples are always those of this server.
      preserveState: false,
      disableAccount: true,
    });
    explorerHeaders(nonce)(request, response, (error) => {
      if (error) return next(error);
      response.set('Cache-Control', 'no-store').type('html').send(page);
    });
  });
  router.use(ASSETS, secureHeaders(), express.static(altair.getDistDirectory(), { index: false, maxAge: '1h' }));
  return router;
}

/** What Altair needs beyond nothing. Each line is there because the page fails without it. */
const explorerHeaders = (nonce: string) =>
  secureHeaders({
    scriptSrc: ["'self'", `'nonce-${nonce}'`],
    styleSrc: ["'self'", `'nonce-${nonce}'`],
    imgSrc: ["'self'"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    workerSrc: ["'self'"],
    baseUri: ["'self'"],
  });
