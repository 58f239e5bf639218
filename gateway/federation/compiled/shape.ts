import {
  type CompositeType,
  type Operation,
  type Schema,
  type Selection,
  type SelectionSet,
  type Type,
  Variable,
  isCompositeType,
  isCustomScalarType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isSubtype,
} from '@apollo/federation-internals';
import type { Data } from './requires.ts';
import { Unsupported, refuseInherited } from './unsupported.ts';

/** What does not fit its type, so that a null has to rise or an error to be told: stock's own shaping takes over. */
export const MISFIT = Symbol('misfit');

/** Gives a value the form that the client asked for, or MISFIT. */
type Shape = (value: unknown) => unknown;

type Variables = Record<string, unknown>;

export interface CompiledResponse {
  /** The answer in the form that the client asked for, or MISFIT. */
  shape: (data: Data, variables: Variables) => unknown;
  /** Whether these variables are covered: a condition that has a default may be given a null, of which stock makes an error. */
  covers: (variables: Variables) => boolean;
}

/** Beyond this many conditions of @skip and @include their combinations are not worth compiling. */
const MAX_CONDITIONS = 4;

/**
 * The answer's form, compiled once per operation and per combination of its conditions. It follows `computeResponse` of @apollo/gateway
 * selection by selection; where a value does not fit its type it gives up, and `computeResponse` itself is asked.
 */
export function compileResponse(operation: Operation, defaults: Variables): CompiledResponse {
  const schema = operation.schema();
  const root = schema.schemaDefinition.rootType(operation.rootKind);
  if (!root) throw new Unsupported(operation.rootKind);
  const conditions = conditionsOf(operation.selectionSet);
  if (conditions.length > MAX_CONDITIONS) throw new Unsupported('conditions');
  const compiled = new Map<number, Shape>();
  const compile = (variables: Variables): Shape =>
    new Compiler(schema, variables).object(root, [operation.selectionSet]);
  // What cannot be compiled shows before anything is asked.
  compile(Object.fromEntries(conditions.map((name) => [name, true])));

  const shape = (data: Data, variables: Variables): unknown => {
    let key = 0;
    for (const name of conditions) key = key * 2 + ((variables[name] ?? defaults[name]) ? 1 : 0);
    let shaped = compiled.get(key);
    if (!shaped) compiled.set(key, (shaped = compile({ ...defaults, ...variables })));
    return shaped(data);
  };
  return { shape, covers: (variables) => conditions.every((name) => variables[name] !== null) };
}

/** Names of the variables that @skip and @include go by. @throws Unsupported for what no shape is made of. */
function conditionsOf(selections: SelectionSet): string[] {
  const names = new Set<string>();
  const walk = (set: SelectionSet) => {
    for (const selection of set.selections()) {
      if (selection.kind === 'FieldSelection') {
        refuseInherited(selection.element.responseName());
        if (selection.element.definition.isSchemaIntrospectionField()) throw new Unsupported('introspection');
      }
      for (const { condition } of conditionsAt(selection)) {
        if (condition instanceof Variable) names.add(condition.name);
      }
      if (selection.selectionSet) walk(selection.selectionSet);
    }
  };
  walk(selections);
  return [...names];
}

/** The conditions on one selection, and whether it is there or not when they hold. */
function conditionsAt({ element }: Selection): { condition: unknown; includes: boolean }[] {
  const directives = element.appliedDirectives as readonly { name: string; arguments(): { if?: unknown } }[];
  return directives
    .filter(({ name }) => name === 'skip' || name === 'include')
    .map((directive) => ({ condition: directive.arguments().if, includes: directive.name === 'include' }));
}

interface Field {
  type: Type;
  selections: SelectionSet[];
}

/** `__typename`, and the type that its selection stands on. */
interface TypeName {
  on: CompositeType;
}

class Compiler {
  readonly #schema: Schema;
  readonly #variables: Variables;

  constructor(schema: Schema, variables: Variables) {
    this.#schema = schema;
    this.#variables = variables;
  }

  /** An object of a composite type: which selections apply depends on the type that it names, and on whether it names one. */
  object(type: CompositeType, selections: readonly SelectionSet[]): Shape {
    const unnamed = this.#fields(type, false, selections);
    const named = new Map<string, Shape>();
    return (value) => {
      if (typeof value !== 'object' || value === null) return MISFIT;
      const name = (value as Data)['__typename'];
      if (name === undefined) return unnamed(value);
      if (typeof name !== 'string') return MISFIT;
      let shape = named.get(name);
      if (!shape) {
        const actual = this.#schema.type(name);
        if (!actual || !isCompositeType(actual)) return MISFIT;
        named.set(name, (shape = this.#fields(actual, true, selections)));
      }
      return shape(value);
    };
  }

  #fields(type: CompositeType, named: boolean, selections: readonly SelectionSet[]): Shape {
    const fields = new Map<string, Field | TypeName>();
    for (const set of selections) this.#collect(set, named ? type : null, type, fields);
    const keys = [...fields.keys()];
    const shapes = [...fields.values()].map((field) =>
      'on' in field ? typeName(type, named, field.on) : this.#value(field.type, field.selections),
    );
    return (value) => {
      const answer: Data = {};
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as string;
        const shaped = (shapes[i] as Shape)((value as Data)[key]);
        if (shaped === MISFIT) return MISFIT;
        answer[key] = shaped;
      }
      return answer;
    };
  }

  /** @param actual the type that the object names, null where it names none. @param parent the type that the selections stand on. */
  #collect(
    set: SelectionSet,
    actual: CompositeType | null,
    parent: CompositeType,
    fields: Map<string, Field | TypeName>,
  ): void {
    for (const selection of set.selections()) {
      if (this.#skipped(selection)) continue;
      if (selection.kind === 'FragmentSelection') {
        const condition = selection.element.typeCondition;
        if (condition && !isSubtype(condition, actual ?? parent)) continue;
        this.#collect(selection.selectionSet, actual, condition ?? parent, fields);
        continue;
      }
      const { element } = selection;
      const name = element.responseName();
      if (element.name === '__typename') {
        if (!fields.has(name)) fields.set(name, { on: parent });
        continue;
      }
      const field = fields.get(name);
      if (field && 'selections' in field && selection.selectionSet)
        field.selections.push(selection.selectionSet);
      if (field) continue;
      const { type: fieldType } = element.definition;
      fields.set(name, {
        type: fieldType as Type,
        selections: selection.selectionSet ? [selection.selectionSet] : [],
      });
    }
  }

  #skipped(selection: Selection): boolean {
    return conditionsAt(selection).some(({ condition, includes }) => {
      const holds = condition instanceof Variable ? this.#variables[condition.name] : condition;
      return (holds === true) !== includes;
    });
  }

  #value(type: Type, selections: readonly SelectionSet[]): Shape {
    if (isNonNullType(type)) {
      const inner = this.#value(type.ofType, selections);
      return (value) => (value === null || value === undefined ? MISFIT : inner(value));
    }
    if (isListType(type)) {
      const inner = this.#value(type.ofType, selections);
      return (value) => {
        if (value === null || value === undefined) return null;
        if (!Array.isArray(value)) return MISFIT;
        const answer = new Array<unknown>(value.length);
        for (let i = 0; i < value.length; i++) {
          const shaped = value[i] === undefined ? MISFIT : inner(value[i]);
          if (shaped === MISFIT) return MISFIT;
          answer[i] = shaped;
        }
        return answer;
      };
    }
    const inner = isCompositeType(type) ? this.object(type, selections) : this.#leaf(type);
    return (value) => (value === null || value === undefined ? null : inner(value));
  }

  #leaf(type: Type): Shape {
    if (isCustomScalarType(type)) return (value) => value;
    if (isEnumType(type)) {
      const names = new Set<unknown>(type.values.map(({ name }) => name));
      return (value) => (names.has(value) ? value : MISFIT);
    }
    if (type === this.#schema.stringType()) return (value) => (typeof value === 'string' ? value : MISFIT);
    if (type === this.#schema.booleanType()) return (value) => (typeof value === 'boolean' ? value : MISFIT);
    if (type === this.#schema.intType()) return (value) => (Number.isSafeInteger(value) ? value : MISFIT);
    if (type === this.#schema.floatType()) return (value) => (Number.isFinite(value) ? value : MISFIT);
    return (value) => (typeof value === 'string' || Number.isSafeInteger(value) ? value : MISFIT);
  }
}

/**
 * The name of an object's type. A subgraph that says otherwise is for stock to judge, and so is one that leaves it out where only an
 * abstract type is known.
 */
function typeName(type: CompositeType, named: boolean, on: CompositeType): Shape {
  const known = named ? type : on;
  const usual = isObjectType(known) ? known.name : MISFIT;
  return (value) => (value === undefined || value === null || value === usual ? usual : MISFIT);
}
