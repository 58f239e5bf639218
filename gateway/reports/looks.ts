import type { Grant } from '../../records/grant.ts';
import { ask } from '../checks/parts.ts';
import type { ReportDocument, ReportedLook, ReportedUnit } from './document.ts';
import type { ReportParts } from './parts.ts';

const LOOKS = `query CreditReport($of: [_Any!]!, $after: String) { _entities(representations: $of) { ... on Subject {
  accessHistory(first: 100, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    nodes { at basis unit { code name } channel matter matterName agreedPurpose items { code name } } } } } }`;

/** Looks in a report at most; it says how many there are in all. */
const MOST_LOOKS = 500;

interface History {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: {
    at: string;
    basis: string;
    unit: ReportedUnit | null;
    channel: string;
    matter: string | null;
    matterName: string | null;
    agreedPurpose: string | null;
    items: { code: string; name: string | null }[];
  }[];
}

/** 查询记录 of a person's own report [SR-29b]: as at `accessHistory`, what is lawfully kept back for the time left out. */
export async function looksAt(
  parts: Pick<ReportParts, 'transports'>,
  subject: string,
  grant: Grant,
): Promise<NonNullable<ReportDocument['looks']>> {
  const entries: ReportedLook[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const variables = { of: [{ __typename: 'Subject', id: subject }], after };
    const { data } = await ask(parts, 'access', LOOKS, variables, grant);
    const { accessHistory } = (data['_entities'] as { accessHistory: History }[])[0] as {
      accessHistory: History;
    };
    const { nodes, pageInfo, totalCount } = accessHistory;
    if (after === null) total = totalCount;
    for (const { at, basis, unit, channel, matter, matterName, agreedPurpose, items } of nodes)
      entries.push({
        at,
        basis,
        unit: unit && { code: unit.code, name: unit.name },
        channel,
        purpose: agreedPurpose ?? matterName ?? matter,
        items: items.map(({ code, name }) => name ?? code),
      });
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null && entries.length < MOST_LOOKS);
  return { total, entries: entries.slice(0, MOST_LOOKS) };
}
