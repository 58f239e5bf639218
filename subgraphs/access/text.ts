import { badInput } from '../../records/errors.ts';

/** @returns the text without blanks around it. @throws BAD_USER_INPUT where it is empty, too long, or no single line. */
export function lineOf(argument: string, text: string, most = 200): string {
  const line = text.trim();
  if (line === '') throw badInput(argument, { zh: '不能为空', en: 'must not be empty' });
  if (line.length > most)
    throw badInput(argument, { zh: `最多 ${most} 个字符`, en: `at most ${most} characters` });
  if (/\p{Cc}/u.test(line)) throw badInput(argument, { zh: '含有控制字符', en: 'holds a control character' });
  return line;
}
