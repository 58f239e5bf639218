import { once } from 'node:events';
import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Answer, City } from '../support/city.ts';
import { MATTER, UNIT } from '../support/known.ts';

/** So that receivers can be on this machine. */
export const LOCAL = { PUSH_PRIVATE_NETWORKS: '127.0.0.1/32' };

export interface Event {
  id: string;
  type: string;
  source: string;
  specversion: string;
  time?: string;
  data?: {
    change: string;
    recordType: string;
    record: string | null;
    item: string | null;
    jurisdiction: string;
  };
}

export interface Message {
  headers: IncomingHttpHeaders;
  body: string;
  events: Event[];
}

/** What a receiver does with a message: its status, or a promise of it. */
type Reply = (message: Message) => number | Promise<number>;

/** A receiver on this machine that keeps what it is sent, and of events each once, as receivers must. */
export class Receiver {
  readonly messages: Message[] = [];
  /** In the order in which they first came. */
  readonly events = new Map<string, Event>();
  readonly #server: Server;
  reply: Reply = () => 204;
  redirect: string | undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(port = 0): Promise<Receiver> {
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', async () => {
        const body = Buffer.concat(pieces).toString();
        const message = { headers: request.headers, body, events: JSON.parse(body) as Event[] };
        receiver.messages.push(message);
        const status = await receiver.reply(message);
        if (status < 300) for (const event of message.events) receiver.take(event);
        if (receiver.redirect) response.setHeader('location', receiver.redirect);
        response.statusCode = status;
        response.end();
      });
    });
    const receiver = new Receiver(server);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  take(event: Event): void {
    if (!this.events.has(event.id)) this.events.set(event.id, event);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/credit`;
  }

  /** `CHANGE item` of each event. */
  get told(): string[] {
    return [...this.events.values()].map(({ data, type }) => (data ? `${data.change} ${data.item}` : type));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** What the signature covers, as a receiver checks it. @throws where it does not hold. */
export const verified = (secret: string, { body, headers }: Message): unknown =>
  new Webhook(secret).verify(body, headers as Record<string, string>);

const RECIPIENT =
  'mutation ($input: RecordRecipientInput!) { recordRecipient(input: $input) { recipient { unit { code } } } }';
export const RECORD = `mutation ($input: RecordWebhookInput!) { recordWebhook(input: $input) { secret
  webhook { unit { code } matter url failingSince } } }`;
export const WEBHOOKS = `{ webhooks { totalCount nodes { unit { code } url matter publicOnly acknowledgedAt failingSince attempts nextTry lastError } } }`;

/** The center, which records who is told. */
export class Registry {
  readonly #city: Pick<City, 'ask'>;
  readonly #token: string;

  constructor(city: Pick<City, 'ask'>, token: string) {
    this.#city = city;
    this.#token = token;
  }

  ask = (query: string, variables: Record<string, unknown> = {}): Promise<Answer> =>
    this.#city.ask(query, { token: this.#token, purpose: MATTER.quality, variables });

  async recipient(unit: string, input: Record<string, unknown> = {}): Promise<void> {
    await this.done(RECIPIENT, { input: { unit, jurisdictions: ['310116'], ...input } });
  }

  /** The market regulator for its supervision, unless said otherwise. @returns the secret. */
  async webhook(url: string, input: Record<string, unknown> = {}): Promise<string> {
    const given = { unit: UNIT.market, matter: MATTER.supervision, publicOnly: false, url, ...input };
    return (await this.done(RECORD, { input: given })).data.recordWebhook.secret;
  }

  async state(unit: string): Promise<Record<string, unknown>> {
    const { nodes } = (await this.done(WEBHOOKS)).data.webhooks;
    return nodes.find((node: { unit: { code: string } }) => node.unit.code === unit);
  }

  async done(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const answer = await this.ask(query, variables);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer;
  }
}
