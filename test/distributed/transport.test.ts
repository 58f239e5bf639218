import { GraphQLError } from 'graphql';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type RemoteTransport, remoteTransport } from '../../gateway/distributed/questions/transport.ts';
import { type Answer, dataSource } from '../../gateway/federation/transport.ts';
import { emptyReport } from '../../records/disclosure.ts';
import { GrantSigner } from '../../records/grantToken.ts';
import { type Agency, ENTITIES, about, openAgency, told } from './agency.ts';
import { type Asked, Stub, echo, lineOf } from './stub.ts';

const PATIENT_MS = 30_000;

let agency: Agency;
let stub: Stub;
let stubUrl: string;
const ways: RemoteTransport[] = [];

/** The gateway's way to a service. */
function wayTo(
  url: string,
  timeout: number,
  onBatch: (questions: number) => void = () => {},
): RemoteTransport {
  const way = remoteTransport({ url, signer: agency.signer, timeout, onBatch });
  ways.push(way);
  return way;
}

beforeAll(async () => {
  agency = await openAgency();
});
beforeEach(async () => {
  stub = new Stub();
  stubUrl = await stub.listen();
});
afterEach(async () => {
  stub.close();
  for (const way of ways.splice(0)) await way.close();
});
afterAll(() => agency.close());

const shown = ({ data }: Answer): number[] =>
  (
    data as { _entities: { penalties: { totalCount: number }; inspections: { totalCount: number } }[] }
  )._entities.flatMap((e) => [e.penalties.totalCount, e.inspections.totalCount]);

/** A question to the stub, which answers by these variables. */
const say = (way: RemoteTransport, word: unknown) =>
  way.ask('{ __typename }', { word }, undefined, agency.grants.public).then(({ data }) => data?.['word']);

/** A turn of the event loop in which what was asked is sent. */
const sent = async (requests: number): Promise<void> => {
  while (stub.asked.length < requests) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('questions that are asked at the same time', () => {
  test('[SH-16][SH-18] travel together, and every caller gets what he gets alone', async () => {
    const batches: number[] = [];
    const way = wayTo(agency.url, PATIENT_MS, (questions) => batches.push(questions));
    const grants = Object.values(agency.grants);
    const ask = (grant: (typeof grants)[number]) =>
      way.ask(ENTITIES, about(agency.firm, agency.person), undefined, grant);
    const alone: Answer[] = [];
    for (const grant of grants) alone.push(await ask(grant));
    expect(batches).toEqual(grants.map(() => 1));
    expect(new Set(alone.map((answer) => shown(answer).join())).size).toBe(4);

    batches.length = 0;
    const rounds = Array.from({ length: 100 });
    const together = await Promise.all(rounds.flatMap(() => grants.map(ask)));
    expect(together.map(told)).toEqual(rounds.flatMap(() => alone.map(told)));
    expect(batches.reduce((sum, questions) => sum + questions)).toBe(100 * grants.length);
    expect(Math.max(...batches)).toBe(256);
  });

  test('fail each for itself', async () => {
    const way = wayTo(agency.url, PATIENT_MS);
    const { firm, grants } = agency;
    const results = await Promise.allSettled([
      way.ask(ENTITIES, about(firm), undefined, grants.firm),
      way.ask('{ nothing }', {}, undefined, grants.firm),
      way.ask(ENTITIES, { ...about(firm), pad: 'x'.repeat(16 * 1024 * 1024) }, undefined, grants.firm),
      way.ask(ENTITIES, about(firm), undefined, grants.public),
    ]);
    expect(results.map((result) => (result.status === 'fulfilled' ? shown(result.value) : null))).toEqual([
      [2, 1],
      null,
      null,
      [2, 0],
    ]);
  });
});

test('a grant that the agency refuses is told as its failure, not as the caller’s', async () => {
  const { privateKey } = await generateKeyPair('Ed25519', { extractable: true });
  const way = remoteTransport({
    url: agency.url,
    signer: new GrantSigner(await exportJWK(privateKey)),
    timeout: PATIENT_MS,
  });
  ways.push(way);
  const failures: unknown[] = [];
  const source = dataSource('penalties', way, (_, error) => failures.push(error));
  const context = { grant: agency.grants.public, report: emptyReport() };
  const asked = source.process({ request: { query: '{ __typename }' }, context } as never);
  await expect(asked).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
  expect(failures).toEqual([expect.objectContaining({ message: 'HTTP 401' })]);
});

describe('an agency that says nothing', () => {
  test('costs each question its own time, and nobody else’s', async () => {
    const silent = say(wayTo(stubUrl, 200), 'a');
    const { grants, firm } = agency;
    const other = wayTo(agency.url, PATIENT_MS).ask(ENTITIES, about(firm), undefined, grants.firm);
    await expect(silent).rejects.toThrow('no answer within 200 ms');
    expect(shown(await other)).toEqual([2, 1]);
  });

  test('is asked again, and answers once it can', async () => {
    const way = wayTo(stubUrl, 2_000);
    const words = Array.from({ length: 600 }, (_, i) => i);
    const silent = await Promise.allSettled(words.map((word) => say(way, word)));
    expect(new Set(silent.map(({ status }) => status))).toEqual(new Set(['rejected']));
    stub.answer = echo;
    expect(await Promise.all(words.map((word) => say(way, word)))).toEqual(words);
  });

  test('has a queue that ends: what is too much fails at once, before any other', async () => {
    const way = wayTo(stubUrl, PATIENT_MS);
    let settled = 0;
    for (let i = 0; i < 10_000; i++)
      void say(way, i)
        .catch(() => {})
        .then(() => settled++);
    const source = dataSource('penalties', way, () => {});
    const context = { grant: agency.grants.public, report: emptyReport() };
    await expect(
      source.process({ request: { query: '{ __typename }' }, context } as never),
    ).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'penalties' } });
    expect(settled).toBe(0);
  });
});

describe('an agency that is slow with some', () => {
  test('holds up neither those beside them nor those after them', async () => {
    const way = wayTo(stubUrl, PATIENT_MS);
    stub.answer = (asked) => {
      for (const [index, [, , { word }]] of asked.questions.entries())
        if (word !== 'slow') asked.response.write(lineOf(asked, index));
    };
    let slow = 0;
    for (let batch = 1; batch <= 4; batch++) {
      void say(way, 'slow')
        .catch(() => {})
        .then(() => slow++);
      expect(await say(way, 'quick')).toBe('quick');
      expect(stub.asked).toHaveLength(batch);
    }
    expect(slow).toBe(0);
  });

  test('is not heard after the deadline, nor twice', async () => {
    const way = wayTo(stubUrl, 200);
    const early = say(way, 'a');
    await sent(1);
    await expect(early).rejects.toThrow('no answer within');
    stub.answer = (asked) =>
      asked.response.end(`${lineOf(asked, 0).replace('"b"', '"first"')}${lineOf(asked, 0)}`);
    expect(await say(way, 'b')).toBe('first');
    stub.answer = echo;
    const [first] = stub.asked;
    if (first) echo(first);
    expect(await Promise.all(['c', 'd'].map((word) => say(way, word)))).toEqual(['c', 'd']);
  });
});

describe('an answer', () => {
  test('may come in pieces of any size', async () => {
    const word = '处罚\u2028决定\n书 "文号" 𠮷';
    stub.answer = async (asked) => {
      for (const byte of Buffer.from(lineOf(asked, 0))) {
        asked.response.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      asked.response.end();
    };
    expect(await say(wayTo(stubUrl, PATIENT_MS), word)).toBe(word);
  });

  const lost: Record<string, (asked: Asked) => void> = {
    'the connection breaks': ({ response }) => void response.socket?.destroy(),
    'it ends early': ({ response }) => void response.end(),
    'something else comes': ({ response }) => void response.end('<p>10.9.8.7\n'),
  };
  test.each(Object.entries(lost))(
    'that does not come because %s fails; one that came stands',
    async (_, lose) => {
      const way = wayTo(stubUrl, PATIENT_MS);
      stub.answer = lose;
      await expect(say(way, 'a')).rejects.not.toBeInstanceOf(GraphQLError);

      const gone = say(way, 'a');
      const came = say(way, 'b');
      stub.answer = (asked) => {
        asked.response.write(lineOf(asked, 1));
        void came.then(() => lose(asked));
      };
      await expect(gone).rejects.not.toBeInstanceOf(GraphQLError);
      expect(await came).toBe('b');
    },
  );

  test('of something in between, such as a proxy, is none', async () => {
    stub.answer = ({ response }) => void response.writeHead(502).end('<p>10.9.8.7');
    await expect(say(wayTo(stubUrl, PATIENT_MS), 'a')).rejects.toThrow('HTTP 502');
  });
});
