import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { isDate } from '../dates.ts';
import { MANDATORY, RULE_KEYS, rules } from './rules.ts';

const day = z.string().refine(isDate, 'not a day written YYYY-MM-DD');
const CODE = /^\d{6}(?:-[a-z]+)?$/;
const code = z.string().regex(CODE, 'not a division code such as "310000"');

/** A pack as its file has it: the rules of one jurisdiction, or of one document that amends them. */
const packFile = z.strictObject({
  code,
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  /** The document whose articles the rules name, unless a rule's own article names another. */
  document: z.string().min(1),
  /** 上级: whose rules hold where this pack leaves one out. */
  parent: code.nullable().default(null),
  /** The jurisdiction whose own rules this document replaces while it is in force. */
  amends: code.nullable().default(null),
  /** First and last day. No first day: since ever. `from: null`: not in force. */
  inForce: z
    .strictObject({ from: day.nullable().optional(), to: day.optional() })
    .default({})
    .refine(({ from, to }) => !from || !to || from <= to, 'ends before it begins'),
  ...z.strictObject(rules).partial().shape,
});

export type PackFile = z.infer<typeof packFile>;
export type PackFiles = ReadonlyMap<string, PackFile>;

/**
 * Reads every *.yaml of the folders; a file of a later folder replaces the one of the same name.
 * @throws Error naming file, key and article of what does not fit, an unknown parent, parents in a circle, or a rule that a line of parents
 * does not state.
 */
export function readPacks(folders: readonly string[]): PackFiles {
  const files = new Map<string, PackFile>();
  for (const folder of folders) {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
      const pack = readPack(join(folder, name));
      files.set(pack.code, pack);
    }
  }
  for (const pack of files.values()) checkLine(pack, files);
  return files;
}

function readPack(path: string): PackFile {
  const name = basename(path);
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${name}: not readable as YAML`, { cause: error });
  }
  const read = packFile.safeParse(content);
  if (!read.success) {
    const faults = read.error.issues.map((issue) => {
      const key = issue.path.join('.') || '(file)';
      return `${key}${articleAt(content, issue.path)}: ${issue.message}`;
    });
    throw new Error(`${name}: ${faults.join('; ')}`);
  }
  if (name !== `${read.data.code}.yaml`)
    throw new Error(`${name}: code: is ${read.data.code}, not the name of the file`);
  return read.data;
}

/** ` (SH-27, 第二十七条)`, of the innermost part on the way to the fault that says so much. */
function articleAt(content: unknown, path: readonly PropertyKey[]): string {
  let known: string[] = [];
  let part = content;
  for (const key of path) {
    part = (part as Record<PropertyKey, unknown> | null | undefined)?.[key];
    if (typeof part !== 'object' || part === null) break;
    const { source, article } = part as { source?: unknown; article?: unknown };
    const said = [source, article].filter((one) => typeof one === 'string');
    if (said.length > 0) known = said;
  }
  return known.length > 0 ? ` (${known.join(', ')})` : '';
}

/** A line of parents must end, and between them state what no jurisdiction is without. */
function checkLine(pack: PackFile, files: PackFiles): void {
  const { code: own, amends } = pack;
  const amended = amends === null ? undefined : files.get(amends);
  if (amends !== null && !amended) throw new Error(`${own}.yaml: amends: there is no ${amends}.yaml`);
  if (amended?.amends) throw new Error(`${own}.yaml: amends: ${amended.code}.yaml amends another itself`);
  if (amends !== null && pack.parent !== null)
    throw new Error(`${own}.yaml: parent: an amending document has the parent of what it amends`);
  const line: PackFile[] = [amended ?? pack];
  for (let last = line[0] as PackFile; last.parent !== null; ) {
    const parent = files.get(last.parent);
    if (!parent || parent.amends)
      throw new Error(`${last.code}.yaml: parent: there is no ${last.parent}.yaml`);
    if (line.includes(parent)) throw new Error(`${own}.yaml: parent: is its own ancestor`);
    line.push(parent);
    last = parent;
  }
  for (const key of MANDATORY) {
    if (line.every((one) => one[key] === undefined))
      throw new Error(`${own}.yaml: ${key}: is missing, and no parent has it`);
  }
}

export const ruleKeysOf = (pack: PackFile) => RULE_KEYS.filter((key) => pack[key] !== undefined);
