import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { UNIT } from '../support/known.ts';
import type { Values } from './generate/values.ts';
import { type Operation, operations } from './operations.ts';
import { type Caller, FIRMS, PERSONS, nameOf } from './town.ts';

/** Cursors that lists have given out, by the coordinate of the argument that takes them. */
export type Cursors = ReadonlyMap<string, readonly string[]>;

const UNKNOWN = '91310116MA1K00000X';
const day = fc.constantFrom('2026-03-02', '2020-01-01', '2015-01-01', 'no day');

const codes = fc.oneof(
  { arbitrary: fc.constantFrom(...FIRMS), weight: 12 },
  { arbitrary: fc.constantFrom(...PERSONS), weight: 4 },
  { arbitrary: fc.constantFrom(UNKNOWN, ''), weight: 1 },
);
const size = fc.oneof(
  { arbitrary: fc.constantFrom(1, 2, 3, 5, 0), weight: 20 },
  { arbitrary: fc.constantFrom(-1, 101), weight: 1 },
);

/** Arguments that find something, and some that do not. */
const ownValues =
  (cursors: Cursors): Values =>
  (coordinate, type) => {
    if (type === 'Date') return day;
    const argument = /\(?(\w+):?\)?$/.exec(coordinate)?.[1];
    switch (argument) {
      case 'code':
      case 'codes':
        return codes;
      case 'first':
        return size;
      case 'after':
        return fc.oneof(
          { arbitrary: fc.constant(''), weight: 12 },
          { arbitrary: fc.constantFrom(...(cursors.get(coordinate) ?? [''])), weight: 4 },
          { arbitrary: fc.constant('bm8gY3Vyc29yIG9mIG91cnM'), weight: 1 },
        );
      case 'jurisdiction':
        return fc.constantFrom('310116', '320600', '000000');
      case 'provider':
      case 'unit':
        return fc.constantFrom(UNIT.market, UNIT.court, 'nobody');
      case 'search':
        return fc.constantFrom('处罚', '市场', '310116', '');
      case 'name':
        if (coordinate === 'Query.searchSubjects(name:)') return fc.constantFrom('公司', '1号', '上');
        if (coordinate === 'Query.__type(name:)')
          return fc.constantFrom('Subject', 'CreditRecord', 'Grade', 'None');
        return fc.constantFrom(...[...PERSONS, ...FIRMS].map(nameOf));
      default:
        return undefined;
    }
  };

/** What each kind of caller asks for, mostly. */
const ROOTS: Record<Caller['kind'], Record<string, number>> = {
  public: { subject: 20, subjects: 8, searchSubjects: 3, me: 0 },
  officer: { subject: 16, subjects: 12, searchSubjects: 3, me: 0 },
  reference: {
    subject: 0,
    subjects: 0,
    searchSubjects: 0,
    me: 0,
    catalogueItems: 4,
    matters: 4,
    behaviours: 3,
  },
  subject: { me: 30, subject: 0, subjects: 0, searchSubjects: 0 },
};
/** What tells of the looks before it, and so never says the same twice. */
const OF_LOOKS = /^Subject\.accessHistory$|^Query\.(journal\w*|operatingReport|alerts|accounts)$/;
/** Where all records are. */
const LISTS = /^\w+Connection\.(nodes|edges)$|^\w+Edge\.node$/;

/** Operations over the city's own graph, as each kind of caller would ask. */
export function ownOperations(
  schema: GraphQLSchema,
  cursors: Cursors,
): Record<Caller['kind'], fc.Arbitrary<Operation>> {
  const of = (kind: Caller['kind']) =>
    operations(schema, {
      values: ownValues(cursors),
      depth: 7,
      weight(coordinate) {
        const [type, field = ''] = coordinate.split('.');
        if (OF_LOOKS.test(coordinate)) return 0;
        if (type === 'Query') return ROOTS[kind][field] ?? 1;
        return LISTS.test(coordinate) ? 4 : 1;
      },
    });
  return { public: of('public'), officer: of('officer'), reference: of('reference'), subject: of('subject') };
}
