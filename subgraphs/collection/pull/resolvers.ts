import type pg from 'pg';
import type { SubgraphContext } from '../../../records/context.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';
import type { ReceiptRow, Receipts } from '../receipts.ts';
import { type PullRow, connectors, receiptIds } from './positions.ts';

/** Receipts of a connector that are shown, newest first. */
const SHOWN = 20;

const stateOf = ({ running, error }: PullRow): string => {
  if (running) return 'RUNNING';
  return error === null ? 'IDLE' : 'FAILED';
};

/** The connectors: the center sees all, a unit its own, anyone else none. */
export function pullResolvers(pool: pg.Pool, receipts: Receipts): ResolverMap {
  return {
    Query: {
      pullConnectors: (_: unknown, __: unknown, { grant: { caller } }: SubgraphContext) => {
        if (caller.role === 'center') return connectors(pool, null);
        return caller.unit === null ? [] : connectors(pool, caller.unit);
      },
    },
    PullConnector: {
      state: stateOf,
      position: ({ watermark, key, receipt, pulledAt }: PullRow) =>
        watermark === null ? null : { watermark, key, receipt, pulledAt },
      receipts: async ({ name, provider }: PullRow): Promise<ReceiptRow[]> => {
        const found = await receipts.byId(await receiptIds(pool, name, provider, SHOWN));
        return found.filter((receipt) => receipt !== null);
      },
    },
    PullPosition: {
      receipt: ({ receipt }: { receipt: string }) => receipts.one(receipt),
    },
  };
}
