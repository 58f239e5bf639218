import type { SubgraphModule } from '../records/subgraph.ts';
import type { SubgraphName } from '../schema/sdl.ts';
import access from './access/index.ts';
import catalogue from './catalogue/index.ts';
import collection from './collection/index.ts';
import honors from './honors/index.ts';
import judicial from './judicial/index.ts';
import measures from './measures/index.ts';
import objections from './objections/index.ts';
import penalties from './penalties/index.ts';
import registration from './registration/index.ts';
import sharing from './sharing/index.ts';

/** Every subgraph, by name. Another one is one line here. */
export const modules: Record<SubgraphName, SubgraphModule> = {
  registration,
  penalties,
  judicial,
  honors,
  objections,
  catalogue,
  collection,
  measures,
  access,
  sharing,
};
