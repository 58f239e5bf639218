import { badInput } from '../../records/errors.ts';
import { withoutIdentityNumbers } from '../../records/import/fault.ts';

const DIGEST = /^[0-9a-f]{64}$/i;

/**
 * A text in a person's own words: identity numbers in it are masked, as this database knows no one by code.
 * @throws BAD_USER_INPUT where it is empty or too long
 */
export function freeText(argument: string, text: string | null | undefined, longest: number): string {
  const trimmed = text?.trim() ?? '';
  if (trimmed !== '' && trimmed.length <= longest) return withoutIdentityNumbers(trimmed);
  throw badInput(argument, {
    zh: `须填写，至多 ${longest} 字`,
    en: `is needed, of at most ${longest} characters`,
  });
}

/** @throws BAD_USER_INPUT where it is no SHA-256. */
export function digestOf(argument: string, digest: string): string {
  if (DIGEST.test(digest)) return digest.toLowerCase();
  throw badInput(argument, {
    zh: '应为 64 位十六进制的 SHA-256',
    en: 'must be a SHA-256 of 64 hexadecimal digits',
  });
}
