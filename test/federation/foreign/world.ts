import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { chance } from './chance.ts';
import { type ForeignName, sdlOf } from './schema.ts';

/** What the world is like: which values it holds, and how often it fails. Set between queries. */
export interface World {
  seed: number;
  /** 0: never; 1: now and then; 4: often. */
  faults: number;
  /**
   * When resolvers answer: at once, or in a promise. Only a world without faults has both: graphql-js leaves promises of a list behind,
   * unhandled, where a later item fails at once.
   */
  timing: 'now' | 'late' | 'mixed';
}

interface Thing {
  __typename: string;
  [field: string]: unknown;
}

const LETTERS: Record<string, string> = {
  Book: 'b',
  Movie: 'm',
  Author: 'a',
  Review: 'r',
  Reply: 'p',
  Clerk: 'c',
};
const NAMES = new Map(Object.entries(LETTERS).map(([type, letter]) => [letter, type]));
const POOL = 4;

/** A thing with all fields that any of its keys names. */
function entity(type: string, n: number): Thing {
  const id = `${LETTERS[type]}${n}`;
  const thing: Thing = { __typename: type, id };
  if (type === 'Book') thing['isbn'] = { __typename: 'Isbn', group: `g${n % 2}`, number: n };
  if (type === 'Author') thing['region'] = `r${n % 2}`;
  if (type === 'Reply') thing['review'] = entity('Review', (n + 1) % POOL);
  return thing;
}

/** The thing that an id names, in this subgraph's words for it. */
function named(id: unknown, schema: GraphQLSchema): Thing | null {
  const type = NAMES.get(String(id)[0] ?? '');
  const n = Number(String(id).slice(1));
  if (!type || !(n < POOL)) return null;
  return isObjectType(schema.getType(type)) ? entity(type, n) : { __typename: 'Media', id };
}

const identityOf = (parent: unknown): unknown => {
  const thing = (parent ?? {}) as Partial<Thing>;
  const isbn = thing['isbn'] as { number?: number } | undefined;
  return thing['id'] ?? (isbn ? `b${isbn.number}` : (thing['self'] ?? 'root'));
};

class Resolvers {
  readonly #world: World;
  readonly #schema: () => GraphQLSchema;

  constructor(world: World, schema: () => GraphQLSchema) {
    this.#world = world;
    this.#schema = schema;
  }

  readonly field: GraphQLFieldResolver<unknown, unknown> = (parent, args, _context, info) => {
    const { fieldName, returnType } = info;
    const own = (parent as Thing | undefined)?.[fieldName];
    if (own !== undefined) return own;
    // What a field requires comes in with the representation.
    const { weight, size, title } = (parent ?? {}) as Partial<Thing>;
    const words = [this.#world.seed, identityOf(parent), fieldName, args, weight, size, title];
    const known = 'id' in args ? named(args['id'], this.#schema()) : undefined;
    return this.#fallible(words, returnType, () => known ?? this.#value(returnType, words));
  };

  readonly reference = (reference: Thing) => {
    const { __typename, ...rest } = reference;
    const found = named(identityOf(reference), this.#schema());
    const words = [
      this.#world.seed,
      'reference',
      identityOf(reference),
      this.#schema().getQueryType()?.toString(),
    ];
    const object = this.#schema().getType(__typename) as GraphQLOutputType;
    return this.#fallible(words, object, () => found && { ...found, ...rest });
  };

  /** A value, or one of the ways in which a resolver fails. */
  #fallible(words: unknown[], type: GraphQLOutputType, value: () => unknown): unknown {
    const roll = chance('fault', ...words) % 1000;
    const rate = this.#world.faults * (isNonNullType(type) ? 4 : 12);
    const error = () => new Error(`no ${JSON.stringify(words)}`);
    const answer = (): unknown => {
      if (roll < rate) return null;
      if (roll < 2 * rate) throw error();
      if (roll < 2.5 * rate) return error();
      if (roll < 3 * rate) return undefined;
      if (roll < 3.5 * rate) return this.#wrong(type);
      return value();
    };
    const { timing } = this.#world;
    const when = timing === 'mixed' ? (['now', 'soon', 'later'] as const)[roll % 3] : timing;
    if (when === 'now') return answer();
    const start = new Promise<void>((done) =>
      roll % 2 && when !== 'soon' ? void setImmediate(done) : done(),
    );
    return start.then(answer);
  }

  #wrong(type: GraphQLOutputType): unknown {
    if (isNonNullType(type)) return this.#wrong(type.ofType);
    if (isListType(type)) return 'no list';
    if (isAbstractType(type)) return { __typename: 'Nothing' };
    return isObjectType(type) ? 'no object' : { no: 'leaf' };
  }

  #value(type: GraphQLOutputType, words: unknown[]): unknown {
    const roll = chance('value', ...words);
    if (isNonNullType(type)) return this.#value(type.ofType, words);
    if (isListType(type)) {
      const items = Array.from({ length: roll % 4 }, (_, i) => this.#item([i, ...words], type.ofType));
      // A list may be any iterable.
      return roll % 7 === 0 ? new Set(items) : items;
    }
    if (isAbstractType(type)) {
      const types = this.#schema().getPossibleTypes(type);
      return this.#value(types[roll % types.length] as GraphQLObjectType, words);
    }
    if (isObjectType(type)) return this.#object(type.name, words);
    if (isEnumType(type)) return type.getValues()[roll % type.getValues().length]?.value;
    return this.#leaf(String(type), roll);
  }

  /** What a list is made of is late or wrong like everything else, but nothing can be thrown there. */
  #item(words: unknown[], type: GraphQLOutputType): unknown {
    try {
      return this.#fallible(words, type, () => this.#value(type, words));
    } catch (error) {
      return error;
    }
  }

  #object(type: string, words: unknown[]): unknown {
    const roll = chance('object', ...words);
    if (type in LETTERS) return entity(type, roll % POOL);
    if (type === 'Media') return { __typename: type, id: `${roll % 2 ? 'b' : 'm'}${roll % POOL}` };
    const self = chance(...words);
    // Types whose fields have no resolver: values, methods and promises as properties.
    if (type === 'Isbn') return { __typename: type, group: `g${roll % 2}`, number: roll % POOL };
    if (type === 'Size') return { __typename: type, ...this.#properties(roll), unit: 'NEW', self };
    return { __typename: type, self, ...(type === 'Shelf' && { code: `s${roll % 2}` }) };
  }

  #properties(roll: number): object {
    return { w: () => roll % 9, h: roll % 3 || this.#world.timing === 'now' ? roll % 5 : Promise.resolve(2) };
  }

  #leaf(type: string, roll: number): unknown {
    switch (type) {
      case 'Int':
        return roll % 100;
      case 'Float':
        return (roll % 1000) / 8;
      case 'Boolean':
        return roll % 2 === 0;
      case 'When':
        return new Date(roll * 1000).toISOString();
      case 'Any':
        return [{ deep: [roll % 3, null] }, 'text', 0, false][roll % 4];
      default:
        return `${type} ${roll % 50}`;
    }
  }
}

const WITHOUT_RESOLVERS = ['Isbn', 'Size', '_Service', '_Entity'];

/** One of the subgraphs, at work in this process. */
export function foreignSubgraph(name: ForeignName, world: World): GraphQLSchema {
  const resolvers: Resolvers = new Resolvers(world, () => schema);
  const typeDefs = sdlOf(name);
  const keyed = typeDefs.definitions.flatMap((d) =>
    'directives' in d && d.directives?.some((one) => one.name.value === 'key') && 'name' in d && d.name
      ? [d.name.value]
      : [],
  );
  const references = keyed.map((type) => [type, { __resolveReference: resolvers.reference }]);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: Object.fromEntries(references) }]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || WITHOUT_RESOLVERS.includes(type.name)) continue;
    for (const field of Object.values(type.getFields()))
      if (!field.name.startsWith('_')) field.resolve = resolvers.field;
  }
  return schema;
}
