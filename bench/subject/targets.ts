import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeServices } from '@apollo/composition';
import { freePort } from '../../platform/postgres/ports.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, type SubgraphName, subgraphSdl } from '../../schema/sdl.ts';
import { type Child, hasEnded, launch, logOf } from '../harness/children.ts';
import { type BenchGround, withPool } from '../harness/ground.ts';
import { MATTER, type Question, ask } from './question.ts';
import type { StockSubgraph } from '../stock/subgraph.ts';

export interface Target {
  name: TargetName;
  url: string;
  /** Its processes, each with all that they start. */
  children: readonly Child[];
}

/**
 * `ours`: `npm start`, one process with token, purpose and durable journal. `distributed`: `npm run start:distributed`, every subgraph a
 * process. `stock`: @apollo/gateway over plain Apollo subgraphs, with neither.
 */
export const TARGET_NAMES = ['ours', 'distributed', 'stock'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

export const AGENCIES = SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records);

const PATIENCE_MS = 60_000;

/** Waits until the target answers as it should. */
export async function untilAnswers({ name, url, children }: Target, question: Question): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const [first] = question.variables;
  if (!first) throw new Error('there is no organization on file');
  for (;;) {
    try {
      await ask(url, question, first);
      return;
    } catch (error) {
      const dead = children.find(hasEnded);
      if (dead) throw new Error(`${dead.name} ended\n${logOf(dead)}`, { cause: error });
      if (Date.now() > deadline) throw new Error(`${name} does not answer`, { cause: error });
    }
    await sleep(100);
  }
}

async function shipped(
  name: TargetName,
  file: string,
  port: number,
  { folder, env }: BenchGround,
): Promise<Target> {
  const free = await freePort(port);
  const child = launch(name, { file, folder, env: { ...env, PORT: String(free) } });
  return { name, url: `http://127.0.0.1:${free}/graphql`, children: [child] };
}

/** What stock's subgraphs would otherwise ask a catalogue for. */
async function catalogueOf({
  ground,
}: BenchGround): Promise<Pick<StockSubgraph, 'items' | 'units' | 'scope'>> {
  return withPool(ground.databases.catalogue.appUrl, async (pool) => {
    const items = await pool.query<StockSubgraph['items'][number] & { id: number }>(
      'select distinct on (item_id) item_id as id, code, name, class, tier from item_version order by item_id, version desc',
    );
    const units = await pool.query<StockSubgraph['units'][string]>('select code, name from unit');
    const matter = await pool.query<{ id: number }>('select id from matter where code = $1', [MATTER]);
    return {
      items: Object.fromEntries(items.rows.map(({ id, ...item }) => [id, item])),
      units: Object.fromEntries(units.rows.map((unit) => [unit.code, unit])),
      scope: matter.rows[0]?.id as number,
    };
  });
}

async function stock(firstPort: number, bench: BenchGround): Promise<Target> {
  const { ground, folder } = bench;
  const shared = {
    ...(await catalogueOf(bench)),
    today: ground.clock.today(),
    pseudonymKey: ground.secrets.pseudonymKey.toString('hex'),
  };
  const ports = new Map<SubgraphName, number>();
  let port = firstPort;
  for (const name of AGENCIES) {
    ports.set(name, (port = await freePort(port + 1)));
  }
  const children = AGENCIES.map((name) => {
    const options: StockSubgraph = {
      ...shared,
      port: ports.get(name) as number,
      databaseUrl: ground.databases[name].appUrl,
    };
    return launch(`stock-${name}`, {
      file: 'bench/stock/subgraph.ts',
      args: [name],
      folder,
      env: { STOCK: JSON.stringify(options) },
    });
  });
  const supergraph = join(folder, 'stock.graphql');
  const { supergraphSdl, errors } = composeServices(
    AGENCIES.map((name) => ({
      name,
      url: `http://127.0.0.1:${ports.get(name)}/`,
      typeDefs: subgraphSdl(name),
    })),
  );
  if (!supergraphSdl) throw new AggregateError(errors ?? [], 'the stock supergraph does not compose');
  writeFileSync(supergraph, supergraphSdl);
  port = await freePort(port + 1);
  children.push(
    launch('stock-gateway', { file: 'bench/stock/gateway.ts', args: [supergraph, String(port)], folder }),
  );
  return { name: 'stock', url: `http://127.0.0.1:${port}/`, children };
}

const FIRST_PORT = 4300;

const STARTS: Record<TargetName, (bench: BenchGround) => Promise<Target>> = {
  ours: (bench) => shipped('ours', 'cli/start.ts', FIRST_PORT, bench),
  distributed: (bench) => shipped('distributed', 'cli/distributed.ts', FIRST_PORT + 20, bench),
  stock: (bench) => stock(FIRST_PORT + 40, bench),
};

export async function startTarget(name: TargetName, bench: BenchGround, question: Question): Promise<Target> {
  const target = await STARTS[name](bench);
  await untilAnswers(target, question);
  return target;
}
