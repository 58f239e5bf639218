import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  getArgumentValues,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { refusal } from '../records/errors.ts';
import { coerced } from './variables.ts';

/** Entries that lists within lists of one query may come to. A page of 20 organizations, each with its whole file, is 12,000. */
const MAX_NESTED = 20_000;

/**
 * Refuses lists within lists that could multiply beyond reason: `penalties { nodes { subject { penalties …` with a hundred on a page is
 * a hundred million records after four turns. graphql-armor's cost takes page sizes only where they are written as literals; here
 * variables and defaults count as well.
 */
export const nestedListsLimit: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request }) {
        if (!operation) return;
        const { coerced: variables } = coerced(schema, operation, request.variables);
        if (!variables || entriesOf(schema, document, operation, variables) <= MAX_NESTED) return;
        throw refusal(
          'TOO_COMPLEX',
          {
            zh: `列表中的列表最多 ${MAX_NESTED} 条，请减少层次或每页条数`,
            en: `lists within lists may come to ${MAX_NESTED} entries: nest them less, or ask for smaller pages`,
          },
          { http: { status: 400 } },
        );
      },
    };
  },
};

/** Counts that no variable can change, by operation. */
const counted = new WeakMap<OperationDefinitionNode, number>();

function entriesOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  const known = counted.get(operation);
  if (known !== undefined) return known;
  const fragments = document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION);
  const entries = nestedEntries(schema, operation, fragments, variables);
  if (!sizedByVariables(operation)) counted.set(operation, entries);
  return entries;
}

/** A variable of a number or of a list may be a page's size or a list of keys. */
const sizedByVariables = ({ variableDefinitions = [] }: OperationDefinitionNode): boolean =>
  variableDefinitions.some(({ type }) => {
    const nullable = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    return nullable.kind === Kind.LIST_TYPE || nullable.name.value === 'Int';
  });

/** Entries of all lists that stand within another, were every page full. */
function nestedEntries(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  variables: Record<string, unknown>,
): number {
  const named = new Map(fragments.map((f) => [f.name.value, f]));

  const within = (selections: SelectionSetNode, parent: unknown, width: number, inList: boolean): number => {
    let entries = 0;
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) {
        const field =
          isObjectType(parent) || isInterfaceType(parent)
            ? parent.getFields()[selection.name.value]
            : undefined;
        if (!field || !selection.selectionSet) continue;
        const isList = field.args.some((argument) => argument.name === 'first');
        const wider = width * sizeOf(field, getArgumentValues(field, selection, variables));
        if (isList && inList) entries += wider;
        entries += within(selection.selectionSet, getNamedType(field.type), wider, inList || isList);
      } else {
        const part = selection.kind === Kind.FRAGMENT_SPREAD ? named.get(selection.name.value) : selection;
        const condition = part?.typeCondition;
        if (part)
          entries += within(
            part.selectionSet,
            condition ? schema.getType(condition.name.value) : parent,
            width,
            inList,
          );
      }
      if (entries > MAX_NESTED) return entries;
    }
    return entries;
  };

  const root =
    operation.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
  return within(operation.selectionSet, root, 1, false);
}

/** How many entries a field can give: its page, or as many as a list of keys names. */
function sizeOf(field: GraphQLField<unknown, unknown>, args: Record<string, unknown>): number {
  const page = args['first'] ?? field.args.find((argument) => argument.name === 'first')?.defaultValue;
  if (typeof page === 'number') return Math.max(1, page);
  const keys = Object.values(args).find((value) => Array.isArray(value));
  return Math.max(1, keys?.length ?? 1);
}
