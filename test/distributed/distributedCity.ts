import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startGateway } from '../../gateway/distributed/gateway.ts';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import { cursorKeyOf } from '../../gateway/embedded/house.ts';
import { loadSettings } from '../../platform/settings.ts';
import { GrantVerifier } from '../../records/grantToken.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, type SubgraphName } from '../../schema/sdl.ts';
import { type Answer, type AskOptions, City, post } from '../support/city.ts';

/** A city whose gateway asks every subgraph by HTTP, one of them in a process of its own. */
export class DistributedCity {
  readonly city: City;
  readonly url: string;
  readonly #apart: ChildProcess;
  readonly #closes: (() => Promise<unknown>)[];

  private constructor(city: City, url: string, apart: ChildProcess, closes: (() => Promise<unknown>)[]) {
    this.city = city;
    this.url = url;
    this.#apart = apart;
    this.#closes = closes;
  }

  /** @param apart the subgraph that is a process. @param timeout milliseconds that the gateway waits for a subgraph. */
  static async open(apart: SubgraphName, timeout: number): Promise<DistributedCity> {
    const city = await City.open();
    const { subgraphs, secrets, folder, journalUrl } = city.running.house;
    const closes: (() => Promise<unknown>)[] = [() => city.close()];
    const urls: Partial<Record<SubgraphName, string>> = {};
    // It takes in changes and pushes them by itself: of two, nobody could say which did.
    if (apart === 'sharing') {
      await subgraphs.sharing.close();
      subgraphs.sharing.close = async () => {};
    }
    const agencies = new GrantVerifier(secrets.grantPublicKeys);
    for (const name of SUBGRAPH_NAMES.filter((name) => name !== apart)) {
      const service = await subgraphService({
        subgraph: subgraphs[name],
        grants: new GrantVerifier(secrets.grantPublicKeys),
        deliveries: SUBGRAPHS[name].records ? agencies : null,
        inquiries: SUBGRAPHS[name].records ? agencies : null,
        standings: null,
        onUnexpected: () => {},
      });
      closes.push(() => service.close());
      urls[name] = await service.listen(0, '127.0.0.1');
    }
    const common = { PORT: '0', CREDIT_TODAY: '2026-03-02', CATALOGUE_URL: urls.catalogue };
    const others = Object.entries(urls).map(([name, url]) => `${name}=${url}`);
    const { child, url } = await subgraphProcess(apart, city, {
      ...common,
      SUBGRAPH_URLS: others.join(','),
    });
    closes.push(() => ended(child));
    urls[apart] = url;
    const gateway = await startGateway(
      loadSettings({
        ...common,
        CREDIT_DATA: folder,
        LOG_LEVEL: 'silent',
        SUBGRAPH_TIMEOUT_MS: String(timeout),
        SUBGRAPH_URLS: SUBGRAPH_NAMES.map((name) => `${name}=${urls[name]}`).join(','),
        JOURNAL_DATABASE_URL: journalUrl,
        GRANT_PRIVATE_KEY: JSON.stringify(secrets.grantPrivateKey),
        PSEUDONYM_KEY: secrets.pseudonymKey.toString('hex'),
      }),
    );
    closes.push(() => gateway.close());
    return new DistributedCity(city, gateway.url, child, closes);
  }

  /** Halts the process of the subgraph that is apart, or lets it go on. */
  halt(yes: boolean): void {
    this.#apart.kill(yes ? 'SIGSTOP' : 'SIGCONT');
  }

  async ask(query: string, options: AskOptions = {}): Promise<Answer> {
    return (await post(this.url, query, options)).json() as Promise<Answer>;
  }

  async close(): Promise<void> {
    for (const close of this.#closes.toReversed()) await close();
  }
}

const PROGRAM = fileURLToPath(new URL('../../cli/subgraph.ts', import.meta.url));

/** A subgraph as operators start it. */
async function subgraphProcess(
  name: SubgraphName,
  city: City,
  env: NodeJS.ProcessEnv,
): Promise<{ url: string; child: ChildProcess }> {
  const { databases, secrets } = city.running.house;
  const child = spawn(process.execPath, [PROGRAM, name], {
    env: {
      ...process.env,
      ...env,
      LOG_LEVEL: 'info',
      DATABASE_URL: databases[name].appUrl,
      GRANT_PUBLIC_KEYS: JSON.stringify(secrets.grantPublicKeys),
      DELIVERY_PUBLIC_KEYS: JSON.stringify(secrets.grantPublicKeys),
      INQUIRY_PRIVATE_KEY: JSON.stringify(secrets.grantPrivateKey),
      INQUIRY_PUBLIC_KEYS: JSON.stringify(secrets.grantPublicKeys),
      STANDING_PRIVATE_KEY: JSON.stringify(secrets.grantPrivateKey),
      STANDING_PUBLIC_KEYS: JSON.stringify(secrets.grantPublicKeys),
      CURSOR_KEY: cursorKeyOf(secrets.pseudonymKey, name),
      SEALING_KEYS: secrets.sealingKeys.map(({ id, key }) => `${id}:${key.toString('hex')}`).join(','),
      // So that receivers can be on this machine.
      PUSH_PRIVATE_NETWORKS: '127.0.0.1/32',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string };
    if (msg === 'ready') return { url, child };
  }
  throw new Error(`${name} did not start`);
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  await exit;
}
