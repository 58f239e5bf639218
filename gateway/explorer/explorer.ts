import { randomBytes } from 'node:crypto';
import altair from 'altair-static';
import express, { type RequestHandler, type Router } from 'express';
import { secureHeaders } from '../http/security.ts';
import { type Asker, type ExampleValues, examples } from './examples.ts';

export interface ExplorerOptions {
  /** Code of the matter that the header `Query-Purpose` is prefilled with: one of the officer's unit. */
  purpose?: string;
  /** Bearer tokens to prefill. Whoever opens the page can read them: for the embedded demonstration on loopback alone. */
  tokens?: Partial<Record<NonNullable<Asker>, string>>;
  examples: ExampleValues;
}

const ENDPOINT = '/graphql';
const ASSETS = '/explorer/';

/**
 * The GraphQL explorer: Altair at `/`, its files under `/explorer/`. All of it comes from this process, so that it works with no internet,
 * and the page's policy lets the browser contact no other address.
 */
export function explorer(options: ExplorerOptions): Router {
  const headersOf = (asker: Asker): Record<string, string> => {
    const token = asker && options.tokens?.[asker];
    return {
      ...(token && { Authorization: `Bearer ${token}` }),
      // A matter belongs to a unit: beside another unit's token it would be refused.
      ...(asker === 'officer' && options.purpose && { 'Query-Purpose': encodeURIComponent(options.purpose) }),
    };
  };
  // Headers stand with each tab alone: Altair gives a tab without any those of the page, and a public look would carry a token.
  const windows = examples(options.examples).map(({ title, query, variables, asker }) => ({
    initialName: title,
    initialQuery: query,
    initialVariables: JSON.stringify(variables, null, 2),
    initialHeaders: headersOf(asker),
  }));
  const render = (nonce: string, language: 'zh-CN' | 'en-US'): string =>
    altair
      .renderAltair({
        baseURL: ASSETS,
        endpointURL: ENDPOINT,
        cspNonce: nonce,
        initialWindows: windows,
        initialSettings: {
          language,
          'schema.reloadOnStart': true,
          'alert.disableUpdateNotification': true,
          'alert.disableWarnings': true,
          'banners.disable': true,
          disablePushNotification: true,
        },
        // Tokens stay out of the browser's storage, and the examples are always those of this server.
        preserveState: false,
        disableAccount: true,
      })
      .replace('<title>Altair</title>', '<title>公共信用信息 GraphQL · Public credit information</title>')
      .replace('<app-root>', `<app-root ngCspNonce="${nonce}">`)
      .replace(
        '</body>',
        `<script type="module" nonce="${nonce}">${showFirst(windows.length)}</script></body>`,
      );

  const page: RequestHandler = (request, response, next) => {
    const nonce = randomBytes(16).toString('base64');
    pageHeaders(nonce)(request, response, (error) => {
      if (error) return next(error);
      const language = request.acceptsLanguages('en', 'zh') === 'zh' ? 'zh-CN' : 'en-US';
      response
        .set({ 'Cache-Control': 'no-store', Vary: 'Accept-Language' })
        .type('html')
        .send(render(nonce, language));
    });
  };
  const assets = express.static(altair.getDistDirectory(), { index: false, maxAge: '1h' });
  return express.Router().get('/', page).use(ASSETS, assets);
}

/** Altair leaves the last tab in front; readers begin with the first. */
const showFirst = (tabs: number): string => `
  new MutationObserver((_, observer) => {
    const items = document.querySelectorAll('.window-switcher__item');
    if (!items[${tabs - 1}]?.matches('.window-switcher__item--active')) return;
    observer.disconnect();
    items[0].click();
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
`;

/** Style elements without a nonce that Altair's libraries add: two empty ones and the first mount of the editor's base style. */
const UNSIGNED_STYLES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-KEusrVhJr9hIBdaMJvOVaP+WWz8kc3DCY43CCLLIGfY='",
  "'sha256-yk9i/VlAiCewfGAOHBXDc9YkttDeM+lHMEWQuZFElGM='",
];

/** What the page needs on top of nothing. Altair's frame for request scripts stays shut: it would come from its maker's address. */
const pageHeaders = (nonce: string): RequestHandler =>
  secureHeaders({
    // Altair's own files, and the options and examples that are written into the page.
    scriptSrc: ["'self'", `'nonce-${nonce}'`],
    // Angular, emotion and CodeMirror add style elements as they run, signed with the nonce.
    styleSrc: ["'self'", `'nonce-${nonce}'`, ...UNSIGNED_STYLES],
    // Its logo, and small pictures inside the editor's style sheet.
    imgSrc: ["'self'", 'data:'],
    // JetBrains Mono, out of the package.
    fontSrc: ["'self'"],
    // /graphql, and its texts in the reader's language.
    connectSrc: ["'self'"],
    // Completion and validation run in a worker.
    workerSrc: ["'self'"],
    // Its files are named relative to /explorer/.
    baseUri: ["'self'"],
  });
