import fc from 'fast-check';
import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLBoolean,
  GraphQLNonNull,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  doTypesOverlap,
  getNamedType,
  isCompositeType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';
import type { Condition, Given, Selection } from './tree.ts';
import { InputValues, type Values } from './values.ts';

export interface SelectionOptions {
  values?: Values;
  /** How often a field is taken, by `Type.field`; 1 where left out, 0 never. */
  weight?: (coordinate: string) => number;
  /** Levels of fields at most. */
  depth?: number;
  /** Entries of one selection set at most, but for the deepest, which have fewer. */
  width?: number;
}

const INTROSPECTION_DEPTH = 3;
/** graphql-js knows these fields, Apollo's own schema does not. */
const NEWER = ['__Type.isOneOf', '__Directive.isDeprecated', '__Directive.deprecationReason'];
/** Few, so that they meet. */
const ALIASES = ['a', 'b', 'c', 'b_a'];
/** Names that every object has already. */
const INHERITED = ['constructor', '__proto__', 'toString'];

const literally = (value: boolean): Given => ({ kind: 'literal', type: GraphQLBoolean, value });

/** Variables that many conditions of one document share. */
const COMMON: readonly Given[] = [
  { kind: 'variable', type: new GraphQLNonNull(GraphQLBoolean), sent: [true, false, true] },
  { kind: 'variable', type: GraphQLBoolean, fallback: true, sent: [undefined, false, true] },
  {
    kind: 'variable',
    type: new GraphQLNonNull(GraphQLBoolean),
    fallback: false,
    sent: [true, undefined, false],
  },
];

/** Selections over a schema, whatever it is made of. */
export class Selections {
  readonly #schema: GraphQLSchema;
  readonly #inputs: InputValues;
  readonly #weight: (coordinate: string) => number;
  readonly #depth: number;
  readonly #width: number;
  readonly #known = new Map<string, fc.Arbitrary<readonly Selection[]>>();
  readonly #conditions: fc.Arbitrary<readonly Condition[]>;

  constructor(schema: GraphQLSchema, options: SelectionOptions = {}) {
    this.#schema = schema;
    this.#inputs = new InputValues(options.values);
    this.#weight = options.weight ?? (() => 1);
    this.#depth = options.depth ?? 6;
    this.#width = options.width ?? 4;
    this.#conditions = this.#anyConditions();
  }

  /** Selections of the query type. */
  root(): fc.Arbitrary<readonly Selection[]> {
    return this.#selections(this.#schema.getQueryType() as GraphQLCompositeType, this.#depth, 0);
  }

  #anyConditions(): fc.Arbitrary<readonly Condition[]> {
    const one = fc.record({
      directive: fc.constantFrom('include' as const, 'skip' as const),
      given: fc.oneof(
        { arbitrary: fc.boolean().map(literally), weight: 8 },
        { arbitrary: fc.constantFrom(...COMMON), weight: 8 },
        { arbitrary: this.#inputs.given(new GraphQLNonNull(GraphQLBoolean), '@if'), weight: 1 },
      ),
    });
    return fc.oneof(
      { arbitrary: fc.constant([]), weight: 30 },
      { arbitrary: one.map((condition) => [condition]), weight: 2 },
      {
        arbitrary: fc.tuple(one, one).map(([a, b]) => (a.directive === b.directive ? [a] : [a, b])),
        weight: 1,
      },
    );
  }

  /** @param nested fragments around, which are bounded too. */
  #selections(
    parent: GraphQLCompositeType,
    depth: number,
    nested: number,
  ): fc.Arbitrary<readonly Selection[]> {
    const key = `${parent.name} ${depth} ${nested}`;
    let known = this.#known.get(key);
    if (!known) {
      const most = Math.max(2, depth >= this.#depth - 2 ? this.#width : this.#width - 1);
      known = fc.array(this.#selection(parent, depth, nested), {
        minLength: 1,
        maxLength: most,
        size: 'max',
      });
      this.#known.set(key, known);
    }
    return known;
  }

  #selection(parent: GraphQLCompositeType, depth: number, nested: number): fc.Arbitrary<Selection> {
    const fields = isUnionType(parent) ? [] : Object.values(parent.getFields());
    const ways: fc.WeightedArbitrary<Selection>[] = [
      { arbitrary: this.#field(parent, TypeNameMetaFieldDef, 0), weight: 2 },
    ];
    // Leaves first: that is where fast-check goes when it makes a case smaller.
    for (const leaf of [true, false]) {
      for (const field of fields) {
        const type = getNamedType(field.type);
        if (isCompositeType(type) === leaf || (!leaf && depth <= 1)) continue;
        const coordinate = `${parent.name}.${field.name}`;
        const weight = NEWER.includes(coordinate) ? 0 : this.#weight(coordinate);
        if (weight > 0) ways.push({ arbitrary: this.#field(parent, field, depth - 1), weight: 3 * weight });
      }
    }
    if (parent === this.#schema.getQueryType()) {
      for (const field of [SchemaMetaFieldDef, TypeMetaFieldDef])
        ways.push({ arbitrary: this.#field(parent, field, INTROSPECTION_DEPTH), weight: 1 });
    }
    const total = ways.reduce((sum, way) => sum + way.weight, 0);
    if (nested < 2) {
      const each = Math.max(1, Math.round(total / 12));
      ways.push(
        { arbitrary: this.#fragment(parent, null, depth, nested), weight: each },
        ...this.#conditionsOn(parent).map(([type, weight]) => ({
          arbitrary: this.#fragment(parent, type, depth, nested),
          weight: Math.max(1, Math.round(each * weight)),
        })),
      );
    }
    ways.push({
      arbitrary: fc.record({
        kind: fc.constant('again' as const),
        which: fc.nat({ max: 7 }),
        conditions: this.#conditions,
      }),
      weight: Math.max(1, Math.round(total / 12)),
    });
    return fc.oneof({ withCrossShrink: true }, ...ways);
  }

  /** Types that a fragment may be on, with weights that come to about two for an object and more for what has many types. */
  #conditionsOn(parent: GraphQLCompositeType): [GraphQLCompositeType, number][] {
    const types = Object.values(this.#schema.getTypeMap())
      .filter((type: GraphQLNamedType): type is GraphQLCompositeType => isCompositeType(type))
      .filter((type) => !type.name.startsWith('__') || type === parent)
      .filter((type) => doTypesOverlap(this.#schema, parent, type));
    return types.map((type) => [type, type === parent ? 1 : 4 / types.length]);
  }

  #field(
    parent: GraphQLCompositeType,
    field: GraphQLField<unknown, unknown>,
    depth: number,
  ): fc.Arbitrary<Selection> {
    const type = getNamedType(field.type);
    const args = fc.record(
      Object.fromEntries(
        field.args.map((argument) => [
          argument.name,
          this.#inputs.given(
            argument.type,
            `${parent.name}.${field.name}(${argument.name}:)`,
            argument.defaultValue !== undefined,
          ),
        ]),
      ),
      { requiredKeys: field.args.filter(isRequiredArgument).map((a) => a.name) },
    );
    return fc.record({
      kind: fc.constant('field' as const),
      field: fc.constant(field),
      alias: fc.oneof(
        { arbitrary: fc.constant(null), weight: 2_000 },
        { arbitrary: fc.constantFrom(...ALIASES), weight: 500 },
        { arbitrary: fc.constantFrom(...INHERITED), weight: 1 },
      ),
      args,
      conditions: this.#conditions,
      selections: isCompositeType(type) ? this.#selections(type, Math.max(depth, 0), 0) : fc.constant(null),
    });
  }

  #fragment(
    parent: GraphQLCompositeType,
    on: GraphQLCompositeType | null,
    depth: number,
    nested: number,
  ): fc.Arbitrary<Selection> {
    return fc.record({
      kind: fc.constant('fragment' as const),
      on: fc.constant(on),
      named: on ? fc.boolean() : fc.constant(false),
      conditions: this.#conditions,
      selections: this.#selections(on ?? parent, depth, nested + 1),
    });
  }
}
