import { createRequire } from 'node:module';
import util from 'node:util';
import { type GraphQLError, type GraphQLSchema, isObjectType } from 'graphql';
import type * as Middleware from 'graphql-middleware';
import type { IMiddlewareResolver } from 'graphql-middleware/types';
import type * as Shield from 'graphql-shield';
import type { DisclosureTier } from '../policy/terms.ts';
import { tiersOf } from '../policy/tiers.ts';
import type { SubgraphContext } from './context.ts';
import { refusal } from './errors.ts';

// graphql-shield 7.6.5 calls util.isUndefined, gone since Node 23, and only its CommonJS build loads; graphql-middleware must be loaded the
// same way, because shield's middleware is recognised by instanceof.
(util as { isUndefined?: (value: unknown) => boolean }).isUndefined ??= (value) => value === undefined;
const require = createRequire(import.meta.url);
const { allow, deny, rule, shield } = require('graphql-shield') as typeof Shield;
const { applyMiddleware } = require('graphql-middleware') as typeof Middleware;

type Basis = Parameters<typeof tiersOf>[0];

/**
 * A grant without subjects (REFERENCE) is an officer's: what it reaches is guarded by role and unit. Under an authorization a record of an
 * authorized item is open as to its subject; any other record, of the same subject too, as without it.
 */
function basisOf(parent: unknown, { grant: { scope } }: SubgraphContext): Basis {
  if (scope.kind === 'REFERENCE') return 'MATTER';
  if (scope.kind !== 'AUTHORIZED') return scope.kind;
  const { subjectId, itemId } = (parent ?? {}) as { subjectId?: string; itemId?: number };
  return subjectId === scope.subject && scope.items.includes(itemId as number) ? 'SELF' : scope.beside.kind;
}

/** Whether a field of the tier is open to the caller; `parent`: the record that it is of, where it is of one. */
export const opens = (parent: unknown, context: SubgraphContext, tier: DisclosureTier): boolean =>
  tiersOf(basisOf(parent, context)).includes(tier);

/** One verdict, and one error, for each basis in a request. */
const cache = (parent: unknown, _args: unknown, context: SubgraphContext): string => basisOf(parent, context);

type GuardedTier = Exclude<DisclosureTier, 'PUBLIC'>;

/** The bases for which shield has allowed a tier. */
const allowed: Record<GuardedTier, Set<Basis>> = { SHARED: new Set(), AUTHORIZED: new Set() };

const ruleOf = (tier: GuardedTier, refused: () => GraphQLError) =>
  rule({ cache })((parent, _args, context: SubgraphContext) => {
    if (!opens(parent, context, tier)) return refused();
    allowed[tier].add(basisOf(parent, context));
    return true;
  });

const shared = ruleOf('SHARED', () =>
  refusal('FORBIDDEN', { zh: '该字段仅供政府共享', en: 'this field is shared between organs only' }),
);

const authorized = ruleOf('AUTHORIZED', () =>
  refusal('AUTHORIZATION_REQUIRED', {
    zh: '该字段须经信息主体授权',
    en: 'this field needs the authorization of its subject',
  }),
);

type Guard = IMiddlewareResolver<unknown, SubgraphContext>;

/**
 * Shield takes six promises for each field of each row. Its verdict follows from the basis alone, by which it keeps it itself: what it has
 * allowed for a basis it is not asked again, and what it has not it is asked every time.
 */
const onceAllowed = (tier: GuardedTier, shielded: Guard): Guard => {
  const bases = allowed[tier];
  return (resolve, parent, args, context, info) =>
    bases.has(basisOf(parent, context))
      ? resolve(parent, args, context, info)
      : shielded(resolve, parent, args, context, info);
};

const RULES: Record<
  DisclosureTier,
  ReturnType<typeof rule> extends (f: never) => infer R ? R | typeof allow : never
> = {
  PUBLIC: allow,
  SHARED: shared,
  AUTHORIZED: authorized,
};

/** Federation's own machinery: `_entities` leads to types that are guarded themselves. */
const MACHINERY: Record<string, readonly string[]> = { Query: ['_entities', '_service'], _Service: ['sdl'] };

/** The tier of a field in the SDL, or null where it has none. */
export function tierOf(field: { astNode?: unknown }): DisclosureTier | null {
  const node = field.astNode as
    | { directives?: { name: { value: string }; arguments?: { value: { value?: string } }[] }[] }
    | undefined;
  const value = node?.directives?.find((d) => d.name.value === 'disclosure')?.arguments?.[0]?.value.value;
  return (value as DisclosureTier | undefined) ?? null;
}

/**
 * graphql-shield over a subgraph's schema, with rules derived from `@disclosure`. Rules stand on types, not only on `Query`, because
 * `_entities` goes past `Query`; a field without a tier gets `deny`. Fields whose rule is `allow` stay unwrapped: shield would only
 * slow them down.
 */
export function guarded(schema: GraphQLSchema): GraphQLSchema {
  const rules: Record<string, Record<string, typeof allow>> = {};
  const behind: { type: string; field: string; tier: DisclosureTier | null }[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const tier = tierOf(field);
      const chosen = tier ? RULES[tier] : MACHINERY[type.name]?.includes(field.name) ? allow : deny;
      (rules[type.name] ??= {})[field.name] = chosen as typeof allow;
      if (chosen !== allow) behind.push({ type: type.name, field: field.name, tier });
    }
  }
  const guards = shield(rules, { allowExternalErrors: true, fallbackRule: deny }).generate(schema) as Record<
    string,
    Record<string, Guard>
  >;
  const kept: Record<string, Record<string, Guard>> = {};
  for (const { type, field, tier } of behind) {
    const guard = guards[type]?.[field];
    if (!guard) throw new Error(`no guard was generated for ${type}.${field}`);
    (kept[type] ??= {})[field] = tier === null || tier === 'PUBLIC' ? guard : onceAllowed(tier, guard);
  }
  return applyMiddleware(schema, kept as never);
}

/** Fields of a schema that carry no tier: the list that fails CI when it is not empty. */
export function untiered(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => !tierOf(field) && !MACHINERY[type.name]?.includes(field.name))
        .map((field) => `${type.name}.${field.name}`),
    );
}
