import type { SubgraphContext } from './context.ts';
import { refusal } from './errors.ts';

/**
 * For fields that only the gateway asks, under a grant of nobody's: no caller's grant is a REFERENCE without a role. They are not in the
 * schema that callers see, either.
 */
export function gatewayOnly({ grant: { caller, scope } }: SubgraphContext): void {
  if (scope.kind === 'REFERENCE' && caller.role === null) return;
  throw refusal('FORBIDDEN', { zh: '仅供网关使用', en: 'for the gateway alone' });
}
