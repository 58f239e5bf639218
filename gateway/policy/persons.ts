import { randomUUID } from 'node:crypto';
import type { Transport } from '../federation/transport.ts';
import type { Grant } from '../../records/grant.ts';

const IDENTIFY = 'query Identify($code: String!, $name: String) { _identify(code: $code, name: $name) }';
const DISCLOSED = 'query Disclosed($subjects: [ID!]!) { _disclosed(subjects: $subjects) }';

export interface PersonGate {
  registration: Transport;
  /** Every subgraph that holds records. */
  records: readonly Transport[];
}

/**
 * Which natural persons the public may be answered about: code and name must belong together, and some agency must hold a public item.
 * The threat is telling apart who is on file: a wrong pair and an unknown person take the same steps as a known one, with an id that
 * belongs to nobody, so that neither answer nor time differs. An agency that is down counts as holding nothing.
 * Source: JS-4; design: idea 9.
 */
export async function publiclyKnown(
  gate: PersonGate,
  pair: { code: string; name: string | null },
  grant: Grant,
): Promise<string | null> {
  const identified = await answerOf(gate.registration, IDENTIFY, pair, grant);
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
