import { readFileSync } from 'node:fs';
import { DEMO_SEED } from '../../cli/demoData.ts';
import { subjectAt } from '../../demo/subjects.ts';
import type { Ground } from '../../gateway/embedded/house.ts';
import { PUBLIC_CHANNEL } from '../../gateway/identity/caller.ts';
import { PURPOSE_KINDS, type PurposeKind } from '../../policy/terms.ts';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import { loadCatalogue } from '../../subgraphs/catalogue/load.ts';
import { withPool } from '../harness/ground.ts';
import { type About, Callerbook, type Callers } from './callers.ts';
import type { Stream } from './load.ts';
import { PURPOSES, type Question, type Share, YEAR } from './mix.ts';
import { asCatalogue, marketUsers } from './users.ts';

/** Requests of the year, with where the journal must have them. */
export interface YearStream extends Stream {
  channel: string;
  /** Of the public: counted, and not journaled one by one. */
  look: boolean;
}

/** Subjects that look at themselves: more than tokens are kept verified, so that most are verified anew, as they would be. */
const SUBJECT_TOKENS = 20_000;

const OWN_LOOKS = YEAR.flatMap((share) => [share.organizations, share.persons])
  .filter(({ ask }) => ask === 'me')
  .reduce((sum, { queries }) => sum + queries, 0);

const queryFile = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

const QUERIES: Record<Question, string> = {
  card: queryFile('../subject/card.graphql'),
  standing: queryFile('queries/standing.graphql'),
  supplier: queryFile('queries/supplier.graphql'),
  reader: queryFile('queries/reader.graphql'),
  me: queryFile('queries/me.graphql'),
  public: queryFile('queries/public.graphql'),
};

/** Codes of the demonstration's subjects. */
function demoCodes(subjects: number): Record<About, string[]> {
  const codes: Record<About, string[]> = { organizations: [], persons: [] };
  for (let index = 0; index < subjects; index++) {
    const { kind, code } = subjectAt(DEMO_SEED, index);
    codes[kind === 'NATURAL_PERSON' ? 'persons' : 'organizations'].push(code);
  }
  return codes;
}

/** Purposes with their weight; those without a figure share what is missing to 100. */
function purposes(
  about: About,
  callersOf: (kind: PurposeKind) => Callers,
): { weight: number; callers: Callers }[] {
  const named = PURPOSES[about];
  const missing = 100 - Object.values(named).reduce((sum, percent) => sum + percent, 0);
  const rest = PURPOSE_KINDS.filter((kind) => named[kind] === undefined && callersOf(kind).length > 0);
  return PURPOSE_KINDS.map((kind) => ({
    weight: named[kind] ?? (rest.includes(kind) ? missing / rest.length : 0),
    callers: callersOf(kind),
  })).filter(({ weight }) => weight > 0);
}

/**
 * The year's queries over a ground with so many subjects of demonstration data, as streams of load: 757 officers of all units that have
 * matters, each query under a matter of its unit; the market's users, subjects with tokens of their own, and the public.
 */
export async function yearStreams(ground: Ground, subjects: number): Promise<YearStream[]> {
  const codes = demoCodes(subjects);
  const users = marketUsers(ownCatalogue().items);
  await withPool(ground.databases.catalogue.appUrl, (pool) =>
    loadCatalogue(pool, asCatalogue(Object.values(users))),
  );
  const book = await Callerbook.open(ground);

  const streamsOf = async (share: Share, about: About): Promise<YearStream[]> => {
    const { queries, ask } = share[about];
    const { user, channel } = share;
    const stream = (weight: number, callers: Callers, variables: Stream['variables']): YearStream => ({
      kind: `${ask === 'me' ? 'subjects' : user}, ${about}`,
      weight,
      query: QUERIES[ask],
      callers,
      variables,
      channel,
      look: ask === 'public',
    });
    const byCode = codes[about].map((code) => ({ code }));
    switch (ask) {
      case 'card': {
        const parts = purposes(about, (kind) => book.government(kind, about));
        const sum = parts.reduce((all, part) => all + part.weight, 0);
        return parts.map(({ weight, callers }) => stream((queries * weight) / sum, callers, byCode));
      }
      case 'standing':
        return [stream(queries, await book.market(users.centre), byCode)];
      case 'supplier':
        return [stream(queries, await book.market(users.metro), byCode)];
      case 'reader':
        return [stream(queries, await book.market(users.library), byCode)];
      case 'me': {
        const some = Math.ceil((SUBJECT_TOKENS * queries) / OWN_LOOKS);
        const callers = await book.subjects(codes[about].slice(0, some), channel);
        return [stream(queries, callers, [{}])];
      }
      case 'public':
        // All from one address: one request in 200 stays within RATE_LIMIT_PUBLIC_PER_MINUTE up to 20,000 requests/s in all.
        if (channel !== PUBLIC_CHANNEL) throw new Error(`the public comes by the channel ${PUBLIC_CHANNEL}`);
        return [stream(queries, [{}], byCode)];
    }
  };

  const all: YearStream[] = [];
  for (const share of YEAR) {
    for (const about of ['organizations', 'persons'] as const) {
      if (share[about].queries > 0) all.push(...(await streamsOf(share, about)));
    }
  }
  return all;
}
