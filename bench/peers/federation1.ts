import { type DocumentNode, Kind, type ObjectTypeDefinitionNode, parse, print, visit } from 'graphql';

/** The one entity, which registration keeps and all others extend. */
const [ENTITY] = parse('type Subject @key(fields: "id") { id: ID! @external }').definitions as [
  ObjectTypeDefinitionNode,
];

/**
 * A subgraph's SDL as federation 1 has it, which is all that Mercurius reads: without the directives of federation 2 and our own, without
 * fields that no caller sees, and with the subject extended where it is not at home. Whatever else subgraphs share is a value type.
 */
export const federation1 = (sdl: DocumentNode, isHome: boolean): string =>
  print(
    visit(sdl, {
      SchemaExtension: () => null,
      DirectiveDefinition: () => null,
      Directive: () => null,
      FieldDefinition: {
        enter: ({ directives }) =>
          directives?.some(({ name }) => name.value === 'inaccessible') ? null : undefined,
      },
      ObjectTypeExtension: { leave: ({ fields }) => (fields?.length ? undefined : null) },
      ObjectTypeDefinition: {
        leave(type) {
          if (type.name.value !== ENTITY.name.value) return undefined;
          if (isHome) return { ...type, directives: ENTITY.directives };
          const own = type.fields?.filter(({ name }) => name.value !== 'id') ?? [];
          return {
            ...ENTITY,
            kind: Kind.OBJECT_TYPE_EXTENSION,
            fields: [...(ENTITY.fields ?? []), ...own],
          };
        },
      },
    }),
  );
