import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Running, startEmbedded } from '../gateway/embedded/start.ts';
import { issueToken } from '../gateway/identity/issuer.ts';
import { loadSettings } from '../platform/settings.ts';
import { type CatalogueData, ownCatalogue } from '../subgraphs/catalogue/data.ts';
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
  /** One item published at that size, many times: from the answer until every part goes by it, and how long the event loop was held. */
  publication: { times: number; p50: number; longest: number; hold: number };
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

const PUBLISH =
  'mutation Publish($input: PublishItemInput!) { publishItem(input: $input) { item { version } } }';
const PUBLICATIONS = 20;

const everywhere = ({ house }: Running) =>
  Promise.all([...Object.values(house.subgraphs).map((s) => s.refresh()), house.follower.refresh()]);

async function publications(running: Running): Promise<CatalogueFigures['publication']> {
  const { house, url } = running;
  const [item] = ownCatalogue().items;
  const { validFrom: _, ...content } = item as CatalogueData['items'][number];
  const token = await issueToken(house.secrets.tokenPrivateKey, {
    sub: 'bench',
    role: 'center',
    unit: content.provider,
    name: 'bench',
  });
  const times: number[] = [];
  const held = monitorEventLoopDelay({ resolution: 1 });
  for (let i = 0; i < PUBLICATIONS; i++) {
    const input = { ...content, tier: i % 2 === 0 ? 'SHARED' : 'PUBLIC' };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: PUBLISH, variables: { input } }),
    });
    const { errors } = (await response.json()) as { errors?: unknown };
    if (errors) throw new Error(`publishing: ${JSON.stringify(errors)}`);
    held.enable();
    const began = performance.now();
    await house.subgraphs.catalogue.refresh();
    await everywhere(running);
    times.push(performance.now() - began);
    held.disable();
  }
  return {
    times: times.length,
    p50: rounded(median(times), 0),
    longest: rounded(Math.max(...times), 0),
    hold: rounded(held.max / 1e6, 0),
  };
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
  await everywhere(running);
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
  const publication = await publications(running);
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
    publication,
    slowest: perWord.toSorted((a, b) => b.ms - a.ms)[0] as CatalogueFigures['slowest'],
  };
}

export function catalogueTable(found: CatalogueFigures): string {
  const { items, matters, loadSeconds, inForceSeconds, search: times, slowest, publication } = found;
  return [
    '目录 catalogue at the size of 2016',
    '',
    table(
      ['items', 'matters', 'load s', 'in force s', 'search p50 ms', 'p99 ms', 'slowest word', 'its p50 ms'],
      [[items, matters, loadSeconds, inForceSeconds, times.p50, times.p99, slowest.word, slowest.ms]],
    ),
    '',
    table(
      ['items published', 'in force everywhere p50 ms', 'longest ms', 'longest hold ms'],
      [[publication.times, publication.p50, publication.longest, publication.hold]],
    ),
  ].join('\n');
}
