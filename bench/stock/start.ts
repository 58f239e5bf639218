import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { printSchema } from 'graphql';
import { freePort } from '../../platform/postgres/ports.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, type SubgraphName, subgraphSdl } from '../../schema/sdl.ts';
import { type Child, launch } from '../harness/children.ts';
import type { BenchGround } from '../harness/ground.ts';
import { optionsFile } from '../harness/options.ts';
import { catalogueOf } from './catalogue.ts';
import type { Monolith } from './monolith.ts';
import type { StockSubgraph } from './subgraph.ts';

export const AGENCIES = SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records);

/** A system under comparison: where it answers, and its processes. */
export interface Started {
  url: string;
  children: readonly Child[];
}

/** The stock subgraphs, over which several gateways may stand. */
export interface StockSubgraphs {
  children: readonly Child[];
  urls: Partial<Record<SubgraphName, string>>;
}

const withCatalogue = async ({ ground }: BenchGround) => ({
  catalogue: await catalogueOf(ground),
  pseudonymKey: ground.secrets.pseudonymKey.toString('hex'),
});

export async function startSubgraphs(bench: BenchGround, firstPort: number): Promise<StockSubgraphs> {
  const shared = await withCatalogue(bench);
  const children: Child[] = [];
  const urls: StockSubgraphs['urls'] = {};
  let port = firstPort - 1;
  for (const name of AGENCIES) {
    port = await freePort(port + 1);
    const databaseUrl = bench.ground.databases[name].appUrl;
    const options: StockSubgraph = { ...shared, port, databaseUrl };
    urls[name] = `http://127.0.0.1:${port}/`;
    children.push(
      launch(`stock-${name}`, {
        file: 'bench/stock/subgraph.ts',
        args: [name, optionsFile(bench.folder, `stock-${name}`, options)],
        folder: bench.folder,
      }),
    );
  }
  return { children, urls };
}

function composed(urls: StockSubgraphs['urls']) {
  const result = composeServices(
    AGENCIES.map((name) => ({ name, url: urls[name] ?? '', typeDefs: subgraphSdl(name) })),
  );
  if (!result.supergraphSdl) throw new AggregateError(result.errors ?? [], 'the supergraph does not compose');
  return result;
}

/** @returns the file of the supergraph over the subgraphs */
export function supergraphFile({ folder }: BenchGround, { urls }: StockSubgraphs): string {
  const file = join(folder, 'stock.graphql');
  writeFileSync(file, composed(urls).supergraphSdl);
  return file;
}

export async function startStock(
  bench: BenchGround,
  subgraphs: StockSubgraphs,
  firstPort: number,
): Promise<Started> {
  const port = await freePort(firstPort);
  const gateway = launch('stock-gateway', {
    file: 'bench/stock/gateway.ts',
    args: [supergraphFile(bench, subgraphs), String(port)],
    folder: bench.folder,
  });
  return { url: `http://127.0.0.1:${port}/`, children: [...subgraphs.children, gateway] };
}

export async function startMonolith(bench: BenchGround, firstPort: number): Promise<Started> {
  const port = await freePort(firstPort);
  const options: Monolith = {
    ...(await withCatalogue(bench)),
    port,
    typeDefs: printSchema(composed({}).schema.toAPISchema().toGraphQLJSSchema()),
    databaseUrls: Object.fromEntries(AGENCIES.map((name) => [name, bench.ground.databases[name].appUrl])),
  };
  const child = launch('monolith', {
    file: 'bench/stock/monolith.ts',
    args: [optionsFile(bench.folder, 'monolith', options)],
    folder: bench.folder,
  });
  return { url: `http://127.0.0.1:${port}/`, children: [child] };
}
