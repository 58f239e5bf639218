import { freePort } from '../../platform/postgres/ports.ts';
import { subgraphSdl } from '../../schema/sdl.ts';
import { launch } from '../harness/children.ts';
import type { BenchGround } from '../harness/ground.ts';
import { optionsFile } from '../harness/options.ts';
import { AGENCIES, type Started, type StockSubgraphs } from '../stock/start.ts';
import { installed } from './installed.ts';
import { federation1 } from './federation1.ts';

/** Mercurius as a gateway over the stock subgraphs, or null where it cannot be installed. */
export async function startMercurius(
  { folder }: BenchGround,
  subgraphs: () => Promise<StockSubgraphs>,
  firstPort: number,
): Promise<Started | null> {
  if (!(await installed('mercurius'))) return null;
  const { children, urls } = await subgraphs();
  const services = AGENCIES.map((name) => ({
    name,
    url: urls[name],
    schema: federation1(subgraphSdl(name), name === 'registration'),
  }));
  const port = await freePort(firstPort);
  const gateway = launch('mercurius', {
    file: 'bench/peers/mercurius/gateway.js',
    args: [String(port), optionsFile(folder, 'mercurius', services)],
    folder,
  });
  return { url: `http://127.0.0.1:${port}/`, children: [...children, gateway] };
}
