import { type DocumentNode, Kind, parse, visit } from 'graphql';
import type { FieldDefinitionNode, ObjectTypeDefinitionNode } from 'graphql';

/** Directives of federation that the agencies' files may use without linking them themselves. */
const HEADER = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@shareable", "@inaccessible", "@composeDirective"])
  @link(url: "https://specs.public-credit.dev/disclosure/v1.0", import: ["@disclosure"])
  @composeDirective(name: "@disclosure")
`;

/** What `@connection(name: …)` on a type calls its Relay connection, or null. */
function connectionOf(type: ObjectTypeDefinitionNode): string | null {
  const directive = type.directives?.find((d) => d.name.value === 'connection');
  if (!directive) return null;
  const name = directive.arguments?.find((a) => a.name.value === 'name')?.value;
  if (name?.kind !== Kind.STRING) throw new Error(`${type.name.value}: @connection needs a name`);
  return name.value;
}

const connectionTypes = (name: string, node: string): string => `
type ${name}Connection {
  nodes: [${node}!]! @disclosure(tier: PUBLIC)
  edges: [${name}Edge!]! @disclosure(tier: PUBLIC)
  pageInfo: PageInfo! @disclosure(tier: PUBLIC)
  "Of all entries that the caller may see, not of this page."
  totalCount: Int! @disclosure(tier: PUBLIC)
}
type ${name}Edge {
  cursor: String! @disclosure(tier: PUBLIC)
  node: ${node}! @disclosure(tier: PUBLIC)
}
`;

/**
 * Says each field's tier in its description as well: the gateway's introspection shows descriptions but no applied directives, and whoever
 * explores the schema shall see who may see what [NT-19].
 */
export const describeTiers = (document: DocumentNode): DocumentNode =>
  visit(document, {
    FieldDefinition: (field) => {
      const value = field.directives?.find((d) => d.name.value === 'disclosure')?.arguments?.[0]?.value;
      if (value?.kind !== Kind.ENUM) return undefined;
      const tier = `披露 disclosure: ${value.value}`;
      const text = field.description ? `${field.description.value}\n\n${tier}` : tier;
      return { ...field, description: { kind: Kind.STRING, value: text, block: true } };
    },
  });

/**
 * The full SDL of a subgraph from the files that a person keeps: the federation header is put in front, a type takes over
 * the fields of the interfaces it implements, and `@connection(name: "Penalty")` becomes `PenaltyConnection` and
 * `PenaltyEdge`. So a record type lists only what is its own, and no two of them can drift apart.
 */
export function expand(...sources: string[]): DocumentNode {
  const document = parse(HEADER + sources.join('\n'));
  const interfaces = new Map<string, readonly FieldDefinitionNode[]>();
  const connections: string[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) interfaces.set(definition.name.value, definition.fields ?? []);
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      const name = connectionOf(definition);
      if (name) connections.push(connectionTypes(name, definition.name.value));
    }
  }
  const whole = { ...document, definitions: [...document.definitions, ...(connections.length ? parse(connections.join('')).definitions : [])] };
  return visit(whole, {
    ObjectTypeDefinition: (type) => {
      const own = type.fields ?? [];
      const inherited = (type.interfaces ?? []).flatMap((i) => interfaces.get(i.name.value) ?? []);
      const fields = [...inherited.filter((f) => !own.some((o) => o.name.value === f.name.value)), ...own];
      return { ...type, fields, directives: type.directives?.filter((d) => d.name.value !== 'connection') };
    },
  });
}
