import {
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';

/** A column of a record's table, which is also a field of its GraphQL type. */
export interface RecordColumn {
  /** GraphQL field. */
  field: string;
  /** Column name in the database. */
  column: string;
  type: 'text' | 'date' | 'decimal' | 'int' | 'boolean' | 'uuid';
  /** The official term, from the SDL description. */
  comment: string;
  /** Of an enum: its values with their official terms. */
  values?: readonly { value: string; term: string }[];
  /** Another subject, kept by its pseudonymous id. */
  isSubject?: true;
}

/**
 * One type of credit record: its GraphQL type, its place on `Subject`, its table and the columns of its own. All of it follows from the
 * SDL, so that contract, table and resolvers cannot disagree.
 */
export interface RecordKind {
  type: string;
  /** Its Relay connection is `${connection}Connection`. */
  connection: string;
  /** Field of `Subject`. */
  field: string;
  /** True where `Subject` shows just the newest one, such as `registration`. */
  single: boolean;
  table: string;
  comment: string;
  columns: readonly RecordColumn[];
  /**
   * What makes two submissions the same fact, besides type, jurisdiction and subject: common or own fields by name. The same fact has
   * the same id by whichever route it comes [NT-16].
   */
  identity: readonly string[];
  /** A later submission with other content takes the place of the earlier one, as a registration does; any other record needs `correctRecord`. */
  renewed: boolean;
  /** Own fields by which records are looked up whoever their subject is: each has an index. */
  lookups: readonly string[];
}

export interface KindOptions {
  identity?: readonly string[];
  renewed?: boolean;
  lookups?: readonly string[];
}

export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`).replace(/^_/, '');

const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

const COLUMN_TYPES: Record<string, RecordColumn['type']> = {
  String: 'text',
  Date: 'date',
  Decimal: 'decimal',
  Int: 'int',
  Boolean: 'boolean',
  ID: 'uuid',
  Subject: 'uuid',
};

type Enums = ReadonlyMap<string, NonNullable<RecordColumn['values']>>;

const valuesOf = (definition: EnumTypeDefinitionNode): NonNullable<RecordColumn['values']> =>
  (definition.values ?? []).map((v) => ({ value: v.name.value, term: v.description?.value ?? v.name.value }));

function column(field: FieldDefinitionNode, enums: Enums): RecordColumn {
  const named = namedType(field.type);
  const values = enums.get(named);
  const type = values ? 'text' : COLUMN_TYPES[named];
  if (!type) throw new Error(`${field.name.value}: no column type for ${named}`);
  return {
    field: field.name.value,
    column: snakeCase(field.name.value),
    type,
    comment: field.description?.value ?? field.name.value,
    ...(values && { values }),
    ...(named === 'Subject' && { isSubject: true as const }),
  };
}

/**
 * The record kinds of a subgraph, from its SDL.
 * @param options by type: which fields identify a fact; `documentNumber` and `determinedOn` where left out.
 */
export function recordKinds(sdl: DocumentNode, options: Record<string, KindOptions> = {}): RecordKind[] {
  const objects = sdl.definitions.filter(
    (d): d is ObjectTypeDefinitionNode => d.kind === Kind.OBJECT_TYPE_DEFINITION,
  );
  const enums: Enums = new Map(
    sdl.definitions.flatMap((d) =>
      d.kind === Kind.ENUM_TYPE_DEFINITION ? [[d.name.value, valuesOf(d)] as const] : [],
    ),
  );
  const shared = sdl.definitions.find(
    (d) => d.kind === Kind.INTERFACE_TYPE_DEFINITION && d.name.value === 'CreditRecord',
  );
  if (shared?.kind !== Kind.INTERFACE_TYPE_DEFINITION) throw new Error('the SDL has no CreditRecord');
  const common = new Set(shared.fields?.map((f) => f.name.value));
  const subject = objects.find((o) => o.name.value === 'Subject');
  const connections = objects.flatMap((o) => {
    const nodes = o.fields?.find((f) => f.name.value === 'nodes');
    return nodes ? [{ name: o.name.value, node: namedType(nodes.type) }] : [];
  });
  return objects
    .filter((o) => o.interfaces?.some((i) => i.name.value === 'CreditRecord'))
    .map((o) => {
      const type = o.name.value;
      const connection = connections.find((c) => c.node === type)?.name;
      const place = subject?.fields?.find((f) => [type, connection].includes(namedType(f.type)));
      if (!connection || !place) throw new Error(`Subject has no field for ${type}`);
      const own = (o.fields ?? []).filter((f) => !common.has(f.name.value));
      return {
        type,
        connection: connection.replace(/Connection$/, ''),
        field: place.name.value,
        single: namedType(place.type) === type,
        table: snakeCase(type),
        comment: o.description?.value ?? type,
        columns: own.map((f) => column(f, enums)),
        identity: options[type]?.identity ?? ['documentNumber', 'determinedOn'],
        renewed: options[type]?.renewed ?? false,
        lookups: options[type]?.lookups ?? [],
      };
    });
}

/** Table of the records of a kind that are past their term. */
export const archiveTable = ({ table }: RecordKind): string => `${table}_archive`;
