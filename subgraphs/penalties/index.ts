import type { RecordKind } from '../../records/kind.ts';
import { recordSubgraph } from '../../records/subgraph.ts';
import { kinds } from './entities.ts';
import { followOriginals } from './followOriginals.ts';
import { migrations } from './migrations/index.ts';

const linked = kinds.find(({ type }) => type === 'LinkedConduct') as RecordKind;

export default recordSubgraph({
  name: 'penalties',
  kinds,
  migrations,
  extend: (_parts, { amend, followers }) => ({ follow: followOriginals(linked, amend, followers) }),
});
