import { defineEntity, p } from '@mikro-orm/core';

/**
 * Which items a scope opens, beside the records themselves, so that every list, count and page is filtered in one statement by what the
 * caller may see. Follows the catalogue (records/follower.ts).
 */
export const ScopeItem = defineEntity({
  name: 'ScopeItem',
  tableName: 'scope_item',
  comment:
    '目录快照: items that each scope opens (0 社会公开·法人, -3 社会公开·自然人, else the number of a matter 应用事项)',
  properties: {
    scope: p
      .integer()
      .primary()
      .comment(
        '0: public about organizations; -3: public about natural persons; else the number of a matter',
      ),
    itemId: p.integer().primary().comment('目录事项: number of the catalogue item'),
  },
});

/** The catalogue's revision that `scope_item` follows; one row. */
export const ScopeRevision = defineEntity({
  name: 'ScopeRevision',
  tableName: 'scope_revision',
  comment: '目录版本: revision of the catalogue that scope_item follows',
  properties: {
    id: p.integer().primary().comment('Always 1'),
    revision: p.bigint('number').comment('目录修订号'),
  },
});
