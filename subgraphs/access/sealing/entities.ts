import { defineEntity, p } from '@mikro-orm/core';
import { IN_SAMPLE } from '../review/counting.ts';

/** 日志叶: the order in which entries were sealed, and what they said then [SH-31]. Rows are only ever added. */
export const JournalLeafEntity = defineEntity({
  name: 'JournalLeaf',
  tableName: 'journal_leaf',
  comment: '日志封存: leaves of the tree over the journal (RFC 6962) [SH-31]',
  indexes: [
    {
      name: 'journal_leaf_sample',
      expression: `create index journal_leaf_sample on journal_leaf (seq) where ${IN_SAMPLE}`,
    },
  ],
  properties: {
    index: p.bigint('number').primary().autoincrement(false).comment('Place in the tree, from 0'),
    seq: p.bigint('number').unique().comment('Entry of the journal'),
    hash: p.blob().comment('Leaf hash of the entry’s content'),
  },
});

/** Of the nodes above the leaves only every eighth level is kept: what lies between is worked out from 256 hashes. */
export const JournalTileEntity = defineEntity({
  name: 'JournalTile',
  tableName: 'journal_tile',
  comment: '日志封存: complete subtrees of 2^8, 2^16, 2^24 … leaves [SH-31]',
  properties: {
    level: p.integer().primary().comment('8, 16, 24 …: the subtree has 2^level leaves'),
    index: p.bigint('number').primary().comment('Place among the subtrees of its level, from 0'),
    hash: p.blob().comment('Node hash'),
  },
});

/** 检查点: what anyone can keep a copy of, and hold against the journal later. */
export const JournalCheckpointEntity = defineEntity({
  name: 'JournalCheckpoint',
  tableName: 'journal_checkpoint',
  comment: '日志检查点: signed roots of the tree (C2SP tlog-checkpoint) [SH-31]',
  properties: {
    size: p.bigint('number').primary().autoincrement(false).comment('Leaves'),
    at: p.datetime().comment('封存时间'),
    note: p.text().comment('Signed note: name, size and root'),
  },
});
