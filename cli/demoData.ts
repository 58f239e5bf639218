import type pg from 'pg';
import { type FillResult, fillDemo } from '../demo/fill.ts';
import { fillMeasures } from '../demo/measures.ts';
import { type Ground, type House } from '../gateway/embedded/house.ts';
import { openPool } from '../platform/postgres/pool.ts';
import type { Snapshot } from '../records/snapshot.ts';
import { ownCatalogue } from '../subgraphs/catalogue/data.ts';
import { loadCatalogue } from '../subgraphs/catalogue/load.ts';
import { progress } from './progress.ts';

/** The same seed makes the same subjects on every machine. */
export const DEMO_SEED = 2016;
const FIRST_SUBJECTS = 2_000;
const DATABASES = ['registration', 'penalties', 'judicial', 'honors', 'objections', 'measures'] as const;

async function withPools<T>(
  ground: Ground,
  work: (pools: Record<(typeof DATABASES)[number], pg.Pool>) => Promise<T>,
): Promise<T> {
  const pools = Object.fromEntries(
    DATABASES.map((name) => [name, openPool(ground.databases[name].appUrl, { max: 2 })]),
  ) as Record<(typeof DATABASES)[number], pg.Pool>;
  try {
    return await work(pools);
  } finally {
    await Promise.all(Object.values(pools).map((pool) => pool.end()));
  }
}

/** Fills in demonstration data: deterministic, and what is there already is not doubled. */
export function fill(house: House, subjects: number, seed: number): Promise<FillResult> {
  const bar = progress('演示数据 demonstration data', subjects);
  return withPools(house, (databases) =>
    fillDemo({
      subjects,
      seed,
      databases,
      snapshot: house.follower.current() as Snapshot,
      packs: house.packs,
      pseudonym: house.pseudonym,
      sealer: house.sealer,
      today: house.clock.today(),
      onProgress: (done) => bar.update(done),
    }),
  ).finally(() => bar.stop());
}

/** The four jurisdictions' own catalogue; what is published since stays. */
export async function loadOwnCatalogue(house: House): Promise<void> {
  const pool = openPool(house.databases.catalogue.appUrl, { max: 2 });
  try {
    await loadCatalogue(pool, ownCatalogue());
  } finally {
    await pool.end();
  }
  await house.subgraphs.catalogue.refresh();
  await Promise.all([...Object.values(house.subgraphs).map((s) => s.refresh()), house.follower.refresh()]);
}

/** On the first start: the catalogue, and demonstration data for as long as no subject is on file. */
export async function prepareDemo(house: House): Promise<void> {
  await loadOwnCatalogue(house);
  const empty = await withPools(
    house,
    async ({ registration }) => (await registration.query('select from subject limit 1')).rowCount === 0,
  );
  if (!empty) return;
  await fill(house, FIRST_SUBJECTS, DEMO_SEED);
  await withPools(house, ({ penalties, measures }) =>
    fillMeasures({
      penalties,
      measures,
      snapshot: house.follower.current() as Snapshot,
      packs: house.packs,
      today: house.clock.today(),
    }),
  );
}
