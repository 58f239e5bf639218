import { readFileSync } from 'node:fs';
import type { Ground } from '../../gateway/embedded/house.ts';
import { issueToken } from '../../gateway/identity/issuer.ts';
import { withPool } from '../harness/ground.ts';

/** What every target is asked, and by whom. */
export interface Question {
  query: string;
  headers: Record<string, string>;
  /** One for each organization on file. */
  variables: readonly { code: string }[];
}

/** `card`: a subject's main records, six lists. `file`: all fourteen. `shared`: the card with fields that the guard watches. */
const QUERIES = { card: 'card.graphql', file: 'unified.graphql', shared: 'shared.graphql' } as const;
export type QueryName = keyof typeof QUERIES;

/** An officer of the market regulator with the purpose of its supervision, which opens items of every domain. */
export const MATTER = '310116-supervision-market';
export const UNIT = '11310116MBY011166U';

/** Number of the matter, under which agencies know what it opens. */
export async function scopeOf({ databases }: Ground): Promise<number> {
  const { rows } = await withPool(databases.catalogue.appUrl, (pool) =>
    pool.query<{ id: number }>('select id from matter where code = $1', [MATTER]),
  );
  if (!rows[0]) throw new Error(`the catalogue has no matter ${MATTER}`);
  return rows[0].id;
}

export async function organizationsOf({ databases }: Ground): Promise<{ id: string; code: string }[]> {
  const { rows } = await withPool(databases.registration.appUrl, (pool) =>
    pool.query<{ id: string; code: string }>(
      `select id, code from subject where kind <> 'NATURAL_PERSON' order by id`,
    ),
  );
  return rows;
}

export async function questionOver(ground: Ground, name: QueryName = 'card'): Promise<Question> {
  const token = await issueToken(ground.secrets.tokenPrivateKey, {
    sub: 'bench-officer',
    role: 'agency',
    unit: UNIT,
    name: '基准测试',
  });
  return {
    query: readFileSync(new URL(QUERIES[name], import.meta.url), 'utf8'),
    headers: { authorization: `Bearer ${token}`, 'query-purpose': MATTER },
    variables: (await organizationsOf(ground)).map(({ code }) => ({ code })),
  };
}

/** The bytes of `data`. @throws Error where the answer has errors or nothing at its root. */
export async function ask(
  url: string,
  { query, headers }: Pick<Question, 'query' | 'headers'>,
  variables: Record<string, unknown>,
): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data?: Record<string, unknown>; errors?: unknown };
  if (errors || !Object.values(data ?? {})[0])
    throw new Error(
      `${url} answers ${response.status} for ${JSON.stringify(variables).slice(0, 100)}: ${text.slice(0, 500)}`,
    );
  return JSON.stringify(data);
}
