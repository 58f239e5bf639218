import type { Packs } from '../../policy/packs/packs.ts';
import type { ChecksParts } from '../checks/parts.ts';

/** What reports stand on: the same doors to the agencies as any query, under the same grants, and the packs. */
export interface ReportParts extends Pick<ChecksParts, 'transports' | 'pseudonym' | 'today'> {
  packs: Packs;
}
