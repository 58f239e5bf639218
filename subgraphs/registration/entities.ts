import { defineEntity, p } from '@mikro-orm/core';
import type { SealedColumn } from '../../platform/crypto/reseal.ts';
import { recordKinds } from '../../records/kind.ts';
import { subgraphSdl } from '../../schema/sdl.ts';

export const kinds = recordKinds(subgraphSdl('registration'), {
  Registration: { identity: [], renewed: true },
  Permit: { identity: ['documentNumber', 'determinedOn', 'certificateNumber'] },
  Qualification: { identity: ['qualificationName', 'certificateNumber'] },
  Certification: { identity: ['scheme', 'certificateNumber'] },
  Commitment: { identity: ['commitmentType', 'reason', 'formedOn'] },
  Evaluation: { identity: ['subjectMatter', 'evaluator', 'determinedOn'] },
  Declaration: { identity: ['title', 'formedOn'] },
  ResponsiblePerson: { identity: ['personName', 'position'] },
});

/**
 * The only table anywhere that ties a code to its pseudonymous id. A natural person's code is sealed (AES-256-GCM, bound to the row);
 * an organization's is public and stands in clear.
 */
export const SubjectEntity = defineEntity({
  name: 'Subject',
  tableName: 'subject',
  comment: '信息主体',
  indexes: [
    {
      name: 'subject_name_grams',
      expression: 'create index subject_name_grams on subject using gin (name_grams)',
    },
    {
      name: 'subject_name',
      expression: "create index subject_name on subject (name_key, id) where kind <> 'NATURAL_PERSON'",
    },
  ],
  properties: {
    id: p.uuid().primary().comment('Pseudonymous id: keyed hash of the code'),
    kind: p
      .string()
      .length(32)
      .comment('主体类别: NATURAL_PERSON 自然人, LEGAL_PERSON 法人, UNINCORPORATED_ORGANIZATION 非法人组织'),
    codeKind: p
      .string()
      .length(24)
      .comment('代码种类: USCC, CITIZEN_ID, REGISTRATION_NUMBER, ORGANIZATION_CODE'),
    code: p
      .string()
      .length(18)
      .nullable()
      .comment('统一社会信用代码 of an organization; null for a natural person'),
    sealedCode: p.blob().nullable().comment('身份证号 of a natural person, sealed; null for an organization'),
    name: p.text().comment('名称 or 姓名'),
    nameKey: p.text().comment('The name with brackets, widths and case made one, for search and comparison'),
    nameGrams: p
      .array()
      .nullable()
      .comment('Pairs of letters of the name, for search; null for a natural person, who is never searched'),
    status: p
      .string()
      .length(16)
      .default('ACTIVE')
      .comment('登记状态: ACTIVE 存续, DEREGISTERED 注销, REVOKED 吊销'),
    jurisdiction: p.string().length(6).nullable().comment('登记地: GB/T 2260 division code'),
    createdAt: p.datetime().defaultRaw('now()').comment('First seen'),
  },
});

/** A natural person's code is bound to the row of its subject. */
export const SEALED_CODES: SealedColumn = {
  table: 'subject',
  key: ['id'],
  column: 'sealed_code',
  context: ([id]) => id as string,
};
