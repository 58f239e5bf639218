import fc from 'fast-check';
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import type { Given } from './tree.ts';

/** Requests that one document is sent in at most. */
export const MAX_REQUESTS = 3;

/**
 * What stands for a value of a named type, as JSON.
 * @param coordinate where: `Type.field(argument:)` or `Input.field`; undefined leaves it to the type.
 */
export type Values = (coordinate: string, type: string) => fc.Arbitrary<unknown> | undefined;

const text = fc.constantFrom('a', '', 'null', '"quoted"\n\\', '名称 ü', '0');
const SCALARS: Record<string, fc.Arbitrary<unknown>> = {
  Int: fc.constantFrom(1, 0, 2, -1, 7),
  Float: fc.constantFrom(1, 0.5, -2.25, 1e21),
  Boolean: fc.boolean(),
  String: text,
  ID: fc.oneof(text, fc.constantFrom(1, 2)),
};
/** Fits no type but the most general. */
const misfit = fc.constantFrom({ no: 'such' }, [[[{}]]], 2 ** 40);

export class InputValues {
  readonly #values: Values;

  constructor(values: Values = () => undefined) {
    this.#values = values;
  }

  #named(type: GraphQLNamedInputType, coordinate: string, depth: number): fc.Arbitrary<unknown> {
    const own = this.#values(coordinate, type.name);
    if (own) return own;
    if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((value) => value.name));
    if (isInputObjectType(type)) return this.#object(type, depth);
    return SCALARS[type.name] ?? text;
  }

  #object(type: GraphQLInputObjectType, depth: number): fc.Arbitrary<unknown> {
    const fields = Object.values(type.getFields()).filter((f) => depth > 0 || isRequiredInputField(f));
    return fc.record(
      Object.fromEntries(fields.map((f) => [f.name, this.json(f.type, `${type.name}.${f.name}`, depth - 1)])),
      { requiredKeys: fields.filter(isRequiredInputField).map((f) => f.name) },
    );
  }

  /** A value as a client sends it in JSON: null where it may be, now and then one entry where a list stands. */
  json(type: GraphQLInputType, coordinate: string, depth = 2): fc.Arbitrary<unknown> {
    if (!isNonNullType(type)) {
      return fc.oneof(
        { arbitrary: this.#present(type, coordinate, depth), weight: 9 },
        { arbitrary: fc.constant(null), weight: 1 },
      );
    }
    return this.#present(type.ofType, coordinate, depth);
  }

  #present(
    type: GraphQLNullableType & GraphQLInputType,
    coordinate: string,
    depth: number,
  ): fc.Arbitrary<unknown> {
    if (!isListType(type)) return this.#named(type, coordinate, depth);
    const item = nullable(type.ofType);
    return fc.oneof(
      { arbitrary: fc.array(this.json(type.ofType, coordinate, depth), { maxLength: 3 }), weight: 7 },
      { arbitrary: this.#present(item, coordinate, depth), weight: 1 },
    );
  }

  /** @param fallback whether the place itself has a default, so that a variable that may be null fits even a non-null one. */
  given(type: GraphQLInputType, coordinate: string, fallback = false, depth = 2): fc.Arbitrary<Given> {
    const ways: fc.WeightedArbitrary<Given>[] = [
      {
        arbitrary: this.json(type, coordinate).map((value) => ({ kind: 'literal' as const, type, value })),
        weight: 4,
      },
      { arbitrary: this.#variable(type, coordinate, fallback), weight: 4 },
    ];
    const inner = nullable(type);
    if (isListType(inner)) {
      const items = fc.array(this.given(inner.ofType, coordinate, false, depth), { maxLength: 3 });
      ways.push({ arbitrary: items.map((given) => ({ kind: 'list' as const, items: given })), weight: 3 });
    } else if (isInputObjectType(inner) && depth > 0) {
      const fields = Object.values(inner.getFields());
      const record = fc.record(
        Object.fromEntries(
          fields.map((f) => [
            f.name,
            this.given(f.type, `${inner.name}.${f.name}`, f.defaultValue !== undefined, depth - 1),
          ]),
        ),
        { requiredKeys: fields.filter(isRequiredInputField).map((f) => f.name) },
      );
      ways.push({
        arbitrary: record.map((given) => ({
          kind: 'object' as const,
          fields: given as Record<string, Given>,
        })),
        weight: 4,
      });
    }
    return fc.oneof(...ways);
  }

  /** Declared as the place wants it, stricter, or looser with a default. */
  #variable(type: GraphQLInputType, coordinate: string, fallback: boolean): fc.Arbitrary<Given> {
    const declare = (declared: GraphQLInputType, byDefault: fc.Arbitrary<unknown>, nulls = true) => {
      const mayMiss = !isNonNullType(declared);
      const sent = fc.oneof(
        { arbitrary: this.json(nulls ? declared : nonNull(declared), coordinate), weight: 300 },
        ...(mayMiss ? [{ arbitrary: fc.constant(undefined), weight: 90 }] : []),
        { arbitrary: misfit, weight: 1 },
      );
      return fc
        .tuple(byDefault, fc.tuple(...Array.from({ length: MAX_REQUESTS }, () => sent)))
        .map(
          ([value, values]): Given => ({ kind: 'variable', type: declared, fallback: value, sent: values }),
        );
    };
    const none = fc.constant(undefined);
    const loose = nullable(type);
    const strict = nonNull(type);
    const value = this.json(strict, coordinate);
    const usual = [declare(strict, none), declare(strict, value)];
    const rare: fc.Arbitrary<Given>[] = [];
    if (isNonNullType(type)) {
      // With a default a variable that may be null is let into a non-null place; null itself fails there.
      usual.push(declare(loose, value, false));
      rare.push(declare(loose, value));
      if (fallback) rare.push(declare(loose, none));
    } else {
      usual.push(declare(loose, none), declare(loose, this.json(loose, coordinate)));
      if (isListType(loose) && !isNonNullType(loose.ofType))
        usual.push(declare(new GraphQLList(nonNull(loose.ofType)), none));
    }
    return fc.oneof(
      ...usual.map((arbitrary) => ({ arbitrary, weight: 10 })),
      ...rare.map((arbitrary) => ({ arbitrary, weight: 1 })),
    );
  }
}

const nullable = (type: GraphQLInputType): GraphQLNullableType & GraphQLInputType =>
  isNonNullType(type) ? type.ofType : type;
const nonNull = (type: GraphQLInputType): GraphQLInputType =>
  isNonNullType(type) ? type : new GraphQLNonNull(type);
