import { randomUUID } from 'node:crypto';
import type { FieldNode, GraphQLSchema } from 'graphql';
import { parseCode } from '../../policy/identifiers/code.ts';
import { refusal } from '../../records/errors.ts';
import type { Transport } from '../federation/transport.ts';
import type { Grant } from '../../records/grant.ts';
import { argumentsOf } from '../variables.ts';

const IDENTIFY = 'query Identify($code: String!, $name: String) { _identify(code: $code, name: $name) }';
const DISCLOSED = 'query Disclosed($subjects: [ID!]!) { _disclosed(subjects: $subjects) }';

export interface PersonGate {
  registration: Transport;
  /** Every subgraph that holds records. */
  records: readonly Transport[];
}

/** A natural person as the public names one. */
export interface NamedPerson {
  code: string;
  name: string | null;
}

/**
 * The natural person that an operation asks for, or null. One at a time: a query is no list of guesses.
 * @throws TOO_COMPLEX
 */
export function personAsked(
  nodes: readonly FieldNode[],
  schema: GraphQLSchema,
  variables: Record<string, unknown>,
  today: string,
): NamedPerson | null {
  const persons = nodes.flatMap((node) => {
    const field = schema.getQueryType()?.getFields()[node.name.value];
    const args = field && argumentsOf(field, node, variables);
    const parsed = parseCode(String(args?.['code']), today);
    if (!args || !parsed.ok || parsed.codeKind !== 'CITIZEN_ID') return [];
    return [{ code: String(args['code']), name: (args['name'] as string | null | undefined) ?? null }];
  });
  if (persons.length > 1) {
    throw refusal('TOO_COMPLEX', { zh: '一次只能查询一名自然人', en: 'one natural person at a time' });
  }
  return persons[0] ?? null;
}

/**
 * Which natural persons the public may be answered about: code and name must belong together, and some agency must hold a public item.
 * The threat is telling apart who is on file: a wrong pair and an unknown person take the same steps as a known one, with an id that
 * belongs to nobody, so that neither answer nor time differs. An agency that is down counts as holding nothing.
 * Source: JS-4; design: idea 9.
 */
export async function publiclyKnown(
  gate: PersonGate,
  person: NamedPerson,
  grant: Grant,
): Promise<string | null> {
  const identified = await answerOf(gate.registration, IDENTIFY, { ...person }, grant);
  const id = identified?.['_identify'] as string | null | undefined;
  const subject = id ?? randomUUID();
  const asPublic: Grant = { ...grant, scope: { kind: 'PUBLIC', persons: [subject] } };
  const answers = await Promise.all(
    gate.records.map((transport) => answerOf(transport, DISCLOSED, { subjects: [subject] }, asPublic)),
  );
  const any = answers.some((answer) => (answer?.['_disclosed'] as boolean[] | undefined)?.[0] === true);
  return id && any ? id : null;
}

/** Nothing where the agency cannot be reached: the query itself will meet that too, and say so under its path. */
const answerOf = (transport: Transport, query: string, variables: Record<string, unknown>, grant: Grant) =>
  transport.ask(query, variables, undefined, grant).then(
    (answer) => answer.data,
    () => null,
  );
