import { recordSubgraph } from '../../records/recordSubgraph.ts';
import { kinds } from './entities.ts';
import { migrations } from './migrations/index.ts';

export default recordSubgraph({ name: 'judicial', kinds, migrations });
