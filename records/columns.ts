import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import type { RecordKind } from './kind.ts';

/** GraphQL fields that every record has, and their columns. */
export const COMMON_COLUMNS: Record<string, string> = {
  subjectId: 'subject_id',
  id: 'id',
  itemId: 'item_id',
  jurisdiction: 'jurisdiction',
  provider: 'provider',
  documentNumber: 'document_number',
  title: 'title',
  formedOn: 'formed_on',
  determinedOn: 'determined_on',
  endedOn: 'ended_on',
  effectiveOn: 'effective_on',
  grade: 'grade',
  visibleUntil: 'visible_until',
  dispute: 'dispute',
  selfDeclared: 'self_declared',
  late: 'late',
  sources: 'sources',
  revision: 'revision',
  collectedAt: 'collected_at',
};

/** What reading itself needs: the place in the list, and the item for the journal. */
const ALWAYS = ['id', 'itemId', 'effectiveOn'];

/** Fields that are made of another column. */
const MADE_OF: Record<string, string> = { subject: 'subjectId', item: 'itemId', __typename: 'id' };

/** Sets of columns kept for one kind: each is a prepared statement on every connection, and callers choose the fields. */
const MAX_SETS = 32;

/** Some columns of one kind, as a statement selects them. */
export interface Columns {
  /** Tells sets of one kind apart; 0 is all columns. */
  id: number;
  names: readonly string[];
  /** `r.id as "id", …` */
  list: string;
}

/** Which columns a query needs of one kind: what nobody asked for is neither read, sent nor parsed. */
export class ColumnSets {
  readonly all: Columns;
  /** What reading itself needs. */
  readonly least: Columns;
  readonly #kind: RecordKind;
  readonly #columns: Map<string, string>;
  readonly #sets = new Map<string, Columns>();
  readonly #together = new Map<Columns, Map<Columns, Columns>>();
  readonly #known = new WeakMap<FieldNode, Columns>();

  constructor(kind: RecordKind) {
    this.#kind = kind;
    this.#columns = new Map([
      ...Object.entries(COMMON_COLUMNS),
      ...kind.columns.map((c): [string, string] => [c.field, c.column]),
    ]);
    const names = [...this.#columns.keys()];
    this.all = { id: 0, names, list: this.#list(names) };
    this.least = this.#set(ALWAYS);
  }

  /** What the selections under a field on `Subject` need. */
  of({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): Columns {
    const [node] = fieldNodes;
    if (!node || fieldNodes.length > 1) return this.all;
    let selected = this.#known.get(node);
    if (!selected) this.#known.set(node, (selected = this.#select(node, fragments)));
    return selected;
  }

  /** The columns of both. */
  together(one: Columns, other: Columns): Columns {
    if (one === other || other === this.least) return one;
    const known = this.#together.get(one) ?? new Map<Columns, Columns>();
    this.#together.set(one, known);
    let both = known.get(other);
    if (!both) known.set(other, (both = this.#set([...new Set([...one.names, ...other.names])])));
    return both;
  }

  #select(node: FieldNode, fragments: GraphQLResolveInfo['fragments']): Columns {
    const fields = new Set(ALWAYS);
    const walk = (selections: SelectionSetNode | undefined, path: readonly string[]) => {
      for (const selection of selections?.selections ?? []) {
        if (selection.kind === Kind.FRAGMENT_SPREAD)
          walk(fragments[selection.name.value]?.selectionSet, path);
        else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, path);
        else if (path.length === 0) fields.add(MADE_OF[selection.name.value] ?? selection.name.value);
        else if (selection.name.value === path[0]) walk(selection.selectionSet, path.slice(1));
      }
    };
    if (this.#kind.single) walk(node.selectionSet, []);
    else {
      walk(node.selectionSet, ['nodes']);
      walk(node.selectionSet, ['edges', 'node']);
    }
    const names = [...fields];
    // A field that an agency resolves by itself may need any column.
    if (!names.every((name) => this.#columns.has(name))) return this.all;
    return this.#set(names);
  }

  #set(unsorted: readonly string[]): Columns {
    const names = unsorted.toSorted();
    const key = names.join();
    let set = this.#sets.get(key);
    if (!set) {
      if (this.#sets.size >= MAX_SETS) return this.all;
      this.#sets.set(key, (set = { id: this.#sets.size + 1, names, list: this.#list(names) }));
    }
    return set;
  }

  #list(names: readonly string[]): string {
    return names.map((name) => `r.${this.#columns.get(name)} as "${name}"`).join(', ');
  }
}
