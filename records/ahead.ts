import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  Kind,
  getArgumentValues,
  getNamedType,
} from 'graphql';
import type { SubgraphContext } from './context.ts';
import type { RecordKind } from './kind.ts';

/** Of the resolver that reads. */
export type Selected = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/** Reads a list of one subject. @throws where an argument does not fit */
export type ReadList<List> = (
  kind: RecordKind,
  subjectId: string,
  args: Record<string, unknown>,
  context: SubgraphContext,
  info: Selected,
) => Promise<List>;

/** Begins to read the lists that are selected under the field that `info` is of. */
export type ReadAhead = (subjectId: string, context: SubgraphContext, info: GraphQLResolveInfo) => void;

interface Selection {
  kind: RecordKind;
  node: FieldNode;
  /** What a list without arguments is read with: their defaults. */
  args?: Record<string, unknown>;
}

interface Reading<List> {
  subjectId: string;
  list: Promise<List>;
}

/** Under which it stands in the answer. */
const nameOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/**
 * Lists of a subject that are read while the same agency still looks the subject up, so that neither waits for the other. Each is read under the key
 * that it would have later, is handed to the very field that asks for it, and is dropped unseen where the subject turns out not to be there.
 */
export class ListsAhead<List> {
  readonly #read: ReadList<List>;
  readonly #kinds: ReadonlyMap<string, RecordKind>;
  readonly #lists = new WeakMap<FieldNode, readonly Selection[]>();

  constructor(kinds: readonly RecordKind[], read: ReadList<List>) {
    this.#kinds = new Map(kinds.map((kind) => [kind.field, kind]));
    this.#read = read;
  }

  readonly begin: ReadAhead = (subjectId, context, info) => {
    const { fieldNodes, fragments, returnType, variableValues } = info;
    const [parent, ...others] = fieldNodes;
    if (!parent || others.length > 0) return;
    const lists = this.#listsUnder(parent);
    if (lists.length === 0) return;
    const fields = (getNamedType(returnType) as GraphQLObjectType).getFields();
    // An operation may ask for several subjects.
    const begun = (context.begun ??= new Map()) as Map<FieldNode, Reading<List>>;
    for (const selection of lists) {
      const { kind, node } = selection;
      const field = fields[kind.field];
      if (!field) continue;
      try {
        const args = selection.args ?? getArgumentValues(field, node, variableValues);
        if (!node.arguments?.length) selection.args = args;
        const list = this.#read(kind, subjectId, args, context, { fieldNodes: [node], fragments });
        // Whoever comes to it is told.
        list.catch(() => undefined);
        begun.set(node, { subjectId, list });
      } catch {
        // Arguments that do not fit are told of by the field itself.
      }
    }
  };

  /** What was begun for this field. */
  of(subjectId: string, context: SubgraphContext, { fieldNodes }: Selected): Promise<List> | undefined {
    const [node, ...others] = fieldNodes;
    if (!node || others.length > 0) return undefined;
    const reading = context.begun?.get(node) as Reading<List> | undefined;
    return reading?.subjectId === subjectId ? reading.list : undefined;
  }

  /** Selected as they stand, without conditions, and once: selections of one list that stand apart are read as one, by the field itself. */
  #listsUnder(parent: FieldNode): readonly Selection[] {
    let lists = this.#lists.get(parent);
    if (!lists) {
      const fields = (parent.selectionSet?.selections ?? []).filter((s) => s.kind === Kind.FIELD);
      const times = new Map<string, number>();
      for (const node of fields) times.set(nameOf(node), (times.get(nameOf(node)) ?? 0) + 1);
      lists = fields.flatMap((node) => {
        const kind = this.#kinds.get(node.name.value);
        return kind && times.get(nameOf(node)) === 1 && !node.directives?.length ? [{ kind, node }] : [];
      });
      this.#lists.set(parent, lists);
    }
    return lists;
  }
}
