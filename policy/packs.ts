import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { isDate } from './dates.ts';
import type { Message } from './message.ts';

/**
 * A pack: the rules of one jurisdiction, figures with the article each comes from. One file in
 * `jurisdictions/` is one pack; adding a city is adding a file. A rule that a file leaves out is its
 * parent's.
 */

const day = z.string().refine(isDate, 'not a day written YYYY-MM-DD');
const term = z.string().regex(/^P\d+[YMD]$/, 'not a period such as P5Y');

/**
 * 查询期限: how long negative information may be shown, by degree, and from when it counts. `source` is the
 * provision's id.
 */
const retention = z.strictObject({
  from: z.enum(['DETERMINATION', 'END_OF_CONDUCT']),
  terms: z.strictObject({ MINOR: term, GENERAL: term, SEVERE: term }),
  source: z.string().min(1),
});

/** What a child may leave to its parent. A new kind of rule is a new key here. */
const rules = z.strictObject({ retention });

const packFile = z.strictObject({
  code: z.string().regex(/^\d{6}(?:-[a-z]+)?$/, 'not a division code such as "310000"'),
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  parent: z.string().nullable().default(null),
  inForce: z
    .strictObject({ from: day.nullable().optional(), to: day.optional() })
    .default({})
    .refine(({ from, to }) => !from || !to || from <= to, 'ends before it begins'),
  ...rules.partial().shape,
});

type PackFile = z.infer<typeof packFile>;

export type Retention = z.infer<typeof retention>;
export type Rules = z.infer<typeof rules>;

/** The rules of a jurisdiction (GB/T 2260 code) on some day, inherited ones included. */
export type Pack = Rules & { code: string; name: Message; parent: string | null };

/** Packs by code, and the rules in force on a day. */
export interface Packs {
  codes(): string[];
  on(code: string, date: string): Pack | null;
}

/**
 * Reads every *.yaml of a folder. `inForce` has the first and the last day; no first day: since ever; `from:
 * null`: not in force. Throws an Error naming file and key for a file that does not fit, an unknown parent,
 * parents in a circle, or a rule that neither a file nor a parent states.
 */
export function loadPacks(folder: string): Packs {
  const files = new Map<string, PackFile>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
    const pack = readPack(folder, name);
    files.set(pack.code, pack);
  }
  for (const pack of files.values()) checkLine(pack, files);
  return {
    codes: () => [...files.keys()].sort(),
    on: (code, date) => {
      const own = files.get(code);
      const found = own && rulesOn(own, date, files);
      return found ? { code, name: own.name, parent: own.parent, ...found } : null;
    },
  };
}

const packs = loadPacks(join(import.meta.dirname, 'jurisdictions'));

/** Codes of the jurisdictions that have a pack, in order. */
export function jurisdictionCodes(): string[] {
  return packs.codes();
}

/**
 * The rules of a jurisdiction on a day ('YYYY-MM-DD'). Outside its own time a pack with a parent has the
 * parent's rules alone (金山区 before 2023-08-14 and after 2025-08-13). Null: no such jurisdiction, or no rules
 * of its line were in force.
 */
export function packOn(code: string, date: string): Pack | null {
  return packs.on(code, date);
}

function rulesOn(pack: PackFile, date: string, files: ReadonlyMap<string, PackFile>): Rules | null {
  const parent = pack.parent === null ? undefined : files.get(pack.parent);
  const inherited = parent ? rulesOn(parent, date, files) : null;
  if (!isInForce(pack, date)) return inherited;
  const { code: _code, name: _name, parent: _parent, inForce: _inForce, ...own } = pack;
  const merged = rules.safeParse({ ...inherited, ...own });
  return merged.success ? merged.data : null;
}

function isInForce({ inForce: { from, to } }: PackFile, date: string): boolean {
  if (from === null) return false;
  return (from === undefined || from <= date) && (to === undefined || date <= to);
}

function readPack(folder: string, name: string): PackFile {
  let content: unknown;
  try {
    content = parse(readFileSync(join(folder, name), 'utf8'));
  } catch (error) {
    throw new Error(`${name}: not readable as YAML`, { cause: error });
  }
  const read = packFile.safeParse(content);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || '(file)'}: ${message}`);
    throw new Error(`${name}: ${faults.join('; ')}`);
  }
  if (name !== `${read.data.code}.yaml`)
    throw new Error(`${name}: code: is ${read.data.code}, not the name of the file`);
  return read.data;
}

/** A line of parents must end, and between them state every rule. */
function checkLine(pack: PackFile, files: ReadonlyMap<string, PackFile>): void {
  const line: PackFile[] = [pack];
  for (let last = pack; last.parent !== null; ) {
    const parent = files.get(last.parent);
    if (!parent) throw new Error(`${last.code}.yaml: parent: there is no ${last.parent}.yaml`);
    if (line.includes(parent)) throw new Error(`${pack.code}.yaml: parent: is its own ancestor`);
    line.push(parent);
    last = parent;
  }
  for (const key of rules.keyof().options) {
    if (line.every((one) => one[key] === undefined)) {
      throw new Error(`${pack.code}.yaml: ${key}: is missing, and no parent has it`);
    }
  }
}
