import {
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  Kind,
  OperationTypeNode,
  TypeInfo,
  getNamedType,
  isObjectType,
  isInterfaceType,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { FieldNode } from 'graphql';
import { refusal } from '../../records/errors.ts';

/** What policy needs to know of an operation before anything is read. */
export interface OperationShape {
  mutation: boolean;
  /** True where a subject or a record could be in the answer: then a purpose is needed, and a journal entry. */
  subjects: boolean;
  /** True where what a unit has to do by law could be in the answer: a journal entry, and a purpose for all but that unit. */
  duties: boolean;
  /** Names of the root fields. */
  roots: ReadonlySet<string>;
  /** Nodes of `subject(code, name)`, whose arguments decide what the public may learn of a natural person. */
  named: readonly FieldNode[];
  /** Nodes of `grantAuthorization`, which name the subject that authorizes by its code. */
  authorizing: readonly FieldNode[];
  /** A text in it holds a NUL. */
  lostCharacters: boolean;
}

/**
 * Reads an operation's shape over all its fragments. It looks at every field that could be selected, skipped or not: more than will be
 * answered, never less.
 */
export function operationShape(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationShape {
  const roots = new Set<string>();
  const named: FieldNode[] = [];
  const authorizing: FieldNode[] = [];
  let subjects = false;
  let duties = false;
  let lostCharacters = false;
  const rootType =
    operation.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
  const info = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(info, {
    Field(node) {
      const parent = info.getParentType();
      const type = info.getType();
      if (parent && parent === rootType) {
        roots.add(node.name.value);
        if (TELLING_ROOTS.includes(node.name.value)) subjects = true;
        if (node.name.value === 'subject') named.push(node);
        if (node.name.value === 'grantAuthorization') authorizing.push(node);
      }
      if (type && leadsToSubjects(getNamedType(type))) subjects = true;
      if (type && leadsTo(getNamedType(type), isDuty)) duties = true;
    },
    StringValue(node) {
      if (node.value.includes('\u0000')) lostCharacters = true;
    },
  });
  visit(operation, visitor);
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) visit(definition, visitor);
  return {
    mutation: operation.operation === OperationTypeNode.MUTATION,
    subjects,
    duties,
    roots,
    named,
    authorizing,
    lostCharacters,
  };
}

/** Besides records: what tells of a subject. */
const OF_SUBJECTS = [
  'Subject',
  'ArchivedRecord',
  'QuarantinedRow',
  'Authorization',
  'RepairNotice',
  'ReviewedEntry',
  'StandingCheck',
  'StandingHit',
  'BatchResult',
  'CreditReport',
  'Change',
  'ChangedRecord',
  'WatchList',
  'Alert',
];

/** Roots that tell of a subject whatever is selected: by a bare yes or no, or by what is made. */
const TELLING_ROOTS = ['verifyFact', 'makeCreditReport'];

const isSubjectData = (type: unknown): boolean =>
  isObjectType(type)
    ? OF_SUBJECTS.includes(type.name) || type.getInterfaces().some((i) => i.name === 'CreditRecord')
    : isInterfaceType(type) && type.name === 'CreditRecord';

/**
 * Objections to a unit's records, what it is told of them, and the measures that it has to take: most units that provide information have no
 * matter to name.
 */
const OF_DUTY = [
  'ObjectionCase',
  'Notice',
  'RepairApplication',
  'DeletionRequest',
  'MeasureTask',
  'MeasureCase',
];

const isDuty = (type: unknown): boolean => isObjectType(type) && OF_DUTY.includes(type.name);

/** A list tells of what is in it by its count and cursors alone, without anything of it being selected. */
function leadsTo(type: unknown, what: (type: unknown) => boolean): boolean {
  if (what(type)) return true;
  const nodes = isObjectType(type) ? type.getFields()['nodes'] : undefined;
  return nodes !== undefined && what(getNamedType(nodes.type));
}

const leadsToSubjects = (type: unknown): boolean => leadsTo(type, isSubjectData);

/**
 * No database takes a NUL: one in an argument would look like an agency that is down.
 * @throws BAD_USER_INPUT
 */
export function refuseLostCharacters(shape: OperationShape, variables: Record<string, unknown>): void {
  if (!shape.lostCharacters && !holdsNul(variables)) return;
  throw refusal('BAD_USER_INPUT', { zh: '文字中含有空字符（NUL）', en: 'a text holds a NUL character' });
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000');
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNul);
}
