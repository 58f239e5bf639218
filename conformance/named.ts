import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@babel/parser';

/** A test as its file names it. */
export interface NamedTest {
  /** From the project's folder. */
  file: string;
  /** Names of the groups around it and its own, as written: `%s` and `$name` stand for what a table fills in, `…` for what is computed. */
  names: string[];
  /** Provisions that it carries. */
  ids: string[];
}

export const PROJECT = join(import.meta.dirname, '..');

/** [SH-27] */
const CARRIED = /\[([A-Z]{2,3}-(?:\d+[a-z]?|[a-z][a-z-]*))\]/g;
const ID = /^[A-Z]{2,3}-(?:\d+[a-z]?|[a-z][a-z-]*)$/;

export const idsIn = (text: string): string[] => [...text.matchAll(CARRIED)].map(([, id]) => id as string);

const GROUPS = new Set(['describe']);
const TESTS = new Set(['test', 'it']);

/** Every test under test/ that carries a provision in its name, by file and place. */
export function namedTests(): NamedTest[] {
  return readdirSync(join(PROJECT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:test|pages)\.ts$/.test(path))
    .sort()
    .flatMap((path) => testsOf(join('test', path)));
}

interface Node {
  type: string;
  [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** `test('…')`, `test.each(table)('…')`: which it is, and its table. */
function called(callee: unknown): { word: string; table: Node | null } | null {
  if (!isNode(callee)) return null;
  if (callee.type === 'Identifier') return { word: callee['name'] as string, table: null };
  if (callee.type === 'MemberExpression') return called(callee['object']);
  if (callee.type !== 'CallExpression') return null;
  const inner = called(callee['callee']);
  const [table] = callee['arguments'] as unknown[];
  return inner && { ...inner, table: isNode(table) ? table : null };
}

/** The name as written; null where none of it is. */
function nameIn(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === 'StringLiteral') return node['value'] as string;
  if (node.type !== 'TemplateLiteral') return null;
  return (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…');
}

function testsOf(file: string): NamedTest[] {
  const { program } = parse(readFileSync(join(PROJECT, file), 'utf8'), {
    sourceType: 'module',
    plugins: ['typescript'],
  });
  const constants = new Map<string, Node>();
  const found: NamedTest[] = [];

  /** Provisions that a table names: as `[SH-27]` in a text, or `SH-27` for a name with `[%s]` or `[$id]`. */
  const inTable = (value: unknown, bare: boolean): string[] => {
    if (Array.isArray(value)) return value.flatMap((one) => inTable(one, bare));
    if (!isNode(value) || /Function|Method/.test(value.type)) return [];
    if (value.type === 'Identifier') return inTable(constants.get(value['name'] as string), bare);
    const text = nameIn(value);
    if (text !== null) return bare && ID.test(text) ? [text] : idsIn(text);
    return Object.values(value).flatMap((one) => (typeof one === 'object' ? inTable(one, bare) : []));
  };

  const visit = (value: unknown, groups: readonly string[], groupIds: readonly string[]): void => {
    if (Array.isArray(value)) return value.forEach((one) => visit(one, groups, groupIds));
    if (!isNode(value)) return;
    if (value.type === 'VariableDeclarator' && isNode(value['init'])) {
      const { name } = value['id'] as { name?: string };
      if (name) constants.set(name, value['init']);
    }
    let names = groups;
    let ids = groupIds;
    const call = value.type === 'CallExpression' ? called(value['callee']) : null;
    const [first] = call ? (value['arguments'] as unknown[]) : [];
    const name = nameIn(first);
    if (call && name !== null && (GROUPS.has(call.word) || TESTS.has(call.word))) {
      names = [...groups, name];
      ids = [...groupIds, ...idsIn(name), ...inTable(call.table, /\[[%$]/.test(name))];
      if (TESTS.has(call.word) && ids.length > 0)
        found.push({ file, names: [...names], ids: [...new Set(ids)] });
    }
    for (const child of Object.values(value)) if (typeof child === 'object') visit(child, names, ids);
  };
  visit(program.body, [], []);
  return found;
}
