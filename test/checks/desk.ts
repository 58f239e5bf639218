import type { Answer, City } from '../support/city.ts';
import { UNIT } from '../support/known.ts';

/** The tender office: matter with the stated rule ENFORCEMENT, SEVERE, or SUPERVISION within three years. */
export const TENDER = '310116-tender-bidder';

export const CHECK = `query Check($code: String!) { checkStanding(code: $code) { outcome matter checkedOn subject { id name }
  reasons { code subgraph zh } hits { recordType documentNumber determinedOn grade item { code } provider { name } dispute { stage } } } }`;
export const VERIFY =
  'query Verify($code: String!, $fact: FactInput!) { verifyFact(code: $code, fact: $fact) }';
export const START =
  'mutation Start($input: StartBatchCheckInput!) { startBatchCheck(input: $input) { job { id state total } } }';
export const JOB = 'query Job($id: ID!) { job(id: $id) { state total done passed failed unknown reason } }';
export const RESULTS = `query Results($id: ID!, $first: Int, $after: String) { job(id: $id) { results(first: $first, after: $after) {
  nodes { line code outcome reasons { code } hits { documentNumber } } pageInfo { hasNextPage endCursor } } } }`;

export const codeOf = (answer: Answer): string | undefined => answer.errors?.[0]?.extensions.code;

export interface Desk {
  token: string;
  ask: (query: string, variables?: Record<string, unknown>) => Promise<Answer>;
}

/** An officer with one purpose. */
export async function desk(city: City, unit: string = UNIT.construction, matter = TENDER): Promise<Desk> {
  const token = await city.officer(unit);
  return { token, ask: (query, variables = {}) => city.ask(query, { token, purpose: matter, variables }) };
}

/** Waits until the job is over. */
export async function over(
  city: City,
  asker: Pick<Desk, 'ask'>,
  id: string,
): Promise<Record<string, unknown>> {
  let job: Record<string, unknown> = {};
  await city.until(async () => {
    job = (await asker.ask(JOB, { id })).data.job;
    return !['QUEUED', 'RUNNING'].includes(job['state'] as string);
  });
  return job;
}
