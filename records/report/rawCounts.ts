import type { Grant } from '../grant.ts';

/**
 * Whether a reader of figures that are kept for daily work is told those about natural persons, however few. The unit whose they are and the
 * center, which both know the rows, are. The authority oversees: of persons it is told by the operating report alone, which withholds what
 * could reveal one [SP-stat]. Figures of chosen days and units cannot be guarded like that: two that overlap tell their difference.
 */
export const readsRawCounts = ({ caller }: Pick<Grant, 'caller'>): boolean => caller.role !== 'authority';
