import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startSubgraph } from '../../gateway/distributed/subgraph.ts';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import { cursorKeyOf } from '../../gateway/embedded/house.ts';
import { loadSettings } from '../../platform/settings.ts';
import { smsSender } from '../../platform/sms.ts';
import { GrantSigner, GrantVerifier } from '../../records/grantToken.ts';
import { type Answer, City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';
import { GRANT } from './authorized.ts';

const FIRM = firmCode(1);
const PHONE = '13800138000';
const CONFIRM =
  'mutation ($id: ID!, $code: String!) { confirmAuthorization(id: $id, code: $code) { authorization { pending } } }';
const LIST = '{ authorizations { nodes { id pending revokedAt } } }';

interface Received {
  method: string | undefined;
  type: string | undefined;
  authorization: string | undefined;
  body: string;
}

/** A carrier that says what it is told to say, and keeps what it was sent. */
class Carrier {
  readonly received: Received[] = [];
  status = 202;
  location: string | undefined;
  /** Whether it answers at all. */
  silent = false;
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { method, headers } = request;
      this.received.push({
        method,
        type: headers['content-type'],
        authorization: headers.authorization,
        body,
      });
      if (this.silent) return;
      response.writeHead(this.status, this.location ? { location: this.location } : {}).end('taken');
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/sms`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let carrier: Carrier;
let url: string;
let city: City;
let self: string;

beforeAll(async () => {
  carrier = new Carrier();
  url = await carrier.open();
  city = await City.open({ SMS_URL: url, SMS_TOKEN: 'carrier-token' });
  await city.subject(FIRM, '上海余兰贸易有限公司');
  self = await city.token({ role: 'subject', code: FIRM });
});
afterAll(async () => {
  await city.close();
  await carrier.close();
});
beforeEach(async () => {
  Object.assign(carrier, { status: 202, location: undefined, silent: false });
  carrier.received.length = 0;
  // No limit of codes an hour in the way.
  await city
    .database('access')
    .query(`update subject_authorization set granted_at = granted_at - interval '2 hours'`);
});

const INPUT = {
  method: 'SMS',
  phone: PHONE,
  grantee: UNIT.market,
  categories: ['PERFORMANCE'],
  purpose: '贷款审批',
  validFrom: '2026-03-01',
  validUntil: '2026-03-31',
};
const begin = () => city.ask(GRANT, { token: self, variables: { input: INPUT } });

describe('[NT-22] one-time codes over HTTP', () => {
  test('are posted as JSON with the token, and confirm the authorization', async () => {
    const { data } = await begin();
    expect(data.grantAuthorization.authorization).toMatchObject({ pending: true });
    expect(carrier.received).toEqual([
      {
        method: 'POST',
        type: 'application/json',
        authorization: 'Bearer carrier-token',
        body: expect.any(String),
      },
    ]);
    const sent = JSON.parse(carrier.received[0]?.body as string);
    expect(sent).toEqual({ to: PHONE, text: expect.stringMatching(/^验证码 \d{6}，/) });
    const [code] = /\d{6}/.exec(sent.text) as unknown as [string];
    const { id } = data.grantAuthorization.authorization;
    const confirmed = await city.ask(CONFIRM, { token: self, variables: { id, code } });
    expect(confirmed.data.confirmAuthorization.authorization.pending).toBe(false);
  });

  test.each([
    ['refuses', { status: 500 }],
    ['sends elsewhere', { status: 307, location: 'http://127.0.0.1:9/' }],
  ])('a carrier that %s: nothing is granted, and the error says so', async (_, says) => {
    Object.assign(carrier, says);
    const { data, errors } = await begin();
    expect(data?.grantAuthorization ?? null).toBeNull();
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('the message could not be sent'),
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    });
    expect(carrier.received).toHaveLength(1);
    const [code] = /\d{6}(?=，)/.exec(carrier.received[0]?.body as string) as unknown as [string];
    const [newest] = (await city.ask(LIST, { token: self })).data.authorizations.nodes;
    expect(newest.revokedAt).not.toBeNull();
    const late = await city.ask(CONFIRM, { token: self, variables: { id: newest.id, code } });
    expect(late.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('what goes wrong holds neither number nor code, since it is logged', async () => {
    const sender = smsSender({ smsUrl: url, smsToken: undefined });
    const failure = async (says: Partial<Carrier>, to = sender) => {
      Object.assign(carrier, says);
      return to?.send(PHONE, '验证码 123456').then(
        () => 'taken',
        (error: Error) => `${error.message} ${error.stack} ${JSON.stringify(error)}`,
      );
    };
    expect(await failure({ status: 204 })).toBe('taken');
    for (const told of [
      await failure({ status: 503 }),
      await failure({ silent: true }),
      await failure({}, smsSender({ smsUrl: 'http://127.0.0.1:9/?key=secret', smsToken: 'secret' })),
    ]) {
      expect(told).toContain('sender of messages');
      expect(told).not.toMatch(/123456|13800138000|secret/);
    }
  });
});

/** The access subgraph as a process of its own would be, asked under a grant of the firm's own. */
async function apart(env: Record<string, string>) {
  const { subgraphs, secrets, databases, sealerUrl } = city.running.house;
  const catalogue = await subgraphService({
    subgraph: subgraphs.catalogue,
    grants: new GrantVerifier(secrets.grantPublicKeys),
    deliveries: null,
    standings: null,
    onUnexpected: () => {},
  });
  const access = await startSubgraph(
    'access',
    loadSettings({
      PORT: '0',
      LOG_LEVEL: 'silent',
      CREDIT_TODAY: '2026-03-02',
      CATALOGUE_URL: await catalogue.listen(0, '127.0.0.1'),
      DATABASE_URL: databases.access.appUrl,
      GRANT_PUBLIC_KEYS: JSON.stringify(secrets.grantPublicKeys),
      CURSOR_KEY: cursorKeyOf(secrets.pseudonymKey, 'access'),
      SEALING_KEYS: secrets.sealingKeys.map(({ id, key }) => `${id}:${key.toString('hex')}`).join(','),
      JOURNAL_DATABASE_URL: sealerUrl,
      JOURNAL_SIGNING_KEY: JSON.stringify(secrets.journalSigningKey),
      ...env,
    }),
  );
  const subject = await city.subject(FIRM, '');
  const grant = await new GrantSigner(secrets.grantPrivateKey).sign({
    grant: {
      scope: { kind: 'SELF', subject },
      today: '2026-03-02',
      caller: { role: 'subject', unit: null, subject },
    },
  });
  const response = await fetch(`${access.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', grant },
    body: JSON.stringify({ query: GRANT, variables: { input: INPUT } }),
  });
  const answer = (await response.json()) as Answer;
  await access.close();
  await catalogue.close();
  return answer;
}

describe('[NT-22] where every subgraph is a process of its own', () => {
  test('codes go to SMS_URL', async () => {
    const { data } = await apart({ SMS_URL: url });
    expect(data.grantAuthorization.authorization.pending).toBe(true);
    expect(carrier.received).toMatchObject([
      { authorization: undefined, body: expect.stringContaining(PHONE) },
    ]);
  });

  test('without one, nothing is begun by SMS, and the error says why', async () => {
    const { data, errors } = await apart({});
    expect(data?.grantAuthorization ?? null).toBeNull();
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('SMS_URL'),
      extensions: { code: 'BAD_USER_INPUT', argument: 'method' },
    });
  });
});

test('SMS_TOKEN without SMS_URL is a mistake', () => {
  expect(() => loadSettings({ SMS_TOKEN: 'x' })).toThrow('SMS_URL');
});
