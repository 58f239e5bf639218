import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const text = z.string().min(1);
const list = z.strictObject({
  /** Titles of the documents, by the letters that ids begin with. */
  sources: z.record(z.string(), text),
  /** Articles beyond the provisions, by id. */
  articles: z.record(z.string(), text),
  provisions: z.array(
    z.strictObject({ id: text, area: text, article: text.nullable().default(null), says: text, must: text }),
  ),
});

export type Provision = z.infer<typeof list>['provisions'][number];
export type Provisions = z.infer<typeof list>;

/** docs/provisions.yaml: what the sources oblige the system to do. */
export const readProvisions = (): Provisions =>
  list.parse(parse(readFileSync(new URL('../docs/provisions.yaml', import.meta.url), 'utf8')));

/** Title of the document that an id is of. */
export function sourceOf(id: string, { sources }: Provisions): string {
  const title = sources[id.split('-')[0] as string];
  if (!title) throw new Error(`${id}: docs/provisions.yaml names no such source`);
  return title;
}

/** Ids that a test or a pack may name. */
export const knownIds = ({ provisions, articles }: Provisions): ReadonlySet<string> =>
  new Set([...provisions.map(({ id }) => id), ...Object.keys(articles)]);
