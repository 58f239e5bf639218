import type { BatchAsked, BatchJobRow, BatchRow, SavedSlice, SliceDue } from '../../records/checks/batch.ts';
import { gatewayGrant } from '../policy/rights.ts';
import { type ChecksParts, ask } from './parts.ts';

/** Jobs as the access subgraph keeps them, asked as only the gateway may. Each throws SUBGRAPH_UNAVAILABLE where it does not answer. */
export class BatchStore {
  readonly #parts: Pick<ChecksParts, 'transports' | 'today'>;

  constructor(parts: Pick<ChecksParts, 'transports' | 'today'>) {
    this.#parts = parts;
  }

  create = (id: string, asked: BatchAsked, total: number) =>
    this.#mutate<boolean>('_createBatch', '$unit: String!, $matter: String!, $asked: JSON!, $total: Int!', {
      id,
      unit: asked.caller.unit,
      matter: asked.purpose.matter,
      asked,
      total,
    });

  add = (id: string, number: number, rows: readonly BatchRow[]) =>
    this.#mutate<boolean>('_addToBatch', '$number: Int!, $rows: JSON!', { id, number, rows });

  ready = (id: string) => this.#mutate<BatchJobRow>('_readyBatch', '', { id });

  several = (ids: readonly string[]) =>
    this.#ask<BatchJobRow[]>('query', '_batches', '$ids: [ID!]!', { ids });

  page = (unit: string, after: string | null, size: number) =>
    this.#ask<BatchJobRow[]>('query', '_batchesOf', '$unit: String!, $after: ID, $size: Int!', {
      unit,
      after,
      size,
    });

  count = (unit: string) => this.#ask<number>('query', '_countBatches', '$unit: String!', { unit });

  find = (id: string) => this.#ask<BatchJobRow | null>('query', '_batch', '$id: ID!', { id });

  results = (id: string, from: number, to: number) =>
    this.#ask<Pick<SliceDue, 'number' | 'rows' | 'results'>[]>(
      'query',
      '_batchResults',
      '$id: ID!, $from: Int!, $to: Int!',
      { id, from, to },
    );

  claim = (worker: string) =>
    this.#ask<BatchJobRow | null>('mutation', '_claimBatch', '$worker: ID!', { worker });

  due = (id: string, worker: string) =>
    this.#mutate<SliceDue | null>('_dueOfBatch', '$worker: ID!', { id, worker });

  save = (id: string, worker: string, slice: SavedSlice) =>
    this.#mutate<boolean>('_saveOfBatch', '$worker: ID!, $slice: JSON!', { id, worker, slice });

  logged = (id: string, number: number) =>
    this.#mutate<BatchJobRow>('_loggedOfBatch', '$number: Int!', { id, number });

  end = (id: string, state: 'CANCELLED' | 'STOPPED', reason: string | null) =>
    this.#mutate<BatchJobRow | null>('_endBatch', '$state: String!, $reason: String', { id, state, reason });

  release = (id: string, worker: string) =>
    this.#mutate<boolean>('_releaseBatch', '$worker: ID!', { id, worker });

  #mutate<T>(field: string, more: string, variables: Record<string, unknown>): Promise<T> {
    return this.#ask<T>('mutation', field, ['$id: ID!', more].filter(Boolean).join(', '), variables);
  }

  async #ask<T>(
    kind: 'query' | 'mutation',
    field: string,
    declared: string,
    variables: Record<string, unknown>,
  ): Promise<T> {
    const passed = Object.keys(variables).map((name) => `${name}: $${name}`);
    const text = `${kind} Batch(${declared}) { ${field}(${passed.join(', ')}) }`;
    const { data } = await ask(this.#parts, 'access', text, variables, gatewayGrant(this.#parts.today()));
    return data[field] as T;
  }
}
