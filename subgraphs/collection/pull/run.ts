import { GraphQLError } from 'graphql';
import type pg from 'pg';
import { Problem } from '../../../platform/problem.ts';
import type { ReceiptCounts } from '../../../records/import/receipts.ts';
import { type Row, checkedRow } from '../../../records/import/reading/row.ts';
import type { Intake } from '../../../records/intake.ts';
import type { Mapping } from './mapping.ts';
import {
  type Position,
  lock,
  positionOf,
  register,
  savePosition,
  saveRun,
  sourceOf,
  unlock,
} from './positions.ts';
import { Source, type SourceRow } from './source.ts';

/** Rows that are asked for at a time. */
const PAGE = 5_000;

export interface PullParts {
  /** The one way in for records. */
  intake: Intake;
  /** The collection's own database. */
  pool: pg.Pool;
  /** Where the variable that the mapping names is looked up. */
  env?: NodeJS.ProcessEnv;
}

export interface PullOptions {
  /** One receipt at most; otherwise until nothing is left. */
  once?: boolean;
  /** Forgets the position first: what is known already changes nothing. */
  fromStart?: boolean;
  /** Ends the run after the receipt under way. */
  signal?: AbortSignal;
  /** Rows of all receipts of this run so far. */
  onProgress?: (counts: Readonly<ReceiptCounts>) => void;
}

/** What a run brought. */
export interface PullSummary extends ReceiptCounts {
  connector: string;
  /** 统一社会信用代码 of the unit. */
  provider: string;
  receipts: string[];
  position: Position | null;
}

/** Somebody else pulls this connector just now. */
export class PullUnderWay extends Problem {
  constructor(connector: string) {
    super({ zh: `连接器 ${connector} 正在拉取`, en: `connector ${connector} is being pulled` });
    this.name = 'PullUnderWay';
  }
}

/**
 * Pulls what is new in a unit's database, a receipt for every batch [SH-9, ZD-19]. The position moves when a receipt is finished, and in
 * the session that holds the connector's lock: after a crash in between the same rows come again, which changes nothing, since the id of
 * a record follows from its fact.
 * @throws Problem where the source cannot be read; PullUnderWay.
 */
export async function pull(
  mapping: Mapping,
  { pool, ...parts }: PullParts,
  options: PullOptions = {},
): Promise<PullSummary> {
  const session = await pool.connect();
  // Without a listener a session that the server ends would end the process.
  const lost = () => {};
  session.on('error', lost);
  let broken = true;
  try {
    if (!(await lock(session, mapping.name))) throw new PullUnderWay(mapping.name);
    await register(session, mapping.name, mapping.provider);
    try {
      const summary = await run(mapping, session, parts, options);
      await saveRun(session, mapping.name, null);
      return summary;
    } catch (error) {
      await saveRun(pool, mapping.name, told(error)).catch(() => {});
      throw error;
    } finally {
      await unlock(session, mapping.name).then(
        () => (broken = false),
        () => {},
      );
    }
  } catch (error) {
    if (error instanceof PullUnderWay) broken = false;
    throw error;
  } finally {
    session.off('error', lost);
    session.release(broken);
  }
}

/** What the unit is told: reasons that are meant to be read. What is our own failure has the log. */
const told = (error: unknown): string =>
  error instanceof Problem || error instanceof GraphQLError
    ? error.message
    : '系统内部错误，详见日志 / our own failure: the log has it';

async function run(
  mapping: Mapping,
  session: pg.PoolClient,
  { intake, env = process.env }: Omit<PullParts, 'pool'>,
  { once, fromStart, signal, onProgress }: PullOptions,
): Promise<PullSummary> {
  const { name, layout, jurisdiction, provider, item, secrecyReview } = mapping;
  const total = { received: 0, accepted: 0, duplicates: 0, rejected: 0, quarantined: 0 };
  const receipts: string[] = [];
  let position = fromStart ? null : await positionOf(session, name);
  const source = await Source.open(mapping, env);
  try {
    const until = await source.horizon(signal);
    for (;;) {
      if (until === null || signal?.aborted) break;
      const batch = new Batch(source, mapping, until);
      if (!(await batch.begin(position))) break;
      const { receipt, ...counts } = await intake.submit({
        layout,
        jurisdiction,
        provider,
        item,
        secrecyReview,
        source: sourceOf(name),
        route: sourceOf(name),
        rows: batch.rows(),
        onProgress: (sofar) => onProgress?.(sum(total, sofar)),
      });
      position = batch.last;
      await savePosition(session, name, position, receipt);
      receipts.push(receipt);
      Object.assign(total, sum(total, counts));
      if (batch.drained || once) break;
    }
    return { connector: name, provider, receipts, ...total, position };
  } finally {
    await source.close();
  }
}

const sum = (a: Readonly<ReceiptCounts>, b: Readonly<ReceiptCounts>): ReceiptCounts => ({
  received: a.received + b.received,
  accepted: a.accepted + b.accepted,
  duplicates: a.duplicates + b.duplicates,
  rejected: a.rejected + b.rejected,
  quarantined: a.quarantined + b.quarantined,
});

/** The rows of one receipt, a page in memory at a time. */
class Batch {
  readonly #source: Source;
  readonly #mapping: Mapping;
  readonly #until: string;
  #page: SourceRow[] = [];
  #left: number;
  /** Whether the source had no more rows than these. */
  drained = false;

  constructor(source: Source, mapping: Mapping, until: string) {
    this.#source = source;
    this.#mapping = mapping;
    this.#until = until;
    this.#left = mapping.batch;
  }

  /** @returns false where there is nothing: then there is no receipt either. */
  async begin(after: Position | null): Promise<boolean> {
    return this.#next(after);
  }

  /** Where the page that was read last ends. */
  get last(): Position {
    return (this.#page.at(-1) as SourceRow).position;
  }

  async *rows(): AsyncGenerator<Row> {
    yield checkedRow(0, Object.values(this.#mapping.query.columns));
    let line = 1;
    do for (const { cells } of this.#page) yield checkedRow(line++, cells);
    while (await this.#next(this.last));
  }

  async #next(after: Position | null): Promise<boolean> {
    const size = Math.min(PAGE, this.#left);
    if (this.drained || size === 0) return false;
    const page = await this.#source.page(after, this.#until, size);
    this.drained = page.length < size;
    if (page.length === 0) return false;
    this.#left -= page.length;
    this.#page = page;
    return true;
  }
}
