import type { Log } from '../../platform/log.ts';
import type { Grant } from '../../records/grant.ts';
import { ERROR_CODES } from '../../records/errors.ts';
import type { Journal } from '../../records/journal.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import type { SubgraphName } from '../../schema/sdl.ts';
import { unavailable } from '../errors.ts';
import type { Answer, Transport } from '../federation/transport.ts';
import type { Rights } from '../policy/rights.ts';

/** What checks stand on: the same doors to the agencies as any query, under the same grants. */
export interface ChecksParts {
  transports: Record<SubgraphName, Transport>;
  journal: Journal;
  /** Null while stale. */
  snapshot: () => Snapshot | null;
  rights: () => Rights | null;
  pseudonym: (code: string) => string;
  today: () => string;
  log: Log;
}

const KNOWN: ReadonlySet<unknown> = new Set(ERROR_CODES);

/** One question to one subgraph. @throws what the caller is to read of its refusal, else SUBGRAPH_UNAVAILABLE with its name. */
export async function ask(
  { transports }: Pick<ChecksParts, 'transports'>,
  name: SubgraphName,
  query: string,
  variables: Record<string, unknown>,
  grant: Grant,
): Promise<Answer & { data: Record<string, unknown> }> {
  const answer = await transports[name].ask(query, variables, undefined, grant).catch(() => null);
  const refused = answer?.errors?.find(({ extensions }) => KNOWN.has(extensions?.['code']));
  if (refused) throw refused;
  if (!answer?.data || answer.errors?.length) throw unavailable(name);
  return answer as Answer & { data: Record<string, unknown> };
}
