import { Packs } from '../policy/packs/packs.ts';
import { Problem } from '../platform/problem.ts';
import type { Settings } from '../platform/settings.ts';

/** The packs as an operator has set them. @throws Problem naming file and key of a pack that does not fit. */
export function packsOf({
  jurisdictions,
  jurisdictionsInForce,
}: Pick<Settings, 'jurisdictions' | 'jurisdictionsInForce'>): Packs {
  try {
    return new Packs({ folder: jurisdictions, inForceFrom: jurisdictionsInForce });
  } catch (error) {
    const { message } = error as Error;
    throw new Problem({
      zh: `地区规则有误：${message}`,
      en: `the jurisdictions' rules do not fit: ${message}`,
    });
  }
}
