import type { Ground } from '../../gateway/embedded/house.ts';
import { withPool } from '../harness/ground.ts';
import { scopeOf } from '../subject/question.ts';

/** What one would otherwise ask a catalogue for, read once: the systems compared know no catalogue that changes. */
export interface Catalogue {
  /** By number. */
  items: Record<number, { code: string; name: string; class: string; tier: string }>;
  /** By code. */
  units: Record<string, { code: string; name: string }>;
  /** Number of the matter whose items are shown. */
  scope: number;
  today: string;
}

export async function catalogueOf(ground: Ground): Promise<Catalogue> {
  const scope = await scopeOf(ground);
  return withPool(ground.databases.catalogue.appUrl, async (pool) => {
    const items = await pool.query<Catalogue['items'][number] & { id: number }>(
      'select distinct on (item_id) item_id as id, code, name, class, tier from item_version order by item_id, version desc',
    );
    const units = await pool.query<Catalogue['units'][string]>('select code, name from unit');
    return {
      items: Object.fromEntries(items.rows.map(({ id, ...item }) => [id, item])),
      units: Object.fromEntries(units.rows.map((unit) => [unit.code, unit])),
      scope,
      today: ground.clock.today(),
    };
  });
}
