import { GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';
import { badInput } from './errors.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

const textScalar = (name: string, accepts: RegExp, shape: string) => {
  const check = (value: unknown): string => {
    if (typeof value === 'string' && accepts.test(value)) return value;
    throw badInput(name, { zh: `格式应为 ${shape}`, en: `expected ${shape}` });
  };
  return new GraphQLScalarType<string, string>({
    name,
    serialize: String,
    parseValue: check,
    parseLiteral: (node) => check(node.kind === Kind.STRING ? node.value : undefined),
  });
};

/** 'YYYY-MM-DD', as the database gives it. */
export const DateScalar = textScalar('Date', DATE, 'YYYY-MM-DD');
export const DecimalScalar = textScalar('Decimal', DECIMAL, '12345.67');

/** PostgreSQL's '2026-03-01 08:00:00.123+00' becomes RFC 3339. */
export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString();
    return String(value).replace(' ', 'T').replace(/\+00$/, 'Z');
  },
});

/** Any JSON value. */
export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
