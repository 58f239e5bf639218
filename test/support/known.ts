import { citizenIdOf, usccOf } from '../../policy/identifiers/code.ts';

/** Units of the catalogue that comes with the project. */
export const UNIT = {
  market: '11310116MBY011166U',
  enforcement: '11310116MBY0511681',
  construction: '11310116MBY071169K',
  personnel: '11310116MBY081164U',
  court: '11310116MBY161164Y',
  center: '12310116MBY17116X1',
} as const;

/** Matters with their units. `recruitment` and `quality` concern natural persons. */
export const MATTER = {
  licence: '310116-approval-licence',
  supervision: '310116-supervision-market',
  discretion: '310116-penalty-discretion',
  tender: '310116-tender-bidder',
  recruitment: '310116-recruitment-officer',
  quality: '310116-supervision-quality',
} as const;

/** Valid codes that belong to nobody, one a number. */
export const firmCode = (n: number): string => usccOf(`91310116M${String(n).padStart(7, '0')}0`);
export const personCode = (n: number): string => citizenIdOf(`31011619850701${String(n).padStart(3, '0')}`);
