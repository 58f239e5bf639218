import type { SubgraphContext } from '../../../records/context.ts';
import { refusal } from '../../../records/errors.ts';
import type { Owner } from './lists.ts';

/** Who reads alerts, and how far it may see today. */
export interface Reader extends Owner {
  publicOnly: boolean;
  persons: boolean;
  /** The district that its credential is bound to; null: none. */
  district: string | null;
  today: string;
}

/** @throws FORBIDDEN, PURPOSE_REQUIRED. That the matter is the unit's own and in force the gateway has settled. */
export function readerOf({ grant }: SubgraphContext): Reader {
  const { role, unit } = grant.caller;
  if (unit === null || (role !== 'agency' && role !== 'service'))
    throw refusal('FORBIDDEN', {
      zh: '仅限查询单位和信用服务机构',
      en: 'for units that query, and credit service agencies',
    });
  const scope = grant.scope.kind === 'AUTHORIZED' ? grant.scope.beside : grant.scope;
  const common = { unit, district: grant.district ?? null, today: grant.today };
  if (scope.kind === 'MATTER')
    return { ...common, matterId: scope.matter, persons: scope.persons, publicOnly: role === 'service' };
  if (role === 'service' && grant.matter !== undefined)
    return { ...common, matterId: grant.matter, persons: false, publicOnly: true };
  throw refusal('PURPOSE_REQUIRED', {
    zh: '监测预警须说明用途（extensions.purpose 或 Query-Purpose）',
    en: 'watch lists need a purpose (extensions.purpose or Query-Purpose)',
  });
}
