import { type DocumentNode, Kind, parse, visit } from 'graphql';
import type { FieldDefinitionNode, ObjectTypeDefinitionNode } from 'graphql';

/** Directives of federation that the agencies' files may use without linking them themselves. */
const HEADER = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@shareable", "@inaccessible", "@composeDirective"])
  @link(url: "https://specs.public-credit.dev/disclosure/v1.0", import: ["@disclosure"])
  @composeDirective(name: "@disclosure")
`;

interface ConnectionName {
  name: string;
  /** Tier of its fields: that of the type where all of it is closed to the public, else PUBLIC. */
  tier: string;
}

/** What `@connection(name: …)` on a type calls its Relay connection, or null. */
function connectionOf(type: ObjectTypeDefinitionNode): ConnectionName | null {
  const directive = type.directives?.find((d) => d.name.value === 'connection');
  if (!directive) return null;
  const argument = (name: string) => directive.arguments?.find((a) => a.name.value === name)?.value;
  const name = argument('name');
  const tier = argument('tier');
  if (name?.kind !== Kind.STRING) throw new Error(`${type.name.value}: @connection needs a name`);
  return { name: name.value, tier: tier?.kind === Kind.ENUM ? tier.value : 'PUBLIC' };
}

const connectionTypes = ({ name, tier }: ConnectionName, node: string): string => `
type ${name}Connection {
  nodes: [${node}!]! @disclosure(tier: ${tier})
  edges: [${name}Edge!]! @disclosure(tier: ${tier})
  pageInfo: PageInfo! @disclosure(tier: ${tier})
  "Of all entries that the caller may see, not of this page."
  totalCount: Int! @disclosure(tier: ${tier})
}
type ${name}Edge {
  cursor: String! @disclosure(tier: ${tier})
  node: ${node}! @disclosure(tier: ${tier})
}
`;

/** Places would keep every token of the source alive as long as the schema, for each collection of garbage to look through. */
const NO_PLACES = { noLocation: true };

/**
 * The full SDL of a subgraph from the files that a person keeps: the federation header is put in front, a type takes over
 * the fields of the interfaces it implements, and `@connection(name: "Penalty")` becomes `PenaltyConnection` and
 * `PenaltyEdge`. So a record type lists only what is its own, and no two of them can drift apart.
 */
export function expand(...sources: string[]): DocumentNode {
  const document = parse(HEADER + sources.join('\n'), NO_PLACES);
  const interfaces = new Map<string, readonly FieldDefinitionNode[]>();
  const connections: string[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION)
      interfaces.set(definition.name.value, definition.fields ?? []);
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      const connection = connectionOf(definition);
      if (connection) connections.push(connectionTypes(connection, definition.name.value));
    }
  }
  const whole = {
    ...document,
    definitions: [
      ...document.definitions,
      ...(connections.length ? parse(connections.join(''), NO_PLACES).definitions : []),
    ],
  };
  return visit(whole, {
    ObjectTypeDefinition: (type) => {
      const own = type.fields ?? [];
      const inherited = (type.interfaces ?? []).flatMap((i) => interfaces.get(i.name.value) ?? []);
      const fields = [...inherited.filter((f) => !own.some((o) => o.name.value === f.name.value)), ...own];
      return { ...type, fields, directives: type.directives?.filter((d) => d.name.value !== 'connection') };
    },
  });
}
