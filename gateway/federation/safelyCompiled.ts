import { BREAK, type DocumentNode, Kind, type TypeNode, visit } from 'graphql';

/** Types of variables whose values graphql-jit reads, and refuses, as graphql-js does. */
const PLAIN_TYPES = new Set(['String', 'ID', 'Int', 'Boolean', '_Any']);

/** Literals that become code unchanged. A text does not: see below. */
const PLAIN_VALUES: ReadonlySet<string> = new Set([
  Kind.VARIABLE,
  Kind.INT,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
]);

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);

/**
 * Whether graphql-jit 0.8.9 may write code of a document. The threat: it writes literals into that code as JSON, takes a mark within a text
 * for a date of its own, and runs what follows, so that a caller's text would be executed. No document with a text, a list or an object
 * written out in it is compiled; what callers send as variables never becomes code.
 *
 * Besides, it answers otherwise than graphql-js where a non-null variable is left to its default, where a scalar of one's own refuses a
 * value, where @skip and @include meet nulls or fragments, where aliases hold a `_` or are `__proto__` (test/federation/). Documents with
 * any of these are interpreted.
 */
export function isSafelyCompiled(document: DocumentNode): boolean {
  let safe = true;
  const unless = (holds: boolean) => {
    if (holds) return undefined;
    safe = false;
    return BREAK;
  };
  visit(document, {
    Directive: () => unless(false),
    Argument: ({ value }) => unless(PLAIN_VALUES.has(value.kind)),
    VariableDefinition: ({ type, defaultValue }) => unless(PLAIN_TYPES.has(nameOf(type)) && !defaultValue),
    Field: ({ alias }) => unless(!alias?.value.includes('_')),
  });
  return safe;
}
