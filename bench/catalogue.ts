import { startEmbedded } from '../gateway/embedded/start.ts';
import { loadSettings } from '../platform/settings.ts';
import { generateCatalogue } from '../subgraphs/catalogue/generate.ts';
import { loadCatalogue } from '../subgraphs/catalogue/load.ts';
import { atEnd } from './harness/cleanup.ts';
import { openBenchGround, withPool } from './harness/ground.ts';
import { median, quantile, rounded } from './harness/stats.ts';
import { say, table } from './harness/table.ts';

export interface CatalogueFigures {
  items: number;
  matters: number;
  /** Making and loading the three lists. */
  loadSeconds: number;
  /** From then until every part of the system goes by them. */
  inForceSeconds: number;
  /** Milliseconds, through the gateway over HTTP, one after the other. */
  search: { queries: number; p50: number; p99: number };
  /** The word that takes longest, as it stands in the most items, which are counted: its median. */
  slowest: { word: string; ms: number };
}

const SEARCH = `query Search($search: String!) {
  catalogueItems(search: $search) { totalCount nodes { code name class tier provider { name } } }
}`;
const WORDS = [
  '食品',
  '公示',
  '建筑施工',
  '未经许可',
  '知识产权',
  '电子商务',
  '监督检查',
  '年度报告',
  '信息',
  'SH2016-2',
];
const QUERIES = 300;
const WARM_UP = 30;

async function search(url: string, text: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: SEARCH, variables: { search: text } }),
  });
  const answer = (await response.json()) as { errors?: unknown };
  if (answer.errors) throw new Error(`search for ${text}: ${JSON.stringify(answer.errors)}`);
  return performance.now() - began;
}

/** The three lists at the size of 2016's operating report: loading them, and searching in them. */
export async function measureCatalogue(): Promise<CatalogueFigures> {
  const bench = await openBenchGround();
  const running = await startEmbedded(loadSettings({ ...bench.env, PORT: '0' }));
  const stop = atEnd(() => running.close());
  const { house, url } = running;
  say('loading the three lists');
  const began = performance.now();
  const added = await withPool(house.databases.catalogue.appUrl, (pool) =>
    loadCatalogue(pool, generateCatalogue()),
  );
  const loaded = performance.now();
  await house.subgraphs.catalogue.refresh();
  await Promise.all([...Object.values(house.subgraphs).map((s) => s.refresh()), house.follower.refresh()]);
  const inForce = performance.now();
  const times: { word: string; ms: number }[] = [];
  for (let i = 0; i < WARM_UP + QUERIES; i++) {
    const word = WORDS[i % WORDS.length] as string;
    const ms = await search(url, word);
    if (i >= WARM_UP) times.push({ word, ms });
  }
  const all = times.map(({ ms }) => ms);
  const perWord = WORDS.map((word) => ({
    word,
    ms: rounded(median(times.filter((t) => t.word === word).map(({ ms }) => ms)), 1),
  }));
  await stop();
  await bench.close();
  return {
    items: added.items,
    matters: added.matters,
    loadSeconds: rounded((loaded - began) / 1000, 2),
    inForceSeconds: rounded((inForce - loaded) / 1000, 2),
    search: {
      queries: times.length,
      p50: rounded(median(all), 1),
      p99: rounded(quantile(all, 0.99), 1),
    },
    slowest: perWord.toSorted((a, b) => b.ms - a.ms)[0] as CatalogueFigures['slowest'],
  };
}

export function catalogueTable(found: CatalogueFigures): string {
  const { items, matters, loadSeconds, inForceSeconds, search: times, slowest } = found;
  return [
    '目录 catalogue at the size of 2016',
    '',
    table(
      ['items', 'matters', 'load s', 'in force s', 'search p50 ms', 'p99 ms', 'slowest word', 'its p50 ms'],
      [[items, matters, loadSeconds, inForceSeconds, times.p50, times.p99, slowest.word, slowest.ms]],
    ),
  ].join('\n');
}
