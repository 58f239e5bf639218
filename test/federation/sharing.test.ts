import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import { collectCursors } from './cursors.ts';
import { type Answered, type Door, served } from './gateways.ts';
import type { Operation } from './operations.ts';
import { ownOperations } from './ownOperations.ts';
import { TIMEOUT, runs } from './runs.ts';
import {
  type Caller,
  FIRMS,
  ITEMS,
  KINDS,
  PERSONS,
  RECORDS_PER_ITEM,
  type Town,
  nameOf,
  openTown,
  titleOf,
} from './town.ts';

/** One case is some hundred queries, each planned for the first time: a dozen seconds of a busy machine. */
const PATIENCE = 60_000;

let town: Town;
let city: Door;
let asked: Record<Caller['kind'], fc.Arbitrary<Operation>>;

beforeAll(async () => {
  town = await openTown();
  city = served(town);
  const { data } = await city.ask(getIntrospectionQuery(), { variables: {} }, {});
  const schema = buildClientSchema(JSON.parse(data as string));
  asked = ownOperations(schema, await collectCursors(city, schema, town.callers));
}, TIMEOUT);
afterAll(() => town?.city.close());

test(
  'hundreds of requests at once, of callers whose scopes differ: each is answered as if it were alone',
  async () => {
    const some = () =>
      fc.tuple(...town.callers.map((caller) => fc.array(asked[caller.kind], { minLength: 3, maxLength: 6 })));
    const order = fc.array(fc.nat(), { minLength: 150, maxLength: 300, size: 'max' });
    await fc.assert(
      fc.asyncProperty(some(), order, async (operations, picks) => {
        const all = town.callers.flatMap((caller, i) =>
          (operations[i] as Operation[]).flatMap(({ query, requests }) =>
            requests.map((request) => ({ caller, ask: () => city.ask(query, request, caller.options) })),
          ),
        );
        const alone: Answered[] = [];
        for (const { ask } of all) alone.push(await ask());
        await Promise.all(
          picks.map(async (pick) => {
            const i = pick % all.length;
            expect(await all[i]?.ask()).toEqual(alone[i]);
          }),
        );
      }),
      runs(4, PATIENCE),
    );
  },
  TIMEOUT,
);

interface Row {
  title: string;
  item: { code: string };
}
interface List {
  totalCount: number;
  nodes: Row[];
}
const NONE: List = { totalCount: -1, nodes: [] };

const MATTERS = new Map(ownCatalogue().matters.map((matter) => [matter.code, matter]));
const LISTS = KINDS.filter((kind) => !kind.single).map((kind) => kind.field);

/** The items that a caller may see of a subject, by the rule in its plainest words; null where the subject itself is not known to it. */
function shown({ name, kind }: Caller, code: string): Set<string> | null {
  const person = PERSONS.includes(code);
  const about = ITEMS.filter((item) => item.aboutPersons === person);
  const open = about.filter((item) => item.tier === 'PUBLIC');
  const codes = (items: typeof ITEMS) => new Set(items.map((item) => item.code));
  if (name === `subject ${code}`) return codes(about);
  // Natural persons are asked for with their names.
  if (kind === 'public' || kind === 'subject') return codes(open);
  if (name === 'service') return person ? null : codes(open);
  const matter = MATTERS.get(name === 'center' ? '310116-supervision-quality' : name);
  if (person && !matter?.aboutPersons) return null;
  return codes(about.filter((item) => item.tier !== 'AUTHORIZED' && matter?.items.includes(item.code)));
}

test(
  '[SH-16][SH-18][JS-14][JS-4] hundreds at once over the same subjects: not one row of another subject or beyond the caller’s scope',
  async () => {
    const callers = town.callers.filter(({ kind }) => kind !== 'reference');
    const request = fc.record({
      caller: fc.constantFrom(...callers),
      code: fc.constantFrom(...FIRMS, ...PERSONS),
      lists: fc.uniqueArray(fc.constantFrom(...LISTS), { minLength: 1, maxLength: 4 }),
      first: fc.integer({ min: 1, max: 50 }),
    });
    const file = ({
      caller,
      code,
      lists,
      first,
    }: typeof request extends fc.Arbitrary<infer R> ? R : never) => {
      const own = caller.name === `subject ${code}`;
      const root = own ? 'me' : `subject(code: "${code}", name: "${nameOf(code)}")`;
      const fields = lists.map(
        (list) => `${list}(first: ${first}) { totalCount nodes { title item { code } } }`,
      );
      return `{ it: ${root} { ${fields.join(' ')} } }`;
    };
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 150, maxLength: 300, size: 'max' }), async (all) => {
        await Promise.all(
          all.map(async (one) => {
            const { caller, code, lists, first } = one;
            const { data } = await city.ask(file(one), { variables: {} }, caller.options);
            const it = (JSON.parse(data ?? 'null')?.it ?? null) as Record<string, List> | null;
            const expected = shown(caller, code);
            if (!expected) return expect(it).toBeNull();
            for (const field of lists) {
              const type = KINDS.find((kind) => kind.field === field)?.type;
              const items = ITEMS.filter((item) => item.recordType === type && expected.has(item.code));
              const { totalCount, nodes } = it?.[field] ?? NONE;
              expect(totalCount).toBe(items.length * RECORDS_PER_ITEM);
              expect(nodes).toHaveLength(Math.min(first, totalCount));
              for (const { title, item } of nodes) {
                expect(title).toBe(titleOf(item.code, code));
                expect(expected).toContain(item.code);
              }
              rows += nodes.length;
            }
          }),
        );
      }),
      runs(4, PATIENCE),
    );
    expect(rows).toBeGreaterThan(1_000);
  },
  TIMEOUT,
);
