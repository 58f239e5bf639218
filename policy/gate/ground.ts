import type { Pack } from '../packs/packs.ts';
import { type CheckMaker, under } from './fact.ts';

/** 列入原因 and 认定依据: the field of each kind of list. */
const GROUND: Readonly<Record<string, string>> = { SevereListing: 'reason', RedListing: 'basis' };

/** Nobody is put on a list of the trustworthy or of the severely dishonest without a ground. Source: SH-24, NT-17. */
export const listingGround: CheckMaker = (recordType, pack) => {
  const field = GROUND[recordType];
  if (field === undefined) return null;
  const refused = { rule: 'NO_GROUND' as const, field, reason: reasonUnder(pack) };
  return ({ own }) => (String(own[field] ?? '').trim() === '' ? refused : null);
};

function reasonUnder({ listPublication }: Pack) {
  const zh = '列入名单应写明认定依据（列入原因）';
  const en = 'an entry of a list states its ground';
  return listPublication ? under(listPublication, zh, en) : { zh, en };
}
