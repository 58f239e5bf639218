import type { OrderAction } from '../../records/orders/order.ts';
import type { Answer, City } from '../support/city.ts';
import { UNIT } from '../support/known.ts';

export const WATCH = `mutation Watch($input: WatchInput!) { watch(input: $input) { list name added subjects } }`;
export const UNWATCH = `mutation Unwatch($input: UnwatchInput!) { unwatch(input: $input) { removed } }`;
export const LISTS = `query Lists($first: Int, $after: String) { watchLists(first: $first, after: $after) { totalCount
  nodes { id name matter subjects unread } pageInfo { hasNextPage endCursor } } }`;
export const ALERTS = `query Alerts($list: ID!, $unread: Boolean, $first: Int, $after: String) {
  alerts(list: $list, unread: $unread, first: $first, after: $after) { totalCount
    nodes { id change recordType record item { code } subject { id name } at readAt } pageInfo { hasNextPage endCursor } } }`;
export const READ = 'mutation Read($ids: [ID!]!) { readAlerts(ids: $ids) { read } }';

export interface Alert {
  id: string;
  change: string;
  recordType: string;
  record: string;
  item: { code: string };
  subject: { id: string; name: string };
  readAt: string | null;
}

/** An officer who watches for one matter. */
export class Watcher {
  readonly #city: City;
  readonly #gateway: Pick<City, 'ask'>;
  readonly #token: string;
  readonly #matter: string;

  /** @param gateway of the city, where it is not its usual one */
  constructor(city: City, token: string, matter: string, gateway: Pick<City, 'ask'> = city) {
    this.#city = city;
    this.#gateway = gateway;
    this.#token = token;
    this.#matter = matter;
  }

  ask = (query: string, variables: Record<string, unknown> = {}, purpose = this.#matter): Promise<Answer> =>
    this.#gateway.ask(query, { token: this.#token, purpose, variables });

  async watch(
    name: string,
    codes: readonly string[],
  ): Promise<{ list: string; added: number; subjects: number }> {
    const { data, errors } = await this.ask(WATCH, { input: { name, codes } });
    if (!data?.watch) throw new Error(JSON.stringify(errors));
    return data.watch;
  }

  async alerts(list: string, args: Record<string, unknown> = {}): Promise<Alert[]> {
    const { data, errors } = await this.ask(ALERTS, { list, ...args });
    if (!data?.alerts) throw new Error(JSON.stringify(errors));
    return data.alerts.nodes;
  }

  /** Waits until what was done so far is taken in, and answers the alerts, as `CHANGE item`, oldest first. */
  async told(list: string): Promise<string[]> {
    await collected(this.#city);
    return (await this.alerts(list)).map(({ change, item }) => `${change} ${item.code}`).toReversed();
  }
}

/** Waits until all that agencies have logged is taken in. */
export async function collected(city: City): Promise<void> {
  await city.until(async () => {
    const taken = await city
      .database('sharing')
      .query<{ agency: string; count: number }>(
        'select agency, count(*)::int as count from change where position is not null group by agency',
      );
    const counts = new Map(taken.rows.map(({ agency, count }) => [agency, count]));
    for (const agency of ['registration', 'penalties', 'judicial', 'honors', 'objections'] as const) {
      const { rows } = await city.database(agency).query('select count(*)::int as count from record_change');
      if (rows[0].count !== (counts.get(agency) ?? 0)) return false;
    }
    return true;
  });
}

export const center = (city: City): Promise<string> =>
  city.token({ role: 'center', unit: UNIT.center, name: '钱七' });

let orders = 0;

/** What another part of the house orders of a penalty. */
export async function order(
  city: City,
  { subjectId, recordId }: { subjectId: string; recordId: string },
  action: OrderAction,
): Promise<void> {
  const id = `00000000-0000-4000-8000-${String(++orders).padStart(12, '0')}`;
  const recordType = 'AdministrativePenalty';
  await city.running.house.subgraphs.penalties.orders?.apply({
    id,
    to: 'penalties',
    recordType,
    subjectId,
    recordId,
    action,
  });
}
