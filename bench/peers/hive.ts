import { fileURLToPath } from 'node:url';
import { freePort } from '../../platform/postgres/ports.ts';
import { launch } from '../harness/children.ts';
import type { BenchGround } from '../harness/ground.ts';
import { type Started, type StockSubgraphs, supergraphFile } from '../stock/start.ts';
import { installed } from './installed.ts';

/** Hive Gateway over the stock subgraphs, or null where it cannot be installed. */
export async function startHive(
  bench: BenchGround,
  subgraphs: () => Promise<StockSubgraphs>,
  firstPort: number,
): Promise<Started | null> {
  if (!(await installed('hive'))) return null;
  const { folder } = bench;
  const below = await subgraphs();
  const port = await freePort(firstPort);
  const config = fileURLToPath(new URL('hive/gateway.config.js', import.meta.url));
  const gateway = launch('hive', {
    file: 'bench/peers/hive/node_modules/@graphql-hive/gateway/dist/bin.js',
    args: [
      'supergraph',
      '--config-path',
      config,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--polling',
      '1h',
    ],
    folder,
    env: { SUPERGRAPH: supergraphFile(bench, below) },
  });
  return { url: `http://127.0.0.1:${port}/`, children: [...below.children, gateway] };
}
