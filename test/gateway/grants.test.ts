import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type JWK, SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import type { HttpService } from '../../gateway/http/serve.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Grant } from '../../records/grant.ts';
import { GrantSigner, GrantVerifier } from '../../records/grantToken.ts';
import { City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';

const NUMBER = '沪金处〔2025〕1号';

let city: City;
let service: HttpService<SubgraphContext>;
let url: string;
let firm: string;
let deliveryKey: JWK;

beforeAll(async () => {
  city = await City.open();
  firm = await city.subject(firmCode(1), '上海余兰贸易有限公司');
  await city.record(firm, '310116-penalty-amr', { documentNumber: NUMBER });
  await city.record(firm, '310116-inspection-amr', { documentNumber: NUMBER });
  const { subgraphs, secrets } = city.running.house;
  const { privateKey, publicKey } = await generateKeyPair('Ed25519', { extractable: true });
  deliveryKey = await exportJWK(privateKey);
  service = await subgraphService({
    subgraph: subgraphs.penalties,
    grants: new GrantVerifier(secrets.grantPublicKeys),
    deliveries: new GrantVerifier({ keys: [await exportJWK(publicKey)] }),
    standings: null,
    onUnexpected: () => {},
  });
  url = await service.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await service.close();
  await city.close();
});

const everything: Grant = {
  scope: { kind: 'SELF', subject: '' },
  today: '2026-03-02',
  caller: { role: 'subject', unit: null, subject: null },
};

async function signed(
  content: object,
  key: JWK,
  expires: string | number = '60s',
  alg = 'EdDSA',
): Promise<string> {
  return new SignJWT(content as Record<string, unknown>)
    .setProtectedHeader({ alg, ...(key.kid && { kid: key.kid }) })
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(await importJWK(key, alg));
}

const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject {
  penalties { totalCount nodes { documentNumber } } inspections { totalCount nodes { documentNumber } } } } }`;

const ask = (grant: string | undefined, query = ENTITIES) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(grant && { grant }) },
    body: JSON.stringify({
      query,
      variables: query === ENTITIES ? { r: [{ __typename: 'Subject', id: firm }] } : {},
    }),
  });

describe('[SH-16][JS-4] a subgraph asked directly gives nothing', () => {
  const withoutRight: Record<string, () => Promise<string | undefined> | string> = {
    'without a grant': async () => undefined,
    'with one of another key': async () =>
      signed(
        { grant: everything },
        await exportJWK((await generateKeyPair('Ed25519', { extractable: true })).privateKey),
      ),
    'with one that has expired': () =>
      signed({ grant: everything }, city.running.house.secrets.grantPrivateKey, '-1s'),
    'with one that was altered': async () => {
      const [head, , signature] = (
        await signed({ grant: everything }, city.running.house.secrets.grantPrivateKey)
      ).split('.');
      const body = Buffer.from(JSON.stringify({ grant: everything, exp: 4_000_000_000 })).toString(
        'base64url',
      );
      return `${head}.${body}.${signature}`;
    },
    'with one without expiry': async () =>
      new SignJWT({ grant: everything as unknown as string })
        .setProtectedHeader({ alg: 'EdDSA' })
        .sign(await importJWK(city.running.house.secrets.grantPrivateKey, 'EdDSA')),
    'with an unsigned one': () =>
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ grant: everything })).toString('base64url')}.`,
    "with a caller's token": () => city.officer(UNIT.center),
    "with the gateway's key, for a service": () =>
      new GrantSigner(city.running.house.secrets.grantPrivateKey).sign({ use: 'deliver' }),
    "with collection's key": () => signed({ grant: everything }, deliveryKey),
  };

  test.each(Object.entries(withoutRight))('%s', async (_, made) => {
    const grant = await made();
    for (const query of [
      ENTITIES,
      '{ _service { sdl } }',
      '{ __schema { types { name } } }',
      '{ _disclosed(subjects: ["x"]) }',
    ]) {
      const { value: response, statements } = await statementsDuring(() => ask(grant, query));
      expect(response.status).toBe(401);
      const body = (await response.json()) as object;
      expect(body).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
      expect(body).not.toHaveProperty('data');
      expect(perDatabase(statements)).toEqual({});
    }
  });

  test('through the door for deliveries, with anything but the key of collection', async () => {
    for (const grant of [
      undefined,
      await new GrantSigner(city.running.house.secrets.grantPrivateKey).sign({ use: 'deliver' }),
      await city.officer(UNIT.center),
    ]) {
      const response = await fetch(`${url}/deliveries`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(grant && { grant }) },
        body: JSON.stringify({ recordType: 'AdministrativePenalty', records: [] }),
      });
      expect(response.status).toBe(401);
    }
  });
});

test('[SH-16] under a grant, entities answer within its scope and say what they disclosed', async () => {
  const signer = new GrantSigner(city.running.house.secrets.grantPrivateKey);
  const grant = await signer.sign({ grant: { ...everything, scope: { kind: 'PUBLIC', persons: [] } } });
  const body = (await (await ask(grant)).json()) as { extensions: unknown; data: unknown };
  expect(body.data).toEqual({
    _entities: [
      {
        penalties: { totalCount: 1, nodes: [{ documentNumber: NUMBER }] },
        inspections: { totalCount: 0, nodes: [] },
      },
    ],
  });
  expect(body.extensions).toMatchObject({
    disclosed: { subjects: [firm], items: [[expect.any(Number), 1]] },
  });
});

test('[SH-16] a grant for one subject opens no other', async () => {
  const signer = new GrantSigner(city.running.house.secrets.grantPrivateKey);
  const shown = async (subject: string) => {
    const grant = await signer.sign({ grant: { ...everything, scope: { kind: 'SELF', subject } } });
    const { data } = (await (await ask(grant)).json()) as {
      data: { _entities: { inspections: { totalCount: number } }[] };
    };
    return data._entities[0]?.inspections.totalCount;
  };
  expect(await shown(firm)).toBe(1);
  expect(await shown('00000000-0000-0000-0000-000000000000')).toBe(0);
});
