import type { GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type FieldNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { argumentsOf } from '../../variables.ts';
import type { Data } from './requires.ts';

/** An entity, by its type and its key `id`. */
export interface Entity {
  __typename: string;
  id: string;
}

/**
 * Which entity a root field leads to, where its arguments and the caller tell before anything is fetched; null where they do not, or where the caller
 * would not be told of it.
 */
export type Foresight = (field: string, args: Data, context: unknown) => Entity | null;

/**
 * What a data source offers that may be asked about an entity nobody has fetched yet: a context for that one question, and what makes its
 * effects count. Should the entity turn out not to be there, nobody ever hears of the question.
 */
export interface AsideSource<C extends Context = Context> extends GraphQLDataSource<C> {
  aside(context: C): { context: C; keep: () => void };
}

type Context = Parameters<GraphQLDataSource['process']>[0]['context'];

export const canBeAside = (service: GraphQLDataSource): service is AsideSource => 'aside' in service;

/** Under which name of the answer stands what a fetch is asked about. */
export type FetchesAhead = ReadonlyMap<FetchNode, string>;

/**
 * Fetches that need nothing of a root field but the key of the entity that it leads to: `subject(code)` is looked up by one agency while the others are
 * asked already. They are the second step of a plan, whose first asks for the root.
 */
export function fetchesAhead(plan: PlanNode): FetchesAhead {
  const found = new Map<FetchNode, string>();
  if (plan.kind !== 'Sequence' || plan.nodes[0]?.kind !== 'Fetch') return found;
  const [, second] = plan.nodes;
  for (const node of second?.kind === 'Parallel' ? second.nodes : [second]) {
    if (node?.kind !== 'Flatten' || node.node.kind !== 'Fetch' || node.path.length !== 1) continue;
    const { requires, inputRewrites } = node.node;
    if (requires && !inputRewrites && asksForKeyAlone(requires)) found.set(node.node, String(node.path[0]));
  }
  return found;
}

function asksForKeyAlone(requires: readonly QueryPlanSelectionNode[]): boolean {
  const [only, ...others] = requires;
  if (others.length > 0 || only?.kind !== 'InlineFragment') return false;
  const names = only.selections.map((field) => (field.kind === 'Field' ? (field.alias ?? field.name) : ''));
  return names.toSorted().join() === '__typename,id';
}

/** The root fields of an operation by their names in the answer, as far as they stand there without fragments. */
export function rootFields({ selectionSet }: OperationDefinitionNode): Map<string, FieldNode> {
  const fields = selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD);
  return new Map(fields.map((field) => [(field.alias ?? field.name).value, field]));
}

/** What a root field of the query leads to, with these variables. */
export function foreseen(
  foresight: Foresight,
  schema: GraphQLSchema,
  node: FieldNode,
  variables: Data,
  context: unknown,
): Entity | null {
  const field = schema.getQueryType()?.getFields()[node.name.value];
  const args = field && argumentsOf(field, node, variables);
  return args ? foresight(node.name.value, args, context) : null;
}

/** A question that is out before its entity is there. */
export interface Ahead<Response> {
  entity: Entity;
  response: Promise<Response>;
  keep: () => void;
}

/** Whether a fetch is about to ask of that entity and no other. */
export const isAbout = ({ __typename, id }: Entity, representations: unknown): boolean => {
  const [only, ...others] = (representations ?? []) as Data[];
  return others.length === 0 && only?.['id'] === id && only['__typename'] === __typename;
};
