import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import express, { type Router } from 'express';
import { type HealthOptions, health } from '../../gateway/observe/health.ts';
import { Metrics } from '../../gateway/observe/metrics.ts';
import { measured } from '../../gateway/observe/requests.ts';
import type { Journal, JournalEntry } from '../../records/journal.ts';
import { refusal } from '../../records/errors.ts';
import { type SmallWorld, ask, smallWorld } from './world.ts';

describe('metrics', () => {
  let world: SmallWorld | undefined;
  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  const scrape = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text();

  test('count requests by operation and outcome, refusals of every kind among them', async () => {
    const metrics = new Metrics();
    const failing: ApolloServerPlugin<BaseContext> = {
      async requestDidStart() {
        return {
          async willSendResponse({ operationName, response }) {
            if (operationName !== 'Logged') return;
            await new Promise((resolve) => setTimeout(resolve, 5));
            const { message, extensions } = refusal('JOURNAL_UNAVAILABLE', { zh: '', en: '' });
            response.body = { kind: 'single', singleResult: { errors: [{ message, extensions }] } };
          },
        };
      },
    };
    world = await smallWorld(
      { plugins: [measured(metrics, failing)] },
      {
        before: (app) => app.use(metrics.endpoint()),
        context: async ({ req }) => {
          if (req.headers.authorization) throw refusal('UNAUTHENTICATED', { zh: '', en: '' });
          return {};
        },
      },
    );
    await ask(world.url, '{ hello(name: "91310000MA1FL0000X") }');
    await ask(world.url, '{ hello }');
    await ask(world.url, 'mutation { shout(word: "x") }');
    await ask(world.url, '{ broken }');
    await ask(world.url, '{ nonesuch }');
    await ask(world.url, 'query Logged { hello }');
    await ask(world.url, '{ hello }', { authorization: 'Bearer guess' });
    const text = await scrape(world.url);
    for (const [operation, code, count] of [
      ['query', 'OK', 2],
      ['mutation', 'OK', 1],
      ['query', 'INTERNAL_SERVER_ERROR', 1],
      ['none', 'GRAPHQL_VALIDATION_FAILED', 1],
      ['query', 'JOURNAL_UNAVAILABLE', 1],
      ['none', 'UNAUTHENTICATED', 1],
    ]) {
      expect(text).toContain(
        `credit_request_duration_seconds_count{operation="${operation}",code="${code}"} ${count}`,
      );
    }
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toContain('91310000MA1FL0000X');
  });

  test('time the journal and each subgraph, and pass answers and failures on as they are', async () => {
    const metrics = new Metrics();
    world = await smallWorld({}, { before: (app) => app.use(metrics.endpoint()) });
    const journal: Journal = {
      write: async (entry) => {
        if (entry.id === 'lost') throw new Error('disk full');
      },
      count: () => {},
      ready: async () => true,
      close: async () => {},
    };
    const timed = metrics.timedJournal(journal);
    await timed.write({ id: 'kept' } as JournalEntry);
    await expect(timed.write({ id: 'lost' } as JournalEntry)).rejects.toThrow('disk full');
    metrics.journalGroup(40);
    metrics.rateLimited();
    const answer = { data: { a: 1 }, disclosed: { subjects: [], items: [] } };
    const transport = metrics.timedTransport('penalties', { ask: async () => answer });
    expect(await transport.ask('{ a }', {}, undefined, {} as never)).toBe(answer);

    const text = await scrape(world.url);
    expect(text).toContain('credit_journal_write_duration_seconds_count{outcome="ok"} 1');
    expect(text).toContain('credit_journal_write_duration_seconds_count{outcome="failed"} 1');
    expect(text).toContain('credit_journal_group_entries_bucket{le="50"} 1');
    expect(text).toContain('credit_journal_group_entries_bucket{le="25"} 0');
    expect(text).toContain('credit_subgraph_duration_seconds_count{subgraph="penalties",outcome="ok"} 1');
    expect(text).toContain('credit_rate_limited_total 1');
  });
});

/** A router on a port of its own; `reached` waits for so many requests. */
async function served(
  router: Router,
): Promise<{ url: string; reached(requests: number): Promise<void>; close(): Promise<void> }> {
  const server = createServer(express().use(router));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let requests = 0;
  let wanted = { requests: Infinity, resolve: () => {} };
  server.on('request', () => {
    requests += 1;
    if (requests >= wanted.requests) wanted.resolve();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reached: (n) =>
      new Promise((resolve) => {
        wanted = { requests: n, resolve };
        if (requests >= n) resolve();
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('health', () => {
  const yes = async () => true;
  const no = async () => false;
  const healthy: HealthOptions = {
    journal: yes,
    catalogue: () => true,
    subgraphs: { penalties: yes, honors: yes },
    timeout: 50,
  };
  const asked = async (path: string, options: Partial<HealthOptions>): Promise<[number, unknown]> => {
    const service = await served(health({ ...healthy, ...options }));
    const response = await fetch(`${service.url}${path}`);
    const answer: [number, unknown] = [response.status, await response.json()];
    await service.close();
    return answer;
  };

  test('a living process says so, whatever it lacks', async () => {
    expect(await asked('/healthz', { journal: no })).toEqual([200, { ok: true }]);
  });

  test('all there: ready', async () => {
    const found = {
      status: 'ready',
      journal: true,
      catalogue: true,
      subgraphs: { penalties: true, honors: true },
    };
    expect(await asked('/readyz', {})).toEqual([200, found]);
  });

  test.each<[string, HealthOptions['journal']]>([
    ['says no', no],
    ['fails', () => Promise.reject(new Error('connect ECONNREFUSED'))],
    ['is silent', () => new Promise<boolean>(() => {})],
  ])('an agency that %s is named, and the gateway stays in service', async (_, penalties) => {
    const found = {
      status: 'degraded',
      journal: true,
      catalogue: true,
      subgraphs: { penalties: false, honors: true },
    };
    expect(await asked('/readyz', { subgraphs: { penalties, honors: yes } })).toEqual([200, found]);
  });

  test.each<[string, Partial<HealthOptions>]>([
    ['journal', { journal: no }],
    ['catalogue', { catalogue: () => false }],
  ])('without the %s nothing may be answered: out of service', async (name, lacking) => {
    const [status, found] = await asked('/readyz', lacking);
    expect(status).toBe(503);
    expect(found).toMatchObject({ status: 'unready', [name]: false });
  });

  test('many questions at once are one round of checks', async () => {
    let rounds = 0;
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const journal = async () => {
      rounds += 1;
      await held;
      return true;
    };
    const service = await served(health({ ...healthy, journal, timeout: 5_000 }));
    const answers = Array.from({ length: 20 }, () => fetch(`${service.url}/readyz`));
    await service.reached(20);
    release();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    await service.close();
    expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
    expect(rounds).toBe(1);
  });
});
