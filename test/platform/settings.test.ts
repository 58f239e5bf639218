import { describe, expect, test } from '@jest/globals';
import { loadSettings, SettingsError, settingsReference } from '../../platform/settings.ts';

const HEX = '0123456789abcdef'.repeat(4);
const OTHER_HEX = 'fedcba9876543210'.repeat(4);
const PUBLIC_KEY = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const PRIVATE_KEY = { ...PUBLIC_KEY, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' };

function errorOf(env: Record<string, string>): SettingsError {
  try {
    loadSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error;
  }
  throw new Error('no SettingsError');
}
const refused = (env: Record<string, string>): string[] =>
  errorOf(env).problems.map(({ variable }) => variable);

test('an empty environment has the defaults', () => {
  expect(loadSettings({})).toEqual({
    port: 4000,
    host: '127.0.0.1',
    nodeEnv: 'development',
    logLevel: 'info',
    creditPgPort: 54_329,
    subgraphTimeoutMs: 5000,
    catalogueLeaseSeconds: 15,
    trustedProxies: 0,
    rateLimitPublicPerMinute: 6000,
    maxRequestsAtOnce: 1000,
    journalOrigin: 'public-credit-gateway/journal',
    jobKeepDays: 90,
    changeLogDays: 30,
  });
});

test('an empty or blank variable counts as not set, and others are no business of ours', () => {
  expect(loadSettings({ PORT: '', OIDC_ISSUER: ' ', PGPORT: '5432' })).toEqual(loadSettings({}));
});

test('everything that is set is read into its type', () => {
  const settings = loadSettings({
    PORT: '0',
    CREDIT_TODAY: '2026-03-01',
    OIDC_ISSUER: 'https://id.example.cn',
    OIDC_JWKS_URL: 'https://id.example.cn/jwks',
    DATABASE_URL: 'postgres://penalties_app:secret@db/penalties',
    SUBGRAPH_URLS:
      'registration=http://registration:4001/graphql, penalties=http://penalties:4002/graphql?a=b',
    PSEUDONYM_KEY: HEX,
    SEALING_KEYS: `2:${OTHER_HEX},1:${HEX}`,
    GRANT_PRIVATE_KEY: JSON.stringify(PRIVATE_KEY),
    GRANT_PUBLIC_KEYS: JSON.stringify({ keys: [{ ...PUBLIC_KEY, kid: 'a' }] }),
  });
  expect(settings).toMatchObject({
    port: 0,
    creditToday: '2026-03-01',
    oidcJwksUrl: 'https://id.example.cn/jwks',
    databaseUrl: 'postgres://penalties_app:secret@db/penalties',
    subgraphUrls: {
      registration: 'http://registration:4001/graphql',
      penalties: 'http://penalties:4002/graphql?a=b',
    },
    pseudonymKey: Buffer.from(HEX, 'hex'),
    sealingKeys: [
      { id: 2, key: Buffer.from(OTHER_HEX, 'hex') },
      { id: 1, key: Buffer.from(HEX, 'hex') },
    ],
    grantPrivateKey: PRIVATE_KEY,
    grantPublicKeys: { keys: [{ ...PUBLIC_KEY, kid: 'a' }] },
  });
});

describe('what is wrong is refused by name', () => {
  test.each([
    ['PORT', '65536'],
    ['PORT', '40.5'],
    ['PORT', '0x50'],
    ['NODE_ENV', 'staging'],
    ['LOG_LEVEL', 'verbose'],
    ['CREDIT_TODAY', '2026-02-29'],
    ['CREDIT_TODAY', '2026-3-1'],
    ['CREDIT_PG_PORT', '0'],
    ['DATABASE_URL', 'mysql://db/penalties'],
    ['CATALOGUE_URL', 'catalogue:4003'],
    ['SUBGRAPH_URLS', 'registration'],
    ['SUBGRAPH_URLS', 'registration=ftp://a'],
    ['SUBGRAPH_URLS', 'a=http://a,a=http://b'],
    ['PSEUDONYM_KEY', HEX.slice(2)],
    ['PSEUDONYM_KEY', `${HEX}0`],
    ['SEALING_KEYS', HEX],
    ['SEALING_KEYS', `0:${HEX}`],
    ['SEALING_KEYS', `256:${HEX}`],
    ['SEALING_KEYS', `1:${HEX}00`],
    ['SEALING_KEYS', `1:${HEX},1:${OTHER_HEX}`],
    ['GRANT_PRIVATE_KEY', 'not json'],
    ['GRANT_PRIVATE_KEY', JSON.stringify(PUBLIC_KEY)],
    ['GRANT_PUBLIC_KEYS', JSON.stringify({ keys: [] })],
    ['GRANT_PUBLIC_KEYS', JSON.stringify({ keys: [PRIVATE_KEY] })],
    ['JOURNAL_ORIGIN', 'two words'],
    ['JOURNAL_ORIGIN', 'a+b'],
    ['SUBGRAPH_TIMEOUT_MS', '0'],
    ['RATE_LIMIT_PUBLIC_PER_MINUTE', '-1'],
  ])('%s=%s', (name, value) => {
    expect(refused({ [name]: value })).toEqual([name]);
  });

  test('all at once, each with its reason in Chinese and in English', () => {
    const error = errorOf({ PORT: 'abc', LOG_LEVEL: 'verbose', CATALOGUE_URL: 'x' });
    expect(error.problems.map(({ variable }) => variable)).toEqual(['PORT', 'LOG_LEVEL', 'CATALOGUE_URL']);
    expect(error.message).toContain('PORT: “abc”有误，应为 0 至 65535 的整数');
    expect(error.message).toContain('PORT: "abc" must be an integer from 0 to 65535');
    for (const { reason } of error.problems) expect(reason.zh).toMatch(/应为/);
  });

  test('without showing what is secret', () => {
    const secrets = {
      DATABASE_URL: 'mysql://app:hidden@db/x',
      PSEUDONYM_KEY: 'hidden',
      SEALING_KEYS: '1:hidden',
      GRANT_PRIVATE_KEY: '{"d":"hidden"}',
    };
    const error = errorOf(secrets);
    expect(error.problems).toHaveLength(4);
    expect(error.message).not.toContain('hidden');
  });

  test('a fixed date in production', () => {
    expect(refused({ NODE_ENV: 'production', CREDIT_TODAY: '2026-03-01' })).toEqual(['CREDIT_TODAY']);
    expect(loadSettings({ NODE_ENV: 'production' }).nodeEnv).toBe('production');
  });

  test('an issuer without its keys, and keys without their issuer', () => {
    expect(refused({ OIDC_ISSUER: 'https://id.example.cn' })).toEqual(['OIDC_JWKS_URL']);
    expect(refused({ OIDC_JWKS_URL: 'https://id.example.cn/jwks' })).toEqual(['OIDC_ISSUER']);
  });
});

test('the reference names every variable with its meaning in both languages and a default that is accepted', () => {
  expect(settingsReference.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['PORT', 'CREDIT_DATA', 'SEALING_KEYS', 'RATE_LIMIT_PUBLIC_PER_MINUTE']),
  );
  const defaults: Record<string, string> = {};
  for (const { name, default: standard, meaning } of settingsReference) {
    expect(meaning.zh).toMatch(/\p{Script=Han}/u);
    expect(meaning.en).not.toMatch(/\p{Script=Han}/u);
    if (standard !== null) defaults[name] = standard;
  }
  expect(loadSettings(defaults)).toEqual(loadSettings({}));
});
