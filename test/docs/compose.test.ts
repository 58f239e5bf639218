import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { makeEnv } from '../../deploy/makeEnv.ts';
import { startGateway } from '../../gateway/distributed/gateway.ts';
import { startSubgraph } from '../../gateway/distributed/subgraph.ts';
import { type Settings, loadSettings, settingsReference } from '../../platform/settings.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, type SubgraphName } from '../../schema/sdl.ts';
import { PROJECT } from './documents.ts';

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  networks?: string[];
  ports?: string[];
  volumes?: string[];
  healthcheck?: object;
  depends_on?: Record<string, { condition: string }>;
}

const text = readFileSync(join(PROJECT, 'docker-compose.yml'), 'utf8');
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
const service = (name: string): Service => {
  const found = services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};

const GATEWAYS = ['gateway-1', 'gateway-2'];
const variablesOf = (name: string): string[] => Object.keys(service(name).environment ?? {}).sort();

/** What an operator adds to the keys that deploy/makeEnv.ts makes. */
const OPERATOR = {
  OIDC_ISSUER: 'https://login.example.cn/',
  OIDC_JWKS_URL: 'https://login.example.cn/jwks',
  OIDC_AUDIENCE: 'credit',
};
const made = await makeEnv();
const env: Record<string, string> = { ...made, ...OPERATOR };

/** As compose fills in variables: `${NAME:?}` must be there, `${NAME:-standard}` may be left out. */
function filledIn(value: string): string {
  return value.replace(/\$\{(\w+):(\?|-[^}]*)\}/g, (_, name: string, otherwise: string) => {
    const set = env[name] ?? (otherwise === '?' ? undefined : otherwise.slice(1));
    if (set === undefined) throw new Error(`${name} is not made`);
    return set;
  });
}
const environmentOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service(name).environment ?? {}).map(([key, value]) => [key, filledIn(value)]),
  );

/** Right in form; nothing answers there. */
const VALID: Record<string, string> = {
  ...OPERATOR,
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  JOURNAL_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  CATALOGUE_URL: 'http://127.0.0.1:1',
  SUBGRAPH_URLS: SUBGRAPH_NAMES.map((name) => `${name}=http://127.0.0.1:1`).join(','),
  CURSOR_KEY: made['ACCESS_CURSOR_KEY'] as string,
  ...made,
};

/** The settings that a part cannot start without, learned from its own refusals. */
async function requiredBy(start: (settings: Settings) => Promise<unknown>): Promise<string[]> {
  const given: Record<string, string> = { LOG_LEVEL: 'silent' };
  for (;;) {
    const said = await start(loadSettings(given)).then(
      () => 'started',
      (error: Error) => error.message,
    );
    const missing = /these settings are missing: (.*)$/m.exec(said)?.[1]?.split(', ');
    if (!missing) return Object.keys(given).filter((name) => name !== 'LOG_LEVEL');
    for (const name of missing) given[name] = VALID[name] as string;
  }
}

const COMMON = ['HOST', 'LOG_LEVEL', 'NODE_ENV'];
/** What a part can start without, and an operator may set for it. */
const OPTIONAL: Partial<Record<SubgraphName, string[]>> = {
  access: ['JOB_KEEP_DAYS', 'SMS_TOKEN', 'SMS_URL'],
  sharing: ['CHANGE_LOG_DAYS', 'PUSH_PRIVATE_NETWORKS'],
};

describe('docker-compose.yml', () => {
  test.each(SUBGRAPH_NAMES)('gives %s what it asks for and no key besides', async (name) => {
    const needed = await requiredBy((settings) => startSubgraph(name, settings));
    const { records, follows } = SUBGRAPHS[name];
    const doors = [
      ...(records ? ['DELIVERY_PUBLIC_KEYS', 'INQUIRY_PUBLIC_KEYS', 'CHANGE_LOG_DAYS'] : []),
      ...(follows ? ['STANDING_PUBLIC_KEYS'] : []),
    ];
    expect(variablesOf(name)).toEqual([...COMMON, ...needed, ...doors, ...(OPTIONAL[name] ?? [])].sort());
    expect(service(name).command).toEqual(['node', 'cli/subgraph.ts', name]);
  });

  test.each(GATEWAYS)('gives %s what it asks for, the identity provider and no key besides', async (name) => {
    const needed = await requiredBy(startGateway);
    expect(variablesOf(name)).toEqual(
      [...COMMON, ...needed, ...Object.keys(OPERATOR), 'PUBLIC_URL', 'TRUSTED_PROXIES'].sort(),
    );
  });

  test.each([...SUBGRAPH_NAMES, ...GATEWAYS])('gives %s values that its settings accept', (name) => {
    expect(() => loadSettings(environmentOf(name))).not.toThrow();
    const known = new Set(settingsReference.map((setting) => setting.name));
    expect(variablesOf(name).filter((variable) => !known.has(variable))).toEqual([]);
  });

  test.each(SUBGRAPH_NAMES)(
    'lets %s work as a role that cannot alter its tables, in its own database',
    (name) => {
      const url = new URL(environmentOf(name)['DATABASE_URL'] as string);
      expect([url.username, url.host, url.pathname]).toEqual([`${name}_app`, 'postgres:5432', `/${name}`]);
    },
  );

  test.each(SUBGRAPH_NAMES)('migrates %s as its own role before it starts', (name) => {
    const job = `migrate-${name}`;
    expect(service(job).command).toEqual(['node', 'cli/credit.ts', 'migrate', '--subgraph', name]);
    expect(variablesOf(job)).toEqual(['MIGRATOR_DATABASE_URL']);
    const url = new URL(environmentOf(job)['MIGRATOR_DATABASE_URL'] as string);
    expect([url.username, url.pathname]).toEqual([`${name}_migrator`, `/${name}`]);
    const waitsFor = (of: string): string[] => Object.keys(service(of).depends_on ?? {});
    const before = waitsFor(name).flatMap((dependency) => [dependency, ...waitsFor(dependency)]);
    expect(before).toContain(job);
  });

  test('reaches every subgraph where it is', () => {
    const urls = Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, `http://${name}:4000`]));
    const asking = SUBGRAPH_NAMES.filter((name) => {
      const { records, center, asks } = SUBGRAPHS[name];
      return records || center || asks;
    });
    for (const name of [...GATEWAYS, ...asking])
      expect(loadSettings(environmentOf(name)).subgraphUrls).toEqual(urls);
  });

  test('takes every key and password from the environment, by a name that is made or explained', () => {
    const used = new Set([...text.matchAll(/\$\{(\w+):/g)].map(([, name]) => name as string));
    const example = readFileSync(join(PROJECT, 'deploy/example.env'), 'utf8');
    const explained = [...example.matchAll(/^(\w+)=(.*)$/gm)];
    expect(explained.filter(([, , value]) => value !== '').map(([, name]) => name)).toEqual([]);
    expect(explained.map(([, name]) => name as string).sort()).toEqual([...used].sort());
    const optional = [
      'CHANGE_LOG_DAYS',
      'HTTP_PORT',
      'JOB_KEEP_DAYS',
      'LOG_LEVEL',
      'PUBLIC_URL',
      'PUSH_PRIVATE_NETWORKS',
      'SMS_TOKEN',
      'SMS_URL',
    ];
    expect([...Object.keys(env), ...optional].sort()).toEqual([...used].sort());
    for (const secret of Object.values(made)) expect(text).not.toContain(secret);
  });

  test.each(Object.keys(services))(
    'restrains %s: no root, no capabilities, a read-only file system, a fixed version',
    (name) => {
      const found = service(name);
      expect(found).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        user: expect.stringMatching(/^(?:node|postgres|nginx)$/),
        image: expect.stringMatching(/:\d+\.\d+/),
      });
      expect(
        found.volumes?.filter((volume) => volume.startsWith('.') && !volume.endsWith(':ro')) ?? [],
      ).toEqual([]);
    },
  );

  test('opens the proxy alone, on the loopback address, and keeps databases and subgraphs inside', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports);
    expect(open.map(([name, { ports }]) => [name, ports])).toEqual([
      ['proxy', ['127.0.0.1:${HTTP_PORT:-4000}:8080']],
    ]);
    const outside = Object.entries(services).filter(([, { networks }]) => networks?.includes('edge'));
    expect(outside.map(([name]) => name).sort()).toEqual([...GATEWAYS, 'proxy'].sort());
    const outward = Object.entries(services).filter(([, { networks }]) => networks?.includes('outward'));
    expect(outward.map(([name]) => name)).toEqual(['sharing']);
  });

  test('checks the health of whatever keeps running', () => {
    const running = Object.entries(services).filter(
      ([, { command }]) => !command || !/credit|deploy/.test(command.join(' ')),
    );
    for (const [name, { healthcheck }] of running)
      expect({ name, healthcheck }).toEqual({ name, healthcheck: expect.anything() });
  });
});

describe('Dockerfile', () => {
  test('runs the Node that the project is made for', () => {
    const { dependencies } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const bases = [...readFileSync(join(PROJECT, 'Dockerfile'), 'utf8').matchAll(/^FROM (\S+)/gm)].map(
      ([, base]) => base,
    );
    expect(new Set(bases)).toEqual(new Set([`node:${dependencies['node']}-bookworm-slim`]));
  });
});
