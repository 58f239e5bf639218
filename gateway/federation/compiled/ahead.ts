import type { GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type FieldNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { argumentsOf } from '../../variables.ts';
import type { AskAhead, Run } from './fetch.ts';
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

/**
 * Fetches that need nothing of a root field but the key of the entity that it leads to: `subject(code)` is looked up by one agency while the others are
 * asked already. They are the second step of a plan, whose first asks for the root.
 * @returns each with the name under which that root field stands in the answer
 */
function fetchesAhead(plan: PlanNode): ReadonlyMap<FetchNode, string> {
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

/** The root fields of an operation by their names in the answer, as far as they stand there without fragments and conditions. */
function rootFields({ selectionSet }: OperationDefinitionNode): Map<string, FieldNode> {
  const fields = selectionSet.selections
    .filter((selection) => selection.kind === Kind.FIELD)
    .filter(({ directives }) => !directives?.length);
  return new Map(fields.map((field) => [(field.alias ?? field.name).value, field]));
}

/** What a root field of the query leads to, with these variables. */
function foreseen(
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

/** Asks of what an operation's root fields lead to, beside its plan; undefined where the plan has nothing to be asked before its turn. */
export function lookingAhead(
  plan: PlanNode,
  asksAhead: ReadonlyMap<FetchNode, AskAhead>,
  { schema, node, foresight }: { schema: GraphQLSchema; node: OperationDefinitionNode; foresight: Foresight },
): ((run: Run, variables: Data) => void) | undefined {
  const roots = rootFields(node);
  const places = [...fetchesAhead(plan)].flatMap(([fetch, name]) => {
    const [root, ask] = [roots.get(name), asksAhead.get(fetch)];
    return root && ask ? [{ root, ask }] : [];
  });
  if (places.length === 0) return undefined;
  return (run, variables) => {
    run.ahead = new Map();
    const { context } = run.requestContext;
    let last: FieldNode | undefined;
    let entity: Entity | null = null;
    for (const { root, ask } of places) {
      if (root !== last) entity = foreseen(foresight, schema, (last = root), variables, context);
      if (entity) ask(run, entity);
    }
  };
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
