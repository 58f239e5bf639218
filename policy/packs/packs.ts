import { join } from 'node:path';
import type { Message } from '../message.ts';
import { type PackFile, type PackFiles, readPacks, ruleKeysOf } from './files.ts';
import { MANDATORY, type RuleKey, type Rules } from './rules.ts';

/** The rules of a jurisdiction (GB/T 2260 code) on some day, inherited ones included. */
export type Pack = Rules & { code: string; name: Message; parent: string | null };

/** A rule that holds on a day, and why. */
export interface StatedRule {
  key: RuleKey;
  /** Its figures, by name. */
  figures: Record<string, unknown>;
  /** Provision, such as SH-27. */
  source: string;
  article: string;
  document: string;
  /** Code of the pack that states it. */
  statedBy: string;
}

/** What holds in a jurisdiction on a day. */
export interface Jurisdiction {
  code: string;
  name: Message;
  parent: string | null;
  /** First and last day of the jurisdiction's own rules; null: not known, or no end. */
  inForce: { from: string | null; to: string | null };
  /** Whether the jurisdiction's own rules are in force that day, or its parent's alone. */
  ownRulesInForce: boolean;
  rules: StatedRule[];
}

export interface PacksOptions {
  /** More packs, which replace those of the same code. */
  folder?: string;
  /** First days that an operator has set, by code. */
  inForceFrom?: Readonly<Record<string, string>>;
}

const OWN = join(import.meta.dirname, '../jurisdictions');

type Stated = Map<RuleKey, StatedRule>;

/**
 * Packs: the law as data. One file in `jurisdictions/` is one pack, figures with the article each comes from; adding a city is adding a file.
 * A rule that a file leaves out is its parent's; outside its own time a pack with a parent has the parent's rules alone (金山区 before
 * 2023-08-14 and after 2025-08-13). A document that amends a jurisdiction, such as a draft regulation that comes into force, replaces the
 * rules that it states. Source: JS-3, JS-26.
 */
export class Packs {
  readonly #files: PackFiles;
  readonly #kept = new Map<string, Pack | null>();

  /** @throws Error naming file and key, or a code that there is no pack of. */
  constructor({ folder, inForceFrom = {} }: PacksOptions = {}) {
    const files = new Map(readPacks(folder === undefined ? [OWN] : [OWN, folder]));
    for (const [code, from] of Object.entries(inForceFrom)) {
      const file = files.get(code);
      if (!file) throw new Error(`there is no pack ${code} to put in force`);
      if (file.inForce.to !== undefined && from > file.inForce.to)
        throw new Error(`${code} ends on ${file.inForce.to}, before ${from}`);
      files.set(code, { ...file, inForce: { ...file.inForce, from } });
    }
    this.#files = files;
  }

  /** Codes of the jurisdictions that have a pack, in order. */
  codes(): string[] {
    return [...this.#files.values()]
      .filter(({ amends }) => amends === null)
      .map(({ code }) => code)
      .sort();
  }

  /** The rules on a day ('YYYY-MM-DD'). Null: no such jurisdiction, or no rules of its line are in force. */
  on(code: string, date: string): Pack | null {
    const key = `${code} ${date}`;
    let pack = this.#kept.get(key);
    if (pack === undefined) {
      if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
      this.#kept.set(key, (pack = this.#packOn(code, date)));
    }
    return pack;
  }

  /** What holds on a day, rule by rule, and why; null as for `on`. */
  jurisdiction(code: string, date: string): Jurisdiction | null {
    const file = this.#files.get(code);
    if (!file || file.amends !== null) return null;
    const stated = this.#statedOn(file, date);
    if (MANDATORY.some((key) => !stated.has(key))) return null;
    const { from, to } = file.inForce;
    return {
      code,
      name: file.name,
      parent: file.parent,
      inForce: { from: from ?? null, to: to ?? null },
      ownRulesInForce: isInForce(file, date),
      rules: [...stated.values()],
    };
  }

  /** The jurisdiction, its parent, and so on, for as long as rules are in force. */
  line(code: string, date: string): string[] {
    const line: string[] = [];
    for (let one: string | null = code; one !== null; one = this.on(one, date)?.parent ?? null)
      line.push(one);
    return line;
  }

  #packOn(code: string, date: string): Pack | null {
    const found = this.jurisdiction(code, date);
    if (!found) return null;
    const rules = Object.fromEntries(
      found.rules.map(({ key, figures, source, article }) => [key, { ...figures, source, article }]),
    ) as unknown as Rules;
    return { code, name: found.name, parent: found.parent, ...rules };
  }

  #statedOn(file: PackFile, date: string): Stated {
    const parent = file.parent === null ? undefined : this.#files.get(file.parent);
    const stated: Stated = parent ? this.#statedOn(parent, date) : new Map();
    if (isInForce(file, date)) state(file, stated);
    for (const amending of this.#files.values()) {
      if (amending.amends === file.code && isInForce(amending, date)) state(amending, stated);
    }
    return stated;
  }
}

/** Days asked for at a time are few: today, and those of records that are compared. */
const MAX_KEPT = 1_000;

function state(file: PackFile, stated: Stated): void {
  for (const key of ruleKeysOf(file)) {
    const { source, article, ...figures } = file[key] as { source: string; article: string };
    stated.set(key, { key, figures, source, article, document: file.document, statedBy: file.code });
  }
}

function isInForce({ inForce: { from, to } }: PackFile, date: string): boolean {
  if (from === null) return false;
  return (from === undefined || from <= date) && (to === undefined || date <= to);
}
