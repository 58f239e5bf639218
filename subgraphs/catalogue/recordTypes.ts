import { Kind } from 'graphql';
import { SUBGRAPH_NAMES, subgraphSdl } from '../../schema/sdl.ts';

/** The GraphQL types of records that any subgraph keeps: an item's records have one of them. */
export const RECORD_TYPES: ReadonlySet<string> = new Set(
  SUBGRAPH_NAMES.flatMap((name) =>
    subgraphSdl(name).definitions.flatMap((d) =>
      d.kind === Kind.OBJECT_TYPE_DEFINITION && d.interfaces?.some((i) => i.name.value === 'CreditRecord')
        ? [d.name.value]
        : [],
    ),
  ),
);

/** 数据标准: the layouts of `credit import`, and `graphql` for the plain layout of the record type. */
export const DATA_STANDARDS: ReadonlySet<string> = new Set([
  'enterprise',
  'permit-2018',
  'penalty-2018',
  'permit-2015',
  'penalty-2015',
  'enforcement',
  'abnormal',
  'severe',
  'taxpayer-a',
  'honor',
  'commitment',
  'evaluation',
  'graphql',
]);
