import { startSubgraph } from '../gateway/distributed/subgraph.ts';
import { Problem } from '../platform/problem.ts';
import { loadSettings } from '../platform/settings.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from '../schema/sdl.ts';
import { untilStopped } from './untilStopped.ts';

/** One subgraph as a service of its own: `node cli/subgraph.ts penalties`. */
await untilStopped(() => {
  const name = process.argv[2] as SubgraphName;
  if (!SUBGRAPH_NAMES.includes(name)) {
    const names = SUBGRAPH_NAMES.join(', ');
    throw new Problem({ zh: `请指明子图：${names}`, en: `name a subgraph: ${names}` });
  }
  return startSubgraph(name, loadSettings());
});
