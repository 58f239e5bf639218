import type pg from 'pg';
import { nameGrams, nameKey } from '../../policy/names.ts';
import type { Cursors } from '../../records/cursor.ts';
import { badInput } from '../../records/errors.ts';
import type { SubjectRow } from './subjects.ts';

const MIN_LENGTH = 2;
/** Counting stops here: a city has a million names with 有限公司. */
export const MAX_COUNT = 10_000;

export interface SearchPage {
  rows: SubjectRow[];
  hasNext: boolean;
  hasPrevious: boolean;
  text: string;
  jurisdiction: string | null;
}

/**
 * Organizations whose name contains a text, in the order of their names. The pairs of letters narrow by index, the text itself decides.
 * Natural persons have no pairs and are excluded besides [JS-4].
 */
export class OrganizationSearch {
  readonly #pool: pg.Pool;
  readonly #cursors: Cursors;

  constructor(pool: pg.Pool, cursors: Cursors) {
    this.#pool = pool;
    this.#cursors = cursors;
  }

  async page(
    name: string,
    jurisdiction: string | null,
    first: number,
    after: string | null,
  ): Promise<SearchPage> {
    const text = nameKey(name);
    if ([...text].length < MIN_LENGTH) {
      throw badInput('name', { zh: `至少 ${MIN_LENGTH} 个字`, en: `at least ${MIN_LENGTH} characters` });
    }
    const [afterKey = null, afterId = null] = after
      ? this.#cursors.read(listOf(text, jurisdiction), after)
      : [];
    const { rows } = await this.#pool.query<SubjectRow>({
      name: 'search_subjects',
      text: `
        select id, kind, code_kind as "codeKind", code, sealed_code as "sealedCode", name, name_key as "nameKey", status, jurisdiction
        from subject
        where kind <> 'NATURAL_PERSON' and name_grams @> $1::text[] and position($2 in name_key) > 0
          and ($3::text is null or jurisdiction = $3)
          and ($4::text is null or (name_key, id) > ($4, $5::uuid))
        order by name_key, id limit $6`,
      values: [nameGrams(text), text, jurisdiction, afterKey, afterId, first + 1],
    });
    return {
      rows: rows.slice(0, first),
      hasNext: rows.length > first,
      hasPrevious: after !== null,
      text,
      jurisdiction,
    };
  }

  async count(page: SearchPage): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>({
      name: 'count_search',
      text: `
        select count(*)::int as count from (
          select from subject
          where kind <> 'NATURAL_PERSON' and name_grams @> $1::text[] and position($2 in name_key) > 0
            and ($3::text is null or jurisdiction = $3)
          limit ${MAX_COUNT}) found`,
      values: [nameGrams(page.text), page.text, page.jurisdiction],
    });
    return rows[0]?.count ?? 0;
  }

  cursor(page: SearchPage, row: SubjectRow): string {
    return this.#cursors.write(listOf(page.text, page.jurisdiction), [row.nameKey, row.id]);
  }
}

const listOf = (text: string, jurisdiction: string | null): string => `search ${text} ${jurisdiction ?? ''}`;
