import type { GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode, PlanNode, ResponsePath } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type AskAhead, type Step, compileFetch } from './fetch.ts';
import { Unsupported } from './unsupported.ts';

export interface PlanParts {
  services: Record<string, GraphQLDataSource>;
  supergraph: GraphQLSchema;
  /** Defaults of the operation's variables. */
  defaults: Record<string, unknown>;
  /** Is given every fetch's way to be asked ahead. */
  asksAhead: Map<FetchNode, AskAhead>;
}

/** A query plan as a function: its nodes are looked at once, not at every request. @throws Unsupported */
export function compilePlan(node: PlanNode, parts: PlanParts, path: ResponsePath = []): Step {
  switch (node.kind) {
    case 'Sequence': {
      const steps = node.nodes.map((one) => compilePlan(one, parts, path));
      return async (run, at) => {
        for (const step of steps) await step(run, at);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((one) => compilePlan(one, parts, path));
      return (run, at) => Promise.all(steps.flatMap((step) => step(run, at) ?? []));
    }
    case 'Flatten': {
      const step = compilePlan(node.node, parts, [...path, ...node.path]);
      return (run, at) => {
        const found = flattened(at, node.path, 0);
        // As stock has it: under anything falsy, the plan has nothing to do.
        return found ? step(run, found) : undefined;
      };
    }
    case 'Fetch': {
      const service = parts.services[node.serviceName];
      if (!service) throw new Unsupported(`no service ${node.serviceName}`);
      const { step, askAhead } = compileFetch(node, path, service, parts.supergraph);
      parts.asksAhead.set(node, askAhead);
      return step;
    }
    case 'Condition': {
      const { condition, ifClause, elseClause } = node;
      const yes = ifClause && compilePlan(ifClause, parts, path);
      const no = elseClause && compilePlan(elseClause, parts, path);
      const usual = parts.defaults[condition];
      return (run, at) => ((run.variables[condition] ?? usual) ? yes?.(run, at) : no?.(run, at));
    }
    default:
      throw new Unsupported(node.kind);
  }
}

/** All that stands at a path such as `subjects.@`: one object, a flat list of them, or nothing. */
function flattened(value: unknown, path: ResponsePath, from: number): unknown {
  if (from === path.length || value === undefined || value === null) return value;
  const key = path[from] as string;
  if (key === '@') return (value as unknown[]).flatMap((one) => flattened(one, path, from + 1));
  return flattened((value as Record<string, unknown>)[key], path, from + 1);
}
