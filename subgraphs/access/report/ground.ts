import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import type { Snapshot } from '../../../records/snapshot.ts';

/** Whatever finds out what a month comes to, and what of it is told. */
const RULES = ['../../../policy/statistics/', '../../../records/report/', './'];

/** Of the rules as they are written: a figure that is kept must not outlive the rule by which it is told, and a version by hand would be forgotten. */
async function digestOfRules(): Promise<string> {
  const digest = createHash('sha256');
  for (const folder of RULES.map((path) => new URL(path, import.meta.url)))
    for (const name of (await readdir(folder)).filter((one) => one.endsWith('.ts')).sort())
      digest.update(await readFile(new URL(name, folder)));
  return digest.digest('base64');
}

let rules: Promise<string> | undefined;
const known = new WeakMap<Snapshot, string>();

/** What figures of a month were worked out by: rules, and where units are. Equal where everything that is told of the same sums is the same. */
export async function groundOf(snapshot: Snapshot): Promise<string> {
  let ground = known.get(snapshot);
  if (ground === undefined) {
    const units = [...snapshot.units.values()].map(({ code, jurisdiction }) => `${code} ${jurisdiction}`);
    const places = units.sort().join();
    ground = createHash('sha256')
      .update(`${await (rules ??= digestOfRules())} ${places}`)
      .digest('base64');
    known.set(snapshot, ground);
  }
  return ground;
}
