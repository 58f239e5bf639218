import type { RecordKind } from '../../records/kind.ts';
import { recordSubgraph } from '../../records/recordSubgraph.ts';
import { kinds } from './entities.ts';
import { followOriginals } from './followOriginals.ts';
import { migrations } from './migrations/index.ts';
import { OriginalMark, originalMarks } from './originalMark.ts';

const linked = kinds.find(({ type }) => type === 'LinkedConduct') as RecordKind;

export default recordSubgraph({
  name: 'penalties',
  kinds,
  entities: [OriginalMark],
  migrations,
  extend(_parts, { amend, followers }) {
    const marks = originalMarks(linked);
    return {
      follow: followOriginals(linked, marks, amend, followers),
      unmarked: (...asked) => marks.restore(...asked),
    };
  },
});
