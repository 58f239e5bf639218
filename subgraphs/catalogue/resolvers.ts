import type pg from 'pg';
import type { Packs } from '../../policy/packs/packs.ts';
import { dayArgument } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import { DateScalar, DateTimeScalar, DecimalScalar, JsonScalar } from '../../records/scalars.ts';
import {
  type Connection,
  ListCursors,
  type PageArgs,
  connection,
  connectionResolvers,
} from './connection.ts';
import {
  type BehaviourFilter,
  type CreditListFilter,
  type ItemFilter,
  Lists,
  type MatterFilter,
  USUAL_PAGE,
  type UnitFilter,
} from './lists.ts';
import { catalogueLoaders } from './loaders.ts';
import { jurisdictionResolvers } from './jurisdictions.ts';
import { publishItem, publishMatter } from './publish.ts';
import { type PublishListInput, publishList } from './publishList.ts';
import type { PublishItemInput, PublishMatterInput } from './publishChecks.ts';
import type { BehaviourRow, CreditListRow, ItemRow, MatterRow } from './rows.ts';
import { catalogueSummary } from './summary.ts';

const split = <Args extends PageArgs>({ first, after, ...filter }: Args) => ({
  filter,
  page: { first, after },
});

export function catalogueResolvers(pool: pg.Pool, cursors: Cursors, packs: Packs): ResolverMap {
  const lists = new Lists(pool, cursors);
  const loaders = catalogueLoaders(pool);
  const unit = (row: { unit: string }) => loaders.unit.load(row.unit);

  const scope = async (matter: MatterRow, args: PageArgs): Promise<Connection<ItemRow>> => {
    const first = pageSize(args.first, USUAL_PAGE);
    const of = new ListCursors(cursors, 'scope', { matter: matter.code, version: matter.version });
    const position = args.after == null ? null : of.read(args.after);
    const key = { matter: matter.id, version: matter.version, day: position?.day ?? matter.day };
    const rows = await loaders.scopePage.load({ ...key, after: position?.code ?? null, limit: first + 1 });
    const count = () => loaders.scopeSize.load(key);
    return connection(rows, { first, day: key.day, begun: position !== null, cursors: of, count });
  };

  const jurisdictions = jurisdictionResolvers(packs);
  return {
    Date: DateScalar,
    DateTime: DateTimeScalar,
    Decimal: DecimalScalar,
    JSON: JsonScalar,
    ...connectionResolvers,
    ...jurisdictions.types,
    Query: {
      ...jurisdictions.queries,
      catalogueItems: (_: unknown, args: ItemFilter & PageArgs, { grant }: SubgraphContext) => {
        const { filter, page } = split(args);
        return lists.items(filter, page, grant.today);
      },
      matters: (_: unknown, args: MatterFilter & PageArgs, { grant }: SubgraphContext) => {
        const { filter, page } = split(args);
        return lists.matters(filter, page, grant.today);
      },
      behaviours: (_: unknown, args: BehaviourFilter & PageArgs, { grant }: SubgraphContext) => {
        const { filter, page } = split(args);
        return lists.behaviours(filter, page, grant.today);
      },
      creditLists: (_: unknown, args: CreditListFilter & PageArgs, { grant }: SubgraphContext) => {
        const { filter, page } = split(args);
        return lists.creditLists(filter, page, grant.today);
      },
      units: (_: unknown, args: UnitFilter & PageArgs, { grant }: SubgraphContext) => {
        const { filter, page } = split(args);
        return lists.units(filter, page, grant.today);
      },
      catalogueSummary: (
        _: unknown,
        args: { jurisdiction?: string | null; asOf?: string | null },
        { grant }: SubgraphContext,
      ) =>
        catalogueSummary(
          pool,
          args.asOf == null ? grant.today : dayArgument('asOf', args.asOf),
          args.jurisdiction ?? null,
        ),
    },
    Mutation: {
      publishItem: async (_: unknown, { input }: { input: PublishItemInput }, context: SubgraphContext) => ({
        item: await publishItem(pool, packs, input, context),
      }),
      publishMatter: async (
        _: unknown,
        { input }: { input: PublishMatterInput },
        context: SubgraphContext,
      ) => ({
        matter: await publishMatter(pool, input, context),
      }),
      publishList: async (_: unknown, { input }: { input: PublishListInput }, context: SubgraphContext) => ({
        list: await publishList(pool, packs, input, context),
      }),
    },
    CatalogueItem: {
      __resolveReference: ({ code }: { code: string }, { grant }: SubgraphContext) =>
        loaders.item.load({ code, day: grant.today }),
      provider: (row: ItemRow) => loaders.unit.load(row.provider),
    },
    CatalogueUnit: {
      __resolveReference: ({ code }: { code: string }) => loaders.unit.load(code),
    },
    Matter: {
      __resolveReference: ({ code }: { code: string }, { grant }: SubgraphContext) =>
        loaders.matter.load({ code, day: grant.today }),
      unit,
      scopeSize: (row: MatterRow) =>
        loaders.scopeSize.load({ matter: row.id, version: row.version, day: row.day }),
      scope,
    },
    CreditList: {
      unit: (row: CreditListRow) => unit(row),
      item: (row: CreditListRow) => loaders.item.load({ code: row.item, day: row.day }),
    },
    Behaviour: {
      __resolveReference: ({ code }: { code: string }) => loaders.behaviour.load(code),
      unit: (row: BehaviourRow) => unit(row),
    },
  };
}
