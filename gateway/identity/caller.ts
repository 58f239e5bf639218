import type { Role } from '../../policy/terms.ts';

/** Who asks, from a verified token; `role` null is the public. */
export interface Caller {
  role: Role | null;
  /** `sub` of the token. */
  id: string | null;
  /** 查询人员姓名 */
  name: string | null;
  /** 统一社会信用代码 of the unit. */
  unit: string | null;
  jurisdiction: string | null;
  /** 查询渠道, from the credential. */
  channel: string;
  /** Own code, for role `subject`. */
  code: string | null;
  /** Keeps the accounts of its unit. */
  admin?: boolean;
}

/** Channel of callers without a token. */
export const PUBLIC_CHANNEL = 'website';

export const PUBLIC_CALLER: Caller = {
  role: null,
  id: null,
  name: null,
  unit: null,
  jurisdiction: null,
  channel: PUBLIC_CHANNEL,
  code: null,
};
