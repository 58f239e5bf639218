import { type LookupAddress, lookup } from 'node:dns';
import { type LookupFunction, isIP } from 'node:net';
import { Agent, buildConnector, request } from 'undici';
import type { SignedMessage } from './message.ts';
import type { Networks } from './networks.ts';

const CONNECT_MS = 5_000;
/** For the whole exchange. */
const ANSWER_MS = 10_000;
/** Of an answer as much is read as tells that it is one. */
const ANSWER_BYTES = 16_384;

class NotAllowed extends Error {
  readonly code = 'ADDRESS_NOT_ALLOWED';
}

/** Looks a name up and lets those of its addresses through that are allowed: what is checked is what is connected to, whatever the name says a moment later. */
const checkedLookup =
  (networks: Networks, encrypted: boolean): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return callback(error, []);
      const [first, ...others] = found.filter(({ address }) => networks.allows(address, { encrypted }));
      if (!first) return callback(new NotAllowed(), []);
      if (options.all) return callback(null, [first, ...others]);
      callback(null, first.address, first.family);
    });
  };

/** Connects to allowed addresses alone: an address in the URL itself is never looked up, and is checked here. */
function checkedConnector(networks: Networks): buildConnector.connector {
  const connectorOf = (encrypted: boolean) =>
    buildConnector({
      timeout: CONNECT_MS,
      allowH2: false,
      lookup: checkedLookup(networks, encrypted),
    });
  const [plain, secure] = [connectorOf(false), connectorOf(true)];
  return (options, callback) => {
    const encrypted = options.protocol === 'https:';
    if (isIP(options.hostname) !== 0 && !networks.allows(options.hostname, { encrypted }))
      return callback(new NotAllowed(), null);
    (encrypted ? secure : plain)(options, callback);
  };
}

const TIMEOUTS = ['TimeoutError', 'ConnectTimeoutError', 'HeadersTimeoutError', 'BodyTimeoutError'];

/** In words of our own: what a receiver says is not to be trusted, and what a socket says tells of the house. */
function errorOf(error: unknown): string {
  const { code, name, cause } = error as { code?: unknown; name?: string; cause?: { code?: unknown } };
  if (code === 'ADDRESS_NOT_ALLOWED' || cause?.code === 'ADDRESS_NOT_ALLOWED') return 'ADDRESS_NOT_ALLOWED';
  return TIMEOUTS.includes(name ?? '') ? 'TIMEOUT' : 'UNREACHABLE';
}

/** Sends messages to receivers. */
export class Poster {
  readonly #agent: Agent;

  constructor(networks: Networks) {
    this.#agent = new Agent({ connect: checkedConnector(networks), keepAliveTimeout: 10_000, pipelining: 1 });
  }

  /** @returns null where the receiver acknowledged it with a 2xx, else why not; a redirect is no acknowledgement and is not followed. */
  async post(url: string, { headers, body }: SignedMessage, givenUp: AbortSignal): Promise<string | null> {
    try {
      const signal = AbortSignal.any([givenUp, AbortSignal.timeout(ANSWER_MS)]);
      const answer = await request(url, {
        method: 'POST',
        headers: { ...headers, 'user-agent': 'public-credit-gateway' },
        body,
        dispatcher: this.#agent,
        signal,
      });
      await answer.body.dump({ limit: ANSWER_BYTES, signal }).catch(() => {});
      return answer.statusCode >= 200 && answer.statusCode < 300 ? null : `HTTP ${answer.statusCode}`;
    } catch (error) {
      return errorOf(error);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
