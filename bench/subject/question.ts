import { readFileSync } from 'node:fs';
import { issueToken } from '../../gateway/identity/issuer.ts';
import { withPool } from '../harness/ground.ts';
import type { Ground } from '../../gateway/embedded/house.ts';

/** What every target is asked, and by whom. */
export interface Question {
  query: string;
  headers: Record<string, string>;
  /** One for each organization on file. */
  variables: readonly { code: string }[];
}

/** An officer of the market regulator with the purpose of its supervision, which opens items of every domain. */
export const MATTER = '310116-supervision-market';
const UNIT = '11310116MBY011166U';

export async function questionOver(ground: Ground): Promise<Question> {
  const token = await issueToken(ground.secrets.tokenPrivateKey, {
    sub: 'bench-officer',
    role: 'agency',
    unit: UNIT,
    name: '基准测试',
  });
  const { rows } = await withPool(ground.databases.registration.appUrl, (pool) =>
    pool.query<{ code: string }>(`select code from subject where kind <> 'NATURAL_PERSON' order by id`),
  );
  return {
    query: readFileSync(new URL('unified.graphql', import.meta.url), 'utf8'),
    headers: { authorization: `Bearer ${token}`, 'query-purpose': MATTER },
    variables: rows,
  };
}

/** The bytes of `data`. @throws Error where the answer has errors or no subject. */
export async function ask(
  url: string,
  { query, headers }: Question,
  variables: { code: string },
): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data?: { subject: unknown }; errors?: unknown };
  if (errors || !data?.subject)
    throw new Error(`${url} answers ${response.status} for ${variables.code}: ${text.slice(0, 500)}`);
  return JSON.stringify(data);
}
