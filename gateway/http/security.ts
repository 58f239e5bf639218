import type { RequestHandler } from 'express';
import helmet, { type HelmetOptions } from 'helmet';

type Directives = NonNullable<
  Exclude<HelmetOptions['contentSecurityPolicy'], boolean | undefined>['directives']
>;

/** Answers are data: a browser that is made to show one as a page loads nothing, runs nothing and is framed by nobody. */
const NOTHING: Directives = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * Security headers of every answer. A page names what it may load on top of nothing.
 * TLS ends at the reverse proxy: HSTS is sent for it, and nothing is upgraded to https, which would break plain loopback.
 */
export function secureHeaders(page: Directives = {}): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { ...NOTHING, ...page } },
    xFrameOptions: { action: 'deny' },
  });
}

/** Credit information stays with who asked: neither a browser nor a proxy keeps an answer. */
export const notStored: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** What these handlers set on every answer, whatever the request, for answers that do not pass through them. */
export function headersOf(...handlers: RequestHandler[]): Record<string, string> {
  const headers: Record<string, string> = {};
  const set = (name: string, value: string) => void (headers[name] = value);
  const response = { setHeader: set, set, removeHeader: (name: string) => void delete headers[name] };
  for (const handler of handlers) void handler({} as never, response as never, () => {});
  return headers;
}
