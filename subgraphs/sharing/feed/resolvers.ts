import type pg from 'pg';
import type { Packs } from '../../../policy/packs/packs.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { discloseItem } from '../../../records/disclosure.ts';
import { refusal } from '../../../records/errors.ts';
import {
  type CursorPage,
  type ResolverMap,
  pageInfoResolvers,
  pageSize,
} from '../../../records/resolvers.ts';
import type { Recipients } from '../recipients/recipients.ts';
import { addGiven, givenIn } from '../report/given.ts';
import type { Positions } from './position.ts';
import { type ChangeRow, type Slice, isGone, readChangesOf } from './read.ts';
import { feedScope, readingUnit } from './scope.ts';

interface ChangePage extends Slice {
  feed: string;
  after: number | null;
}

interface ChangeNode extends ChangeRow {
  feed: string;
}

/** Changes on a page at most. */
const MOST = 1_000;
/** Of whom nothing is on file: under it a record that is gone is looked for in vain. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The feed of changes for recipients [SP-push]. */
export function feedResolvers(
  pool: pg.Pool,
  recipients: Recipients,
  positions: Positions,
  packs: Packs,
): ResolverMap {
  const changes = async (
    _: unknown,
    args: { after?: string | null; first?: number | null },
    context: SubgraphContext,
  ): Promise<ChangePage> => {
    const unit = readingUnit(context);
    const recipient = await recipients.of(unit);
    if (!recipient) {
      throw refusal('FORBIDDEN', {
        zh: '本单位未登记为接收单位',
        en: 'this unit is not recorded as a recipient',
      });
    }
    const scope = feedScope(recipient, context, packs);
    const first = pageSize(args.first, 100, MOST);
    const after = args.after == null ? null : positions.open(scope.feed, args.after);
    const slice = await readChangesOf(pool, scope, after, first);
    for (const { subjectId, itemId } of slice.rows) {
      if (subjectId === null) continue;
      context.report.subjects.add(subjectId);
      discloseItem(context.report, subjectId, itemId);
    }
    const given = givenIn(slice.rows, context.snapshot);
    await addGiven(pool, { way: 'READ', unit, day: context.grant.today }, given);
    return { ...slice, feed: scope.feed, after };
  };

  /** Where the next page begins: what lies between is not for this recipient. */
  const placeAfter = ({ rows, hasMore, tooOld, after, cut, last }: ChangePage): number =>
    tooOld ? cut : hasMore ? (rows.at(-1)?.seq ?? after ?? cut) : last;

  return {
    Query: { changes },
    ChangePage: {
      state: ({ tooOld }: ChangePage) => (tooOld ? 'TOO_OLD' : 'OK'),
      nodes: ({ rows, feed }: ChangePage) => rows.map((row): ChangeNode => ({ ...row, feed })),
      pageInfo: (page: ChangePage): CursorPage => ({
        hasNextPage: page.hasMore,
        hasPreviousPage: page.after !== null,
        startCursor: () => (page.rows[0] ? positions.seal(page.feed, page.rows[0].seq) : null),
        endCursor: () => positions.seal(page.feed, placeAfter(page)),
      }),
      oldest: ({ feed, cut }: ChangePage) => positions.seal(feed, cut),
      newest: ({ feed, last }: ChangePage) => positions.seal(feed, last),
    },
    PageInfo: pageInfoResolvers,
    Change: {
      position: ({ feed, seq }: ChangeNode) => positions.seal(feed, seq),
      kind: ({ change }: ChangeNode) => change,
      item: (node: ChangeNode, _: unknown, { snapshot }: SubgraphContext) =>
        isGone(node) ? null : snapshot.items.get(node.itemId),
      subject: ({ subjectId }: ChangeNode) => subjectId && { id: subjectId },
      record: ({ recordType, recordId, subjectId }: ChangeNode) =>
        recordId && { type: recordType, id: recordId, subjectId: subjectId ?? NOBODY },
    },
  };
}
