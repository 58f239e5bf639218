import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  type VariableDefinitionNode,
  doTypesOverlap,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  parseType,
  print,
  visit,
} from 'graphql';
import { Scope, type Written } from './merging.ts';
import type { Condition, Given, Selection, VariableGiven } from './tree.ts';

/** What a fragment holds, to see whether it may be spread in yet another place. */
type Held = { field: Written; held: readonly Held[] };

interface Fragment {
  node: FragmentDefinitionNode;
  on: GraphQLCompositeType;
  held: readonly Held[];
}

/** Where selections are written: what they are merged with, and on which types they stand. */
interface Place {
  scope: Scope;
  parents: readonly GraphQLCompositeType[];
}

const named = (value: string) => ({ kind: Kind.NAME as const, value });
const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: named('__typename') };

/** Writes made-up selections as one valid document: aliases where names would clash, fragments and variables with names. */
export class Writer {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragment[] = [];
  readonly #variables = new Map<string, VariableGiven>();
  readonly #names = new Map<string, string>();
  #left: number;
  #aliases = 0;

  /** @param fields of a document at most; what is beyond them is left out. */
  constructor(schema: GraphQLSchema, fields: number) {
    this.#schema = schema;
    this.#left = fields;
  }

  document(operations: readonly { name: string | null; selections: readonly Selection[] }[]): DocumentNode {
    const root = this.#schema.getQueryType() as GraphQLCompositeType;
    const written = operations.map(({ name, selections }) => ({
      name,
      selectionSet: this.#set(selections, { scope: new Scope(), parents: [root] }, []),
    }));
    return {
      kind: Kind.DOCUMENT,
      definitions: [
        ...written.map(
          ({ name, selectionSet }): OperationDefinitionNode => ({
            kind: Kind.OPERATION_DEFINITION,
            operation: OperationTypeNode.QUERY,
            ...(name && { name: named(name) }),
            variableDefinitions: this.#definitionsFor(selectionSet),
            selectionSet,
          }),
        ),
        ...this.#fragments.map(({ node }) => node),
      ],
    };
  }

  /** What is sent for the document's variables in the n-th request. */
  variables(request: number): Record<string, unknown> {
    const sent = [...this.#variables].map(([name, given]) => [name, given.sent[request]] as const);
    return Object.fromEntries(sent.filter(([, value]) => value !== undefined));
  }

  #set(selections: readonly Selection[], place: Place, held: Held[]): SelectionSetNode {
    const nodes = selections.flatMap((selection) => this.#selection(selection, place, held) ?? []);
    return { kind: Kind.SELECTION_SET, selections: nodes.length > 0 ? nodes : [TYPENAME] };
  }

  #selection(selection: Selection, place: Place, held: Held[]): SelectionNode | null {
    switch (selection.kind) {
      case 'field':
        return this.#field(selection, place, held);
      case 'fragment':
        return this.#fragment(selection, place, held);
      case 'again':
        return this.#again(selection, place, held);
    }
  }

  #field(
    { field, alias, args, conditions, selections }: Selection & { kind: 'field' },
    { scope, parents }: Place,
    held: Held[],
  ): SelectionNode | null {
    if (this.#left <= 0) return null;
    this.#left -= 1;
    const nodes = Object.entries(args).map(([name, given]) => this.#argument(name, given));
    const written: Written = {
      key: alias ?? field.name,
      name: field.name,
      args: nodes.map(print).toSorted().join(),
      type: field.type,
      parents,
    };
    if (!scope.takes(written)) written.key = `other${(this.#aliases += 1)}`;
    const below = scope.add(written);
    const inner: Held[] = [];
    held.push({ field: written, held: inner });
    return {
      kind: Kind.FIELD,
      name: named(field.name),
      ...(written.key !== field.name && { alias: named(written.key) }),
      arguments: nodes,
      directives: this.#directives(conditions),
      ...(selections && {
        selectionSet: this.#set(
          selections,
          { scope: below, parents: [...parents, getNamedType(field.type) as GraphQLCompositeType] },
          inner,
        ),
      }),
    };
  }

  #fragment(
    { on, named: hasName, conditions, selections }: Selection & { kind: 'fragment' },
    { scope, parents }: Place,
    held: Held[],
  ): SelectionNode {
    const directives = this.#directives(conditions);
    const inner: Held[] = [];
    const place = { scope, parents: on ? [...parents.slice(0, -1), on] : parents };
    const selectionSet = this.#set(selections, place, inner);
    held.push(...inner);
    const typeCondition = on ? { kind: Kind.NAMED_TYPE as const, name: named(on.name) } : undefined;
    if (!hasName || !on || !typeCondition)
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet };
    const name = named(`F${this.#fragments.length}`);
    this.#fragments.push({
      on,
      held: inner,
      node: { kind: Kind.FRAGMENT_DEFINITION, name, typeCondition, selectionSet },
    });
    return { kind: Kind.FRAGMENT_SPREAD, name, directives };
  }

  #again(
    { which, conditions }: Selection & { kind: 'again' },
    { scope, parents }: Place,
    held: Held[],
  ): SelectionNode | null {
    const parent = parents.at(-1) as GraphQLCompositeType;
    const fitting = this.#fragments.filter(({ on }) => doTypesOverlap(this.#schema, parent, on));
    const fragment = fitting[which % fitting.length];
    if (!fragment) return null;
    const moved = fragment.held.map((each) => move(each, parents.slice(0, -1)));
    if (!moved.every((each) => takes(scope, each))) return null;
    for (const each of moved) add(scope, each);
    held.push(...moved);
    return {
      kind: Kind.FRAGMENT_SPREAD,
      name: fragment.node.name,
      directives: this.#directives(conditions),
    };
  }

  #directives(conditions: readonly Condition[]): DirectiveNode[] {
    return conditions.map(({ directive, given }) => ({
      kind: Kind.DIRECTIVE,
      name: named(directive),
      arguments: [this.#argument('if', given)],
    }));
  }

  #argument(name: string, given: Given): ArgumentNode & { name: { kind: Kind.NAME; value: string } } {
    return { kind: Kind.ARGUMENT, name: named(name), value: this.#value(given) };
  }

  #value(given: Given): ValueNode {
    switch (given.kind) {
      case 'literal':
        return literal(given.type, given.value);
      case 'list':
        return { kind: Kind.LIST, values: given.items.map((item) => this.#value(item)) };
      case 'object':
        return {
          kind: Kind.OBJECT,
          fields: Object.entries(given.fields).map(([name, field]) => ({
            kind: Kind.OBJECT_FIELD,
            name: named(name),
            value: this.#value(field),
          })),
        };
      case 'variable':
        return { kind: Kind.VARIABLE, name: named(this.#variable(given)) };
    }
  }

  /** The same variable wherever the same is declared and sent. */
  #variable(given: VariableGiven): string {
    const same = JSON.stringify([String(given.type), given.fallback, given.sent.map((v) => v ?? 'left out')]);
    let name = this.#names.get(same);
    if (!name) {
      name = `v${this.#names.size}`;
      this.#names.set(same, name);
      this.#variables.set(name, given);
    }
    return name;
  }

  #definitionsFor(selectionSet: SelectionSetNode): VariableDefinitionNode[] {
    const used = new Set<string>();
    const seen = new Set<string>();
    const look = (node: SelectionSetNode): void => {
      visit(node, {
        Variable: (variable) => void used.add(variable.name.value),
        FragmentSpread: ({ name }) => {
          if (seen.has(name.value)) return;
          seen.add(name.value);
          const fragment = this.#fragments.find((f) => f.node.name.value === name.value);
          if (fragment) look(fragment.node.selectionSet);
        },
      });
    };
    look(selectionSet);
    return [...this.#variables]
      .filter(([name]) => used.has(name))
      .map(([name, { type, fallback }]) => ({
        kind: Kind.VARIABLE_DEFINITION,
        variable: { kind: Kind.VARIABLE, name: named(name) },
        type: parseType(String(type)),
        ...(fallback !== undefined && {
          defaultValue: literal(type, fallback) as VariableDefinitionNode['defaultValue'],
        }),
      }));
  }
}

/** What a fragment holds, as it stands in another place. */
const move = ({ field, held }: Held, above: readonly GraphQLCompositeType[]): Held => {
  const depth = field.parents.length;
  const place = (inner: Held): Held => ({
    field: { ...inner.field, parents: [...above, ...inner.field.parents.slice(depth - 1)] },
    held: inner.held.map(place),
  });
  return place({ field, held });
};

const takes = (scope: Scope, { field, held }: Held): boolean =>
  scope.takes(field) && held.every((each) => takes(scope.below(field.key), each));

function add(scope: Scope, { field, held }: Held): void {
  const below = scope.add(field);
  for (const each of held) add(below, each);
}

/** JSON as GraphQL writes it. */
function literal(type: GraphQLInputType, value: unknown): ValueNode {
  if (value === null) return { kind: Kind.NULL };
  const nullable = getNullableType(type);
  if (isListType(nullable))
    return Array.isArray(value)
      ? { kind: Kind.LIST, values: value.map((item) => literal(nullable.ofType, item)) }
      : literal(nullable.ofType, value);
  if (isEnumType(nullable)) return { kind: Kind.ENUM, value: String(value) };
  const fields = isInputObjectType(nullable) ? nullable.getFields() : {};
  switch (typeof value) {
    case 'boolean':
      return { kind: Kind.BOOLEAN, value };
    case 'number':
      return Number.isInteger(value) && Math.abs(value) < 1e15
        ? { kind: Kind.INT, value: String(value) }
        : { kind: Kind.FLOAT, value: String(value) };
    case 'object':
      return Array.isArray(value)
        ? { kind: Kind.LIST, values: value.map((item) => literal(nullable, item)) }
        : {
            kind: Kind.OBJECT,
            fields: Object.entries(value).map(([name, item]) => ({
              kind: Kind.OBJECT_FIELD,
              name: named(name),
              value: literal(fields[name]?.type ?? nullable, item),
            })),
          };
    default:
      return { kind: Kind.STRING, value: String(value) };
  }
}
