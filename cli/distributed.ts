import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type JWK, exportJWK, generateKeyPair } from 'jose';
import { type Ground, cursorKeyOf, openGround, openHouse } from '../gateway/embedded/house.ts';
import { freePort } from '../platform/postgres/ports.ts';
import { Problem } from '../platform/problem.ts';
import { type Settings, loadSettings } from '../platform/settings.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, type SubgraphName } from '../schema/sdl.ts';
import { banner } from './banner.ts';
import { prepareDemo } from './demoData.ts';
import { untilStopped } from './untilStopped.ts';

const READY_MS = 60_000;
const FIRST_PORT = 4101;

interface Plan {
  ground: Ground;
  urls: Record<SubgraphName, string>;
  delivery: KeyPair;
  inquiry: KeyPair;
  standing: KeyPair;
}

interface KeyPair {
  privateKey: JWK;
  publicKeys: { keys: JWK[] };
}

async function keyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return { privateKey: await exportJWK(privateKey), publicKeys: { keys: [await exportJWK(publicKey)] } };
}

async function plan(ground: Ground): Promise<Plan> {
  const urls = {} as Record<SubgraphName, string>;
  let port = FIRST_PORT;
  for (const name of SUBGRAPH_NAMES) {
    port = await freePort(port);
    urls[name] = `http://127.0.0.1:${port}`;
    port++;
  }
  const [delivery, inquiry, standing] = [await keyPair(), await keyPair(), await keyPair()];
  return { ground, urls, delivery, inquiry, standing };
}

const urlList = (urls: Record<SubgraphName, string>): string =>
  SUBGRAPH_NAMES.map((name) => `${name}=${urls[name]}`).join(',');

/** What an operator sets for the gateway. */
function gatewaySettings({ ground, urls }: Plan): NodeJS.ProcessEnv {
  return {
    CATALOGUE_URL: urls.catalogue,
    SUBGRAPH_URLS: urlList(urls),
    JOURNAL_DATABASE_URL: ground.journalUrl,
    GRANT_PRIVATE_KEY: JSON.stringify(ground.secrets.grantPrivateKey),
    PSEUDONYM_KEY: ground.secrets.pseudonymKey.toString('hex'),
  };
}

/** What an operator sets for one subgraph: no more keys than it needs. */
function subgraphSettings(name: SubgraphName, planned: Plan): NodeJS.ProcessEnv {
  const { ground, urls, delivery, inquiry, standing } = planned;
  const { secrets, databases, sealerUrl } = ground;
  const { records, center, asks, follows, seals } = SUBGRAPHS[name];
  const sealingKeys = secrets.sealingKeys.map(({ id, key }) => `${id}:${key.toString('hex')}`).join(',');
  return {
    PORT: new URL(urls[name]).port,
    CATALOGUE_URL: urls.catalogue,
    DATABASE_URL: databases[name].appUrl,
    GRANT_PUBLIC_KEYS: JSON.stringify(secrets.grantPublicKeys),
    CURSOR_KEY: cursorKeyOf(secrets.pseudonymKey, name),
    ...(records && { DELIVERY_PUBLIC_KEYS: JSON.stringify(delivery.publicKeys) }),
    ...(records && { INQUIRY_PUBLIC_KEYS: JSON.stringify(inquiry.publicKeys) }),
    ...((records || center || asks) && { SUBGRAPH_URLS: urlList(urls) }),
    ...(center && { DELIVERY_PRIVATE_KEY: JSON.stringify(delivery.privateKey) }),
    ...(asks && { INQUIRY_PRIVATE_KEY: JSON.stringify(inquiry.privateKey) }),
    ...(records && !center && { STANDING_PRIVATE_KEY: JSON.stringify(standing.privateKey) }),
    ...(follows && { STANDING_PUBLIC_KEYS: JSON.stringify(standing.publicKeys) }),
    ...(name === 'access' && {
      JOURNAL_DATABASE_URL: sealerUrl,
      JOURNAL_SIGNING_KEY: JSON.stringify(secrets.journalSigningKey),
    }),
    ...(name === 'registration' && { PSEUDONYM_KEY: secrets.pseudonymKey.toString('hex') }),
    ...(seals && { SEALING_KEYS: sealingKeys }),
  };
}

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The channel to its parent tells a service that this process is gone, however it went. */
const launch = (file: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(process.execPath, [program(file), ...args], {
    env: { ...process.env, ...env },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });

async function ready(name: string, url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + READY_MS;
  while (Date.now() < until && child.exitCode === null) {
    const answered = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await sleep(100);
  }
  throw new Problem({ zh: `${name} 未能启动`, en: `${name} did not start` });
}

async function stopAll(children: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }),
  );
}

/** `npm run start:distributed`: every subgraph and the gateway as processes of their own, on one machine. */
async function startDistributed(settings: Settings): Promise<{ close(): Promise<void> }> {
  const first = await openHouse(settings);
  await prepareDemo(first).finally(() => first.close());
  const ground = await openGround(settings);
  const children: ChildProcess[] = [];
  const close = async () => {
    await stopAll(children.toReversed());
    await ground.close();
  };
  try {
    const planned = await plan(ground);
    const { urls } = planned;
    const start = async (name: SubgraphName) => {
      const child = launch('subgraph.ts', [name], subgraphSettings(name, planned));
      children.push(child);
      await ready(name, urls[name], child);
    };
    // The catalogue first: all others follow it.
    await start('catalogue');
    await Promise.all(SUBGRAPH_NAMES.filter((name) => name !== 'catalogue').map(start));
    const url = `http://${settings.host}:${settings.port}`;
    const gateway = launch('gateway.ts', [], gatewaySettings(planned));
    children.push(gateway);
    await ready('gateway', url, gateway);
    process.stdout.write(await banner(ground, url));
    for (const name of SUBGRAPH_NAMES) process.stdout.write(`  ${name.padEnd(14)}${urls[name]}\n`);
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}

await untilStopped(() => startDistributed(loadSettings()));
