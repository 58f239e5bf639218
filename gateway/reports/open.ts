import { tiersOf } from '../../policy/tiers.ts';
import type { Grant } from '../../records/grant.ts';
import type { Snapshot, SnapshotItem } from '../../records/snapshot.ts';

/**
 * Which items are open to a grant, as agencies read records under it: what is not open cannot be said to be absent, and the report says that it
 * is not included. An item whose time is over opens no scope but its subject's own.
 */
export function openTo(grant: Grant, snapshot: Snapshot): (item: SnapshotItem) => boolean {
  const { scope, district } = grant;
  const within = (item: SnapshotItem) => district === undefined || item.jurisdiction === district;
  switch (scope.kind) {
    case 'SELF':
      return within;
    case 'PUBLIC':
      return (item) =>
        within(item) && item.inForce && !item.aboutPersons && tiersOf('PUBLIC').includes(item.tier);
    case 'MATTER': {
      const matter = [...snapshot.matters.values()].find(({ id }) => id === scope.matter);
      const items = new Set(matter?.items);
      return (item) =>
        within(item) && item.inForce && items.has(item.id) && tiersOf('MATTER').includes(item.tier);
    }
    case 'AUTHORIZED': {
      const beside = openTo({ ...grant, scope: scope.beside }, snapshot);
      const items = new Set(scope.items);
      return (item) => (within(item) && items.has(item.id)) || beside(item);
    }
    case 'REFERENCE':
      return () => false;
  }
}
