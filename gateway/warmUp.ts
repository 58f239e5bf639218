import { createHash } from 'node:crypto';
import type { ApolloGateway } from '@apollo/gateway';
import { type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import { emptyReport } from '../records/disclosure.ts';
import type { GatewayContext } from './context.ts';
import { PUBLIC_CALLER } from './identity/caller.ts';

const QUERY = `query WarmUp($code: String!) {
  subject(code: $code) {
    name
    registration { establishedOn }
    permits(first: 1) { totalCount nodes { id title } }
    penalties(first: 1) { totalCount nodes { id title item { code } } }
    judgments(first: 1) { totalCount nodes { id title } }
    honors(first: 1) { totalCount nodes { id title } }
    objections(first: 1) { totalCount nodes { id title } }
  }
}`;

/** A well-formed code of no one: its body is all zeros. */
const NOBODY = '91310000000000000U';

/**
 * Plans and executes a query about nobody before the first caller comes: the first query of a process builds the planner and holds the event
 * loop for 50 ms and more. It goes to the executor under no scope at all, past the plugins: nothing is disclosed, and no one has looked.
 */
export async function warmUp(gateway: ApolloGateway, schema: GraphQLSchema, today: string): Promise<void> {
  const document = parse(QUERY);
  validate(schema, document);
  const context: GatewayContext = {
    caller: PUBLIC_CALLER,
    purposeHeader: null,
    grant: { scope: { kind: 'REFERENCE' }, today, caller: { role: null, unit: null, subject: null } },
    report: emptyReport(),
  };
  await gateway.executor({
    request: { query: QUERY, variables: { code: NOBODY } },
    schema,
    document,
    source: QUERY,
    queryHash: createHash('sha256').update(QUERY).digest('hex'),
    operationName: 'WarmUp',
    operation: getOperationAST(document),
    context,
    metrics: {},
    logger: console,
  } as never);
}
