import type { Packs } from '../../../policy/packs/packs.ts';
import { tiersOf } from '../../../policy/tiers.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { refusal } from '../../../records/errors.ts';
import type { Snapshot, SnapshotItem } from '../../../records/snapshot.ts';
import type { RecipientRow } from '../recipients/recipients.ts';

/** What a caller may be told of, besides what its recipient is given. */
interface Base {
  /** Names the scope, for positions. */
  name: string;
  /** Items that the scope names, open or not. */
  items: readonly SnapshotItem[];
  opens: (item: SnapshotItem) => boolean;
  isPublic: boolean;
}

/** What of the order of changes a recipient is given on a day, for one of its matters. */
export interface FeedScope {
  /** Names it: positions of one feed are of no use in another. */
  feed: string;
  /** Numbers of items, and whether their records are told of, or only what becomes of their disclosure. */
  items: number[];
  open: boolean[];
  jurisdictions: string[];
  /** Whether records that are withheld from the public are left out. */
  isPublic: boolean;
  today: string;
}

/** @throws PURPOSE_REQUIRED, FORBIDDEN */
export function readingUnit({ grant: { caller, scope } }: SubgraphContext): string {
  if ((caller.role !== 'agency' && caller.role !== 'service') || caller.unit === null) {
    throw refusal('FORBIDDEN', {
      zh: '仅限接收单位（agency、service 角色）',
      en: 'for units that are recipients (roles agency and service)',
    });
  }
  if (scope.kind === 'REFERENCE') {
    throw refusal('PURPOSE_REQUIRED', {
      zh: '接收信息变更须说明用途（extensions.purpose 或 Query-Purpose）',
      en: 'changes need a purpose (extensions.purpose or Query-Purpose)',
    });
  }
  return caller.unit;
}

function baseOf({ grant, snapshot }: SubgraphContext): Base {
  const scope = grant.scope.kind === 'AUTHORIZED' ? grant.scope.beside : grant.scope;
  if (scope.kind === 'MATTER') {
    const matter = [...snapshot.matters.values()].find(({ id }) => id === scope.matter);
    const tiers = tiersOf('MATTER');
    return {
      name: String(scope.matter),
      items: (matter?.items ?? []).flatMap((id) => snapshot.items.get(id) ?? []),
      opens: ({ tier, aboutPersons }) => tiers.includes(tier) && (scope.persons || !aboutPersons),
      isPublic: false,
    };
  }
  const tiers = tiersOf('PUBLIC');
  return {
    name: `public ${grant.matter}`,
    items: scope.kind === 'PUBLIC' ? [...snapshot.items.values()].filter((item) => !item.aboutPersons) : [],
    opens: ({ tier }) => tiers.includes(tier),
    isPublic: true,
  };
}

/** Jurisdictions of the catalogue that are among those named, or under them. */
function within(named: readonly string[], snapshot: Snapshot, packs: Packs, today: string): string[] {
  const all = new Set([...snapshot.items.values()].map(({ jurisdiction }) => jurisdiction));
  return [...all].filter((code) => [code, ...packs.line(code, today)].some((one) => named.includes(one)));
}

/** The matter's scope and the recipient's own bounds together; a credential bound to a district stays in it. */
export function feedScope(recipient: RecipientRow, context: SubgraphContext, packs: Packs): FeedScope {
  const { grant, snapshot } = context;
  const { classes, items: named } = recipient;
  const { name, items, opens, isPublic } = baseOf(context);
  const given = items.filter(
    (item) =>
      (classes === null || classes.includes(item.class)) && (named === null || named.includes(item.code)),
  );
  return {
    feed: `${recipient.unit} ${name}`,
    items: given.map(({ id }) => id),
    open: given.map((item) => item.inForce && opens(item)),
    jurisdictions: within(recipient.jurisdictions, snapshot, packs, grant.today).filter(
      (code) => grant.district === undefined || code === grant.district,
    ),
    isPublic,
    today: grant.today,
  };
}
