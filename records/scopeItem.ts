import { defineEntity, p } from '@mikro-orm/core';

/**
 * Which items a scope opens, beside the records themselves, so that every list, count and page is filtered in one statement by what the
 * caller may see. Follows the catalogue (records/follower.ts).
 */
export const ScopeItem = defineEntity({
  name: 'ScopeItem',
  tableName: 'scope_item',
  comment: '目录快照: items that each scope opens (0 社会公开, else the number of a matter 应用事项)',
  properties: {
    scope: p.integer().primary().comment('0: the public; else the number of a matter'),
    itemId: p.integer().primary().comment('目录事项: number of the catalogue item'),
  },
});
