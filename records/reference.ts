import type { GraphQLFieldResolver } from 'graphql';
import type { SubgraphContext } from './context.ts';

/** A subject as all agencies but registration know it: by its id alone. */
export interface SubjectRef {
  id: string;
}

/** `__resolveReference` of `Subject` where there is nothing to be looked up. */
export const referenceOf = ({ id }: SubjectRef): SubjectRef => ({ id });

type Entities = GraphQLFieldResolver<
  unknown,
  SubgraphContext,
  { representations: readonly Partial<SubjectRef & Typed>[] }
>;

interface Typed {
  __typename: string;
}

const isSubject = ({ __typename, id }: Partial<SubjectRef & Typed>): boolean =>
  __typename === 'Subject' && typeof id === 'string';

/** `_entities` of subjects at once, where @apollo/subgraph makes five promises for each; of anything else by its own resolver. */
export const asReference =
  (stock: Entities): Entities =>
  (source, args, context, info) =>
    args.representations.every(isSubject)
      ? args.representations.map(({ id }) => ({ __typename: 'Subject', id }))
      : stock(source, args, context, info);
