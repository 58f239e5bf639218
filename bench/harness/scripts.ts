import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  scripts: Record<string, string>;
};

/** How an npm script that is one Node program runs it. */
export function scriptOf(name: 'start' | 'start:distributed'): { nodeArgs: string[]; file: string } {
  const [node, ...words] = scripts[name]?.split(' ') ?? [];
  const file = words.at(-1);
  if (node !== 'node' || !file) throw new Error(`the script ${name} is not one program: ${scripts[name]}`);
  return { nodeArgs: words.slice(0, -1), file };
}
