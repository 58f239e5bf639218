import type { Message } from '../message.ts';
import type { Pack } from '../packs/packs.ts';

/** 表彰奖励、志愿服务、慈善捐赠: what a subject may have deleted. */
const DELETABLE = new Set(['Honor', 'Volunteering', 'Donation']);

export type DeletionRule = NonNullable<Pack['honorDeletion']>;

/** Why a record is not its subject's to have deleted. */
export interface NotDeletable {
  argument: string;
  reason: Message;
}

/** The rule by which a subject has a record of its own deleted, or why it has not. Source: SH-27b, ZD-35b. */
export function deletionRule(recordType: string, pack: Pack): DeletionRule | NotDeletable {
  const rule = pack.honorDeletion;
  if (!rule) {
    return {
      argument: 'record',
      reason: {
        zh: `该信息适用${pack.name.zh}（${pack.code}）的规定，其中没有按信息主体要求删除信息的条款`,
        en: `the rules of ${pack.name.en} (${pack.code}) govern this record, and none provides for deletion at the subject's request`,
      },
    };
  }
  if (DELETABLE.has(recordType)) return rule;
  return {
    argument: 'recordType',
    reason: {
      zh: `只能要求删除表彰奖励、志愿服务、慈善捐赠信息${articleOf(rule).zh}`,
      en: `only honors, volunteering and donations can be deleted at the subject's request${articleOf(rule).en}`,
    },
  };
}

const articleOf = ({ source, article }: DeletionRule): Message => ({
  zh: `（${source}，${article}）`,
  en: ` (${source}, ${article})`,
});
