import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DisclosureTier } from '../../policy/terms.ts';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import type { SubgraphName } from '../../schema/sdl.ts';
import { type AskOptions, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';

const TODAY = '2026-03-02';
const catalogue = ownCatalogue();
const tiers = new Map(catalogue.items.map((item) => [item.code, item.tier]));
const scopes = new Map(catalogue.matters.map((matter) => [matter.code, matter]));

/** Where records of each list are, and items to collect them under. */
const KINDS: { field: string; database: SubgraphName; table: string; items: string[] }[] = [
  {
    field: 'penalties',
    database: 'penalties',
    table: 'administrative_penalty',
    items: ['310116-penalty-amr', '320600-penalty-em', '310116-penalty-amr-p', '320600-penalty-um-p'],
  },
  {
    field: 'administrativeActs',
    database: 'penalties',
    table: 'administrative_act',
    items: ['310116-act-nr', '310116-act-hr-p', '320600-act-hr-p'],
  },
  {
    field: 'donations',
    database: 'honors',
    table: 'donation',
    items: ['310116-donation-ch', '310116-donation-ch-p'],
  },
  {
    field: 'permits',
    database: 'registration',
    table: 'permit',
    items: ['310116-permit-amr', '310116-permit-amr-p', '320600-permit-em'],
  },
];

interface Fact {
  kind: (typeof KINDS)[number];
  item: string;
  on: string;
  visibleUntil: string | null;
  publicUntil: string | null;
  gone: 'archived_at' | 'revoked_at' | null;
}

const around = fc.constantFrom(null, '2026-03-01', TODAY, '2026-03-03');
const fact: fc.Arbitrary<Fact> = fc.constantFrom(...KINDS).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    item: fc.constantFrom(...kind.items),
    on: fc.constantFrom('2024-05-01', '2025-01-01', '2025-12-31'),
    visibleUntil: around,
    publicUntil: around,
    gone: fc.option(fc.constantFrom('archived_at' as const, 'revoked_at' as const), { freq: 6 }),
  }),
);

type Asker =
  | { as: 'public' }
  | { as: 'wrong name' }
  | { as: 'subject' }
  | { as: 'service' }
  | { as: 'officer'; unit: string; matter: string };

const askers: Asker[] = [
  { as: 'public' },
  { as: 'wrong name' },
  { as: 'subject' },
  { as: 'service' },
  { as: 'officer', unit: UNIT.market, matter: MATTER.licence },
  { as: 'officer', unit: UNIT.market, matter: MATTER.supervision },
  { as: 'officer', unit: UNIT.personnel, matter: MATTER.recruitment },
  { as: 'officer', unit: UNIT.center, matter: MATTER.quality },
];

/** The rule in its plainest words: whether this record is shown to whoever asks, once the subject itself is. */
function shown(fact: Fact, asker: Asker, person: boolean): boolean {
  const tier = tiers.get(fact.item) as DisclosureTier;
  if (fact.gone) return false;
  if (fact.visibleUntil !== null && fact.visibleUntil < TODAY) return false;
  if (asker.as === 'subject') return true;
  if (asker.as === 'officer')
    return tier !== 'AUTHORIZED' && (scopes.get(asker.matter)?.items.includes(fact.item) ?? false);
  // What is public about organizations is not so of a person, and the other way round [JS-4].
  if (fact.item.endsWith('-p') !== person) return false;
  return tier === 'PUBLIC' && (fact.publicUntil === null || fact.publicUntil >= TODAY);
}

/** Whether the subject exists for whoever asks. */
function known(person: boolean, facts: Fact[], asker: Asker): boolean {
  if (asker.as === 'subject') return true;
  if (asker.as === 'wrong name') return false;
  if (!person) return true;
  if (asker.as === 'officer') return scopes.get(asker.matter)?.aboutPersons ?? false;
  return asker.as === 'public' && facts.some((f) => shown(f, asker, person));
}

let city: City;
let next = 0;

beforeAll(async () => {
  city = await City.open();
});
afterAll(() => city.close());

async function store(person: boolean, facts: Fact[]): Promise<{ code: string; numbers: Map<Fact, string> }> {
  next += 1;
  const code = person ? personCode(next) : firmCode(next);
  const id = await city.subject(code, `某某${next}`, person ? 'NATURAL_PERSON' : 'LEGAL_PERSON');
  const numbers = new Map<Fact, string>();
  for (const [i, f] of facts.entries()) {
    const documentNumber = `${next}-${i}`;
    numbers.set(f, documentNumber);
    await city.record(id, f.item, {
      documentNumber,
      determinedOn: f.on,
      visibleUntil: f.visibleUntil,
      own: { project: documentNumber, recipient: documentNumber },
    });
    await city
      .database(f.kind.database)
      .query(
        `update ${f.kind.table} set public_until = $2, ${f.gone ?? 'collected_at'} = now() where document_number = $1`,
        [documentNumber, f.publicUntil],
      );
  }
  return { code, numbers };
}

async function optionsOf(asker: Asker, code: string): Promise<AskOptions> {
  switch (asker.as) {
    case 'public':
    case 'wrong name':
      return {};
    case 'subject':
      return { token: await city.token({ role: 'subject', code }) };
    case 'service':
      return {
        token: await city.token({ role: 'service', unit: UNIT.center, name: '赵六' }),
        purpose: MATTER.quality,
      };
    case 'officer':
      return { token: await city.officer(asker.unit), purpose: asker.matter };
  }
}

interface ListAnswer {
  totalCount: number;
  nodes: { id: string; documentNumber: string; determinedOn: string }[];
  edges: { node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
}

const LIST =
  'totalCount nodes { id documentNumber determinedOn } edges { node { id } } pageInfo { hasNextPage hasPreviousPage endCursor }';

test('[SH-16][NT-19][SH-18][SH-27][SH-30] rows, counts, edges and pages of any size are what the rules say, whoever asks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(fact, { maxLength: 8 }),
      fc.constantFrom(...askers),
      fc.integer({ min: 1, max: 4 }),
      async (person, facts, asker, size) => {
        const { code, numbers } = await store(person, facts);
        const options = await optionsOf(asker, code);
        const root = asker.as === 'subject' ? 'me' : 'subject(code: $code, name: $name)';
        const ask = async (fields: string): Promise<Record<string, ListAnswer> | null> => {
          const head = asker.as === 'subject' ? '' : 'query ($code: String!, $name: String)';
          const name = asker.as === 'wrong name' ? '某某' : `某某${next}`;
          const { data } = await city.ask(`${head} { it: ${root} { ${fields} } }`, {
            ...options,
            variables: { code, name },
          });
          return data.it;
        };

        const whole = await ask(KINDS.map((k) => `${k.field} { ${LIST} }`).join(' '));
        expect(whole !== null).toBe(known(person, facts, asker));
        if (!whole) return;
        for (const kind of KINDS) {
          const list = whole[kind.field] as ListAnswer;
          const expected = facts
            .filter((f) => f.kind === kind && shown(f, asker, person))
            .map((f) => numbers.get(f));
          expect(list.nodes.map((n) => n.documentNumber).toSorted()).toEqual(expected.toSorted());
          expect(list.totalCount).toBe(expected.length);
          expect(list.edges.map((e) => e.node.id)).toEqual(list.nodes.map((n) => n.id));
          const order = list.nodes.map((n) => `${n.determinedOn} ${n.id}`);
          expect(order).toEqual(order.toSorted().toReversed());

          const paged: string[] = [];
          let after: string | null = null;
          do {
            const page: ListAnswer | undefined = (
              await ask(`${kind.field}(first: ${size}${after ? `, after: "${after}"` : ''}) { ${LIST} }`)
            )?.[kind.field];
            expect(page?.totalCount).toBe(expected.length);
            expect(page?.pageInfo.hasPreviousPage).toBe(after !== null);
            paged.push(...(page?.nodes ?? []).map((n) => n.id));
            after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
          } while (after);
          expect(paged).toEqual(list.nodes.map((n) => n.id));
        }
      },
    ),
    { numRuns: 60 },
  );
});
