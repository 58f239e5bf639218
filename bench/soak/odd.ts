import type { Ground } from '../../gateway/embedded/house.ts';
import type { Stream } from '../year/load.ts';
import { ofMany } from '../bulk/bulk.ts';
import { questionOver } from '../subject/question.ts';

/** Queries that are not the year's. */

const times = (n: number, text: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => text(i)).join(' ');

/** Each fragment holds the next one twice: written out it is a million fields. */
const FRAGMENT_BOMB = `query Bomb($code: String!) { subject(code: $code) { ...f0 } }
${times(20, (i) => `fragment f${i} on Subject { ...f${i + 1} a${i}: penalties { nodes { subject { ...f${i + 1} } } } }\n`)}
fragment f20 on Subject { name }`;

const CYCLE = `query Cycle($code: String!) { subject(code: $code) { ...a } }
fragment a on Subject { name ...b } fragment b on Subject { code ...a }`;

const DEEP = `query Deep($code: String!) { subject(code: $code) { ${'penalties { nodes { subject { '.repeat(12)}name${' } } }'.repeat(12)} } }`;

const PAGES = `query Pages($code: String!, $n: Int) { subject(code: $code) {
  ${'permits(first: $n) { nodes { subject { '.repeat(3)}name${' } } }'.repeat(3)} } }`;

const subjectOf = (selection: string): string =>
  `query Odd($code: String!) { subject(code: $code) { ${selection} } }`;

interface Odd {
  kind: string;
  query: string;
  variables?: Record<string, unknown>[];
  headers?: Record<string, string>;
}

const NAME = subjectOf('name');
const CODES = 'query Codes($codes: [String!]!) { subjects(codes: $codes) { kind name } }';

/** Must be refused. */
const refused = (ask: Record<string, string>, code: string): Odd[] => [
  {
    kind: 'malformed code',
    query: NAME,
    variables: ['', '1', '91310116M0000000X0', '３１０', 'x'.repeat(5_000)].map((code) => ({ code })),
  },
  {
    kind: '1,000 malformed codes',
    query: CODES,
    variables: [{ codes: Array.from({ length: 1_000 }, (_, i) => `no-code-${i}`) }],
  },
  { kind: '1,001 codes', query: CODES, variables: [{ codes: Array.from({ length: 1_001 }, () => code) }] },
  {
    kind: "another unit's matter",
    query: NAME,
    headers: { ...ask, 'query-purpose': '310116-recruitment-officer' },
  },
  { kind: 'no purpose', query: NAME, headers: { authorization: ask['authorization'] as string } },
  {
    kind: 'forged token',
    query: NAME,
    headers: { ...ask, authorization: `${ask['authorization']?.slice(0, -6)}AAAAAA` },
  },
  { kind: 'syntax error', query: 'query Odd($code: String!) { subject(code: $code) { name ' },
  { kind: '1,900 unknown fields', query: subjectOf(times(1_900, (i) => `no${i}`)) },
  { kind: '3,900 times a field', query: subjectOf(times(3_900, () => 'name')) },
  { kind: '5,000 times a field', query: subjectOf(times(5_000, () => 'name')) },
  { kind: '200 aliases', query: subjectOf(times(200, (i) => `a${i}: name`)) },
  { kind: '200 directives', query: subjectOf(times(200, () => 'name @include(if: true)')) },
  { kind: 'too deep', query: DEEP },
  { kind: 'fragment bomb', query: FRAGMENT_BOMB },
  { kind: 'fragment cycle', query: CYCLE },
  { kind: 'lists in lists', query: PAGES, variables: [{ code, n: 100 }] },
];

/** Must be answered, however odd. */
const odd = (file: string): Odd[] => [
  {
    kind: '45 lists by alias',
    query: subjectOf(times(45, (i) => `a${i}: penalties(first: ${i + 1}) { totalCount }`)),
  },
  {
    kind: 'a list in 100 fragments',
    query: `${subjectOf(times(100, (i) => `...f${i}`))} ${times(100, (i) => `fragment f${i} on Subject { permits { nodes { title } } }`)}`,
  },
  { kind: 'whole file', query: file },
];

/** Answered as well, but too large to be a part of an ordinary mix. */
const large = (card: string, codes: readonly string[]): Odd[] => [
  {
    kind: `a page of ${codes.length} subjects`,
    query: ofMany(card),
    variables: [{ codes }],
  },
];

export interface OddStreams {
  refused: Stream[];
  odd: Stream[];
  large: Stream[];
}

/** All as an officer's, one stream a kind. */
export async function oddStreams(ground: Ground): Promise<OddStreams> {
  const { query: card, headers, variables } = await questionOver(ground);
  const { query: file } = await questionOver(ground, 'file');
  const stream = ({ kind, query, headers: own, variables: given }: Odd): Stream => ({
    kind,
    weight: 1,
    query,
    callers: [own ?? headers],
    variables: given ?? variables,
  });
  const codes = variables.map(({ code }) => code);
  return {
    refused: refused(headers, codes[0] ?? '').map((each) => ({ ...stream(each), refused: true })),
    odd: odd(file).map(stream),
    large: large(card, codes.slice(0, 1_000)).map(stream),
  };
}
