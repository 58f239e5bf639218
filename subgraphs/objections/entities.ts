import type { EntitySchema } from '@mikro-orm/postgresql';
import { recordKinds } from '../../records/kind.ts';
import { subgraphSdl } from '../../schema/sdl.ts';
import { ObjectionCaseEntity, ObjectionStepEntity } from './cases/entities.ts';
import { EvidenceEntity } from './evidence/entity.ts';
import { NoticeEntity } from './notices.ts';

export const kinds = recordKinds(subgraphSdl('objections'));

/** Beside the records. */
export const entities = [
  EvidenceEntity,
  NoticeEntity,
  ObjectionCaseEntity,
  ObjectionStepEntity,
] as EntitySchema[];
