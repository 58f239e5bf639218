import type pg from 'pg';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import type { Order, OrderDoor } from './order.ts';

/**
 * A door that carries out each order once: its id is written in the transaction that carries it out. What cannot be carried out for good,
 * as the record is gone, is done with and noted as such; only what may go well another time throws.
 * @param carryOut in the transaction of `client`; returns the outcome
 * @param after once it is committed
 */
export function orderDoor(
  pool: pg.Pool,
  carryOut: (client: pg.PoolClient, order: Order) => Promise<string>,
  after: () => void = () => {},
): OrderDoor {
  return {
    async apply(order) {
      await inTransaction(pool, async (client) => {
        const { rowCount } = await client.query(
          `insert into order_applied (id, outcome) values ($1, 'DONE') on conflict (id) do nothing`,
          [order.id],
        );
        if (rowCount === 0) return;
        const outcome = await carryOut(client, order);
        if (outcome !== 'DONE')
          await client.query('update order_applied set outcome = $2 where id = $1', [order.id, outcome]);
      });
      after();
    },
  };
}
