import type { SubgraphContext } from '../../records/context.ts';
import { refusal } from '../../records/errors.ts';

/** The center's unit. @throws FORBIDDEN for anyone else's. */
export function centerUnit({ grant: { caller } }: SubgraphContext): string {
  if (caller.role === 'center' && caller.unit !== null) return caller.unit;
  throw refusal('FORBIDDEN', { zh: '仅限公共信用信息工作机构', en: 'for the credit center alone' });
}
