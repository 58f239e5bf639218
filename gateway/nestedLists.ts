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
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';
import { refusal } from '../records/errors.ts';
import { argumentsOf, coerced } from './variables.ts';

/** Entries that lists within lists of one query may come to. A page of 20 organizations, each with its whole file, is 12,000. */
const MAX_NESTED = 20_000;

/** Entries that lists of subjects asked for by code may come to. A thousand, each with a page of every list, is 260,000. */
const MAX_KEYED = 300_000;

/** Entries of lists, were every page full. */
interface Entries {
  /** Of those that stand within another. */
  nested: number;
  /** Of those that stand under a list of keys. */
  keyed: number;
  /** Arguments of some field do not fit with these variables: execution will not answer it, and nothing under it was counted. */
  misfit: boolean;
}

const isTooMany = ({ nested, keyed }: Entries): boolean => nested > MAX_NESTED || keyed > MAX_KEYED;

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
        if (!variables || !isTooMany(entriesOf(schema, document, operation, variables))) return;
        throw refusal(
          'TOO_COMPLEX',
          {
            zh: `列表中的列表最多 ${MAX_NESTED} 条，按代码批量查询最多 ${MAX_KEYED} 条，请减少层次、代码或每页条数`,
            en: `lists within lists may come to ${MAX_NESTED} entries, lists of subjects by code to ${MAX_KEYED}: nest them less, ask for fewer codes or smaller pages`,
          },
          { http: { status: 400 } },
        );
      },
    };
  },
};

/** Counts that no variable can change, by operation. */
const counted = new WeakMap<OperationDefinitionNode, Entries>();

function entriesOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Entries {
  const known = counted.get(operation);
  if (known !== undefined) return known;
  const fragments = document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION);
  const entries = nestedEntries(schema, operation, fragments, variables);
  if (!entries.misfit && !sizedByVariables(operation)) counted.set(operation, entries);
  return entries;
}

/** A variable of a number or of a list may be a page's size or a list of keys. */
const sizedByVariables = ({ variableDefinitions = [] }: OperationDefinitionNode): boolean =>
  variableDefinitions.some(({ type }) => {
    const nullable = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    return nullable.kind === Kind.LIST_TYPE || nullable.name.value === 'Int';
  });

/** Where in the operation a selection stands. */
interface Place {
  parent: unknown;
  /** Objects that this place can have, were every page full. */
  width: number;
  inList: boolean;
  underKeys: boolean;
}

function nestedEntries(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  variables: Record<string, unknown>,
): Entries {
  const named = new Map(fragments.map((f) => [f.name.value, f]));
  const found: Entries = { nested: 0, keyed: 0, misfit: false };

  const walk = (selections: SelectionSetNode, place: Place): void => {
    const { parent, width, inList, underKeys } = place;
    for (const selection of selections.selections) {
      if (isTooMany(found)) return;
      if (selection.kind === Kind.FIELD) {
        const field =
          isObjectType(parent) || isInterfaceType(parent)
            ? parent.getFields()[selection.name.value]
            : undefined;
        if (!field || !selection.selectionSet) continue;
        const isList = field.args.some((argument) => argument.name === 'first');
        const isKeyed = !isList && field.args.some(({ type }) => isListType(getNullableType(type)));
        const args = argumentsOf(field, selection, variables);
        if (!args) {
          found.misfit = true;
          continue;
        }
        const wider = width * sizeOf(field, args);
        if (isList && inList) found.nested += wider;
        if (isList && underKeys) found.keyed += wider;
        walk(selection.selectionSet, {
          parent: getNamedType(field.type),
          width: wider,
          inList: inList || isList,
          underKeys: underKeys || isKeyed,
        });
        continue;
      }
      const part = selection.kind === Kind.FRAGMENT_SPREAD ? named.get(selection.name.value) : selection;
      const condition = part?.typeCondition;
      const on = condition ? schema.getType(condition.name.value) : parent;
      if (part) walk(part.selectionSet, { ...place, parent: on });
    }
  };

  const root =
    operation.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
  walk(operation.selectionSet, { parent: root, width: 1, inList: false, underKeys: false });
  return found;
}

/** How many entries a field can give: its page, or as many as a list of keys names. */
function sizeOf(field: GraphQLField<unknown, unknown>, args: Record<string, unknown>): number {
  const page = args['first'] ?? field.args.find((argument) => argument.name === 'first')?.defaultValue;
  if (typeof page === 'number') return Math.max(1, page);
  const keys = Object.values(args).find((value) => Array.isArray(value));
  return Math.max(1, keys?.length ?? 1);
}
