import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Message } from '../../policy/message.ts';
import { nameKey } from '../../policy/names.ts';

const words = z.array(z.string().min(1));
const prohibition = z.strictObject({
  zh: z.string(),
  en: z.string(),
  always: words,
  ofPersons: words,
  notNamedIn: z.array(z.string().length(6)).default([]),
});

const prohibitions = z
  .array(prohibition)
  .parse(parse(readFileSync(join(import.meta.dirname, 'data', 'prohibited.yaml'), 'utf8')));

/** Content that may never be collected and that the item's name speaks of; null where there is none. Source: SH-14, NT-14. */
export function prohibitedContent(item: {
  name: string;
  jurisdiction: string;
  aboutPersons: boolean;
}): Message | null {
  const name = nameKey(item.name);
  const found = prohibitions.find(
    ({ always, ofPersons, notNamedIn }) =>
      !notNamedIn.includes(item.jurisdiction) &&
      [...always, ...(item.aboutPersons ? ofPersons : [])].some((word) => name.includes(nameKey(word))),
  );
  return found ? { zh: found.zh, en: found.en } : null;
}
