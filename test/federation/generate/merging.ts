import {
  type GraphQLCompositeType,
  type GraphQLOutputType,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** A field as it was written, with the types of all fields above that stand under the same names. */
export interface Written {
  key: string;
  name: string;
  args: string;
  type: GraphQLOutputType;
  /** From the root down to the type it is selected on. */
  parents: readonly GraphQLCompositeType[];
}

/** Two selections that no one object can answer both. */
const exclusive = (a: Written, b: Written): boolean =>
  a.parents.some((type, i) => {
    const other = b.parents[i];
    return type !== other && isObjectType(type) && isObjectType(other);
  });

function sameShape(a: GraphQLOutputType, b: GraphQLOutputType): boolean {
  if (isNonNullType(a) !== isNonNullType(b)) return false;
  const [x, y] = [getNullableType(a), getNullableType(b)];
  if (isListType(x) || isListType(y)) return isListType(x) && isListType(y) && sameShape(x.ofType, y.ofType);
  return isLeafType(x) || isLeafType(y) ? x === y : true;
}

/** Fields of all selection sets that are answered as one, by the names they are answered under. Source: FieldsInSetCanMerge. */
export class Scope {
  readonly #fields = new Map<string, Written[]>();
  readonly #below = new Map<string, Scope>();

  takes(field: Written): boolean {
    return (this.#fields.get(field.key) ?? []).every(
      (other) =>
        sameShape(field.type, other.type) &&
        (exclusive(field, other) || (field.name === other.name && field.args === other.args)),
    );
  }

  /** @returns the scope of its own selections. */
  add(field: Written): Scope {
    const fields = this.#fields.get(field.key);
    if (fields) fields.push(field);
    else this.#fields.set(field.key, [field]);
    return this.below(field.key);
  }

  below(key: string): Scope {
    let scope = this.#below.get(key);
    if (!scope) this.#below.set(key, (scope = new Scope()));
    return scope;
  }
}
