import { plainBrackets, withoutBlanks } from './plainText.ts';

/** Text by which a stated fact is compared with what is on file: one width, one kind of bracket, no blanks. Nothing else is forgiven. */
export const exactText = (raw: string): string =>
  withoutBlanks(plainBrackets(raw.normalize('NFKC'))).normalize('NFKC');
