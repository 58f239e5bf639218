import { isIP } from 'node:net';
import type { Message } from '../../../policy/message.ts';
import type { Networks } from './networks.ts';

const LONGEST = 2_000;
const LOOPBACK_ADDRESS = '127.0.0.1';

/** The address that a URL names itself, without a look-up; null: a name. */
function literalOf({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  if (bare === 'localhost') return LOOPBACK_ADDRESS;
  return isIP(bare) === 0 ? null : bare;
}

/** Why no webhook can be at a URL; null: it can, as far as the URL tells. What its name stands for is looked at when it is sent to. */
export function faultOfUrl(text: string, networks: Networks): Message | null {
  const url = URL.parse(text);
  if (!url || text.length > LONGEST || !['https:', 'http:'].includes(url.protocol))
    return { zh: '应为 https 地址', en: 'must be an https address' };
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    return { zh: '不得含用户名、密码或片段', en: 'must have neither user, password nor fragment' };
  const literal = literalOf(url);
  const encrypted = url.protocol === 'https:';
  if (!encrypted && (literal === null || !networks.allows(literal, { encrypted })))
    return { zh: '应为 https 地址', en: 'must be an https address' };
  if (literal !== null && !networks.allows(literal, { encrypted }))
    return { zh: '不得为内部网络地址', en: 'must not be in a private network' };
  return null;
}
