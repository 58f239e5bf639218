import DataLoader from 'dataloader';
import type pg from 'pg';
import { isUuid } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { ResolverMap } from '../../records/resolvers.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from '../../records/scalars.ts';

/** What a JournalEntry is resolved from. */
export const ENTRY = `id, at, officer, unit, role, channel, matter, case_number as "caseNumber", note, operation,
  authorization_id as "authorization", agreed_purpose as "agreedPurpose", id_document as "idDocument",
  undisclosed_until as "undisclosedUntil", subjects::text[] as subjects, items, counts, outcome`;

export interface EntryRow {
  id: string;
  unit: string | null;
  role: string | null;
  subjects: string[];
  items: string[];
  counts: number[];
}

/** An officer reads its own unit's entries; the center reads all, with a purpose. To anyone else an entry does not exist. */
const mayRead = (entry: EntryRow, { grant: { caller, scope } }: SubgraphContext): boolean =>
  (caller.unit !== null && caller.unit === entry.unit) ||
  (caller.role === 'center' && scope.kind === 'MATTER');

export function accessResolvers(pool: pg.Pool): ResolverMap {
  const entries = new DataLoader<string, EntryRow | null>(
    async (ids) => {
      const { rows } = await pool.query<EntryRow>({
        name: 'journal_entries',
        text: `select ${ENTRY} from journal_entry where id = any($1::uuid[])`,
        values: [ids],
      });
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id) ?? null);
    },
    { cache: false },
  );
  return {
    Date: DateScalar,
    DateTime: DateTimeScalar,
    Decimal: DecimalScalar,
    Query: {
      journalEntry: async (_: unknown, { id }: { id: string }, context: SubgraphContext) => {
        const entry = isUuid(id) ? await entries.load(id.toLowerCase()) : null;
        return entry && mayRead(entry, context) ? entry : null;
      },
    },
    JournalEntry: {
      items: (entry: EntryRow) => entry.items.map((item, i) => ({ item, count: entry.counts[i] })),
    },
  };
}
