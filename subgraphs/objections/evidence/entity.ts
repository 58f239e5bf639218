import { defineEntity, p } from '@mikro-orm/core';
import type { SealedColumn } from '../../../platform/crypto/reseal.ts';

/** A file belongs to who gave it: somebody else's of the same content is another row, so that nobody learns that it is there. */
export const EvidenceEntity = defineEntity({
  name: 'Evidence',
  tableName: 'evidence',
  comment: '证明材料: files given with objections and applications',
  indexes: [{ name: 'evidence_owner', properties: ['owner', 'storedAt'] }],
  properties: {
    digest: p.string().length(64).primary().comment('SHA-256 of the file, in hex'),
    owner: p
      .string()
      .length(36)
      .primary()
      .comment('提交人: pseudonymous id of a subject, or 统一社会信用代码 of a unit'),
    size: p.integer().comment('Bytes'),
    contentType: p.text().nullable().comment('Type as who gave it said'),
    sealedName: p.blob().nullable().comment('文件名, sealed: it may name a person'),
    content: p.blob().comment('The file, sealed'),
    storedAt: p.datetime().defaultRaw('now()').comment('提交时间'),
  },
});

/** What a file, and its name, is sealed with: it does not open as another's. */
export const sealedAs = (digest: string, owner: string): string => `${digest} ${owner}`;

const ofFile = {
  table: 'evidence',
  key: ['digest', 'owner'],
  context: ([digest, owner]: readonly string[]) => sealedAs(digest as string, owner as string),
};

export const SEALED_EVIDENCE: SealedColumn = { ...ofFile, column: 'content', page: 2 };
export const SEALED_EVIDENCE_NAMES: SealedColumn = { ...ofFile, column: 'sealed_name' };
