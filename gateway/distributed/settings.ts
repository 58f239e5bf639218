import { Problem } from '../../platform/problem.ts';
import type { Settings } from '../../platform/settings.ts';

type Present<K extends keyof Settings> = { [P in K]-?: NonNullable<Settings[P]> };

const variableName = (key: string): string => key.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase();

/** The settings that this part of a distributed installation cannot do without. @throws Problem that names all that are missing. */
export function required<K extends keyof Settings>(settings: Settings, ...keys: K[]): Present<K> {
  const missing = keys.filter((key) => settings[key] === undefined).map(variableName);
  if (missing.length > 0) {
    throw new Problem({
      zh: `请设置 ${missing.join('、')}`,
      en: `these settings are missing: ${missing.join(', ')}`,
    });
  }
  return settings as unknown as Present<K>;
}
