import type { DisclosureTier } from './terms.ts';

/**
 * 披露范围: what a look is based on. `PUBLIC`: nothing shown. `MATTER`: an officer inside the item scope of an
 * application matter (应用事项). `SELF`: the subject itself, or someone it authorized in writing, within that
 * authorization.
 */
export type Scope = 'PUBLIC' | 'MATTER' | 'SELF';

const TIERS: Record<Scope, readonly DisclosureTier[]> = {
  PUBLIC: ['PUBLIC'],
  MATTER: ['PUBLIC', 'SHARED'],
  SELF: ['PUBLIC', 'SHARED', 'AUTHORIZED'],
};

/**
 * Tiers visible within a scope. A wider scope never loses what a narrower one sees. Source: NT-19, SH-16,
 * JS-14.
 */
export function tiersOf(scope: Scope): readonly DisclosureTier[] {
  return TIERS[scope];
}
