import type { EntitySchema } from '@mikro-orm/postgresql';
import { ChangeEntity, ChangeHeadEntity, ChangeSourceEntity, DisclosedItemEntity } from './feed/entities.ts';
import { RecipientEntity } from './recipients/entities.ts';
import { ScopeItem, ScopeRevision } from '../../records/scopeItem.ts';
import { WebhookEntity, WithdrawnWordEntity } from './push/entities.ts';
import { GivenDayEntity } from './report/entities.ts';
import { AlertEntity, WatchedEntity, WatchListEntity } from './watch/entities.ts';

export const entities = [
  ChangeEntity,
  ChangeHeadEntity,
  ChangeSourceEntity,
  DisclosedItemEntity,
  RecipientEntity,
  ScopeItem,
  ScopeRevision,
  WatchListEntity,
  WatchedEntity,
  AlertEntity,
  WebhookEntity,
  WithdrawnWordEntity,
  GivenDayEntity,
] as EntitySchema[];
