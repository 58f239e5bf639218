import { isDate } from '../policy/dates.ts';
import { badInput } from './errors.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be an id at all: any other would be an error of the database. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** @throws BAD_USER_INPUT naming the argument that is no day of the calendar. */
export function dayArgument(argument: string, day: string): string {
  if (!isDate(day)) throw badInput(argument, { zh: '没有这一天', en: 'there is no such day' });
  return day;
}
