import { writeFileSync } from 'node:fs';
import { conformance } from './document.ts';
import { namedTests } from './named.ts';
import { readProvisions } from './provisions.ts';
import { readResults } from './results.ts';

writeFileSync(
  new URL('../docs/conformance.md', import.meta.url),
  conformance(readProvisions(), namedTests(), readResults()),
);
