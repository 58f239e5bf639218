import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Message } from './message.ts';
import { nameKey } from './names.ts';

/** 信息内容 about natural persons that a pack may prohibit, or bind to the person's written consent. Source: SH-14, NT-14, ZD-17. */
export const RECORD_CONTENTS = [
  'RELIGION',
  'GENES',
  'FINGERPRINTS',
  'BLOOD_TYPE',
  'MEDICAL_HISTORY',
  'INCOME',
  'DEPOSITS',
  'SECURITIES',
  'COMMERCIAL_INSURANCE',
  'REAL_ESTATE',
  'TAX_AMOUNTS',
] as const;
export type RecordContent = (typeof RECORD_CONTENTS)[number];

const words = z.array(z.string().min(1)).default([]);
const vocabulary = z
  .record(
    z.enum(RECORD_CONTENTS),
    z.strictObject({
      name: z.strictObject({ zh: z.string(), en: z.string() }),
      always: words,
      ofPersons: words,
      inText: words,
      inTextOfPersons: words,
    }),
  )
  .parse(parse(readFileSync(join(import.meta.dirname, 'contents.yaml'), 'utf8')));

/** What people call it. */
export const contentName = (content: RecordContent): Message => vocabulary[content].name;

/** Which of these contents a name speaks of: of an item, or of a column. */
export function contentOfName(
  name: string,
  aboutPersons: boolean,
  among: readonly RecordContent[],
): RecordContent | null {
  const key = nameKey(name);
  const speaks = (word: string) => key.includes(nameKey(word));
  return (
    among.find((content) => {
      const { always, ofPersons } = vocabulary[content];
      return always.some(speaks) || (aboutPersons && ofPersons.some(speaks));
    }) ?? null
  );
}

/** What a running text seems to speak of, and the word by which it was recognized. Whether it does is for a person to say. */
export interface Suspicion {
  content: RecordContent;
  word: string;
}

const escaped = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Looks through running texts for these contents: one pass over each text, however many words there are. */
export function textScreen(
  among: readonly RecordContent[],
  aboutPersons: boolean,
): (text: string) => Suspicion | null {
  const contentOf = new Map(
    among.flatMap((content) => {
      const { inText, inTextOfPersons } = vocabulary[content];
      const spoken = aboutPersons ? [...inText, ...inTextOfPersons] : inText;
      return spoken.map((word): [string, RecordContent] => [word, content]);
    }),
  );
  if (contentOf.size === 0) return () => null;
  const any = new RegExp([...contentOf.keys()].map(escaped).join('|'), 'i');
  return (text) => {
    const word = any.exec(text)?.[0].toLowerCase();
    const content = word && contentOf.get(word);
    return content ? { content, word } : null;
  };
}
