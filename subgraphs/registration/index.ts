import type { EntitySchema } from '@mikro-orm/postgresql';
import { Cursors } from '../../records/cursor.ts';
import { recordSubgraph } from '../../records/recordSubgraph.ts';
import { mergeResolvers } from '../../records/subgraph.ts';
import { SubjectEntity, kinds } from './entities.ts';
import { migrations } from './migrations/index.ts';
import { promiseResolvers } from './promiseResolvers.ts';
import { brokenPromises } from './promises.ts';
import { subjectSink } from './register.ts';
import { registrationResolvers } from './resolvers.ts';
import { OrganizationSearch } from './search.ts';
import { subjectLoader } from './subjects.ts';

export default recordSubgraph({
  name: 'registration',
  kinds,
  entities: [SubjectEntity as EntitySchema],
  migrations,
  extend: (parts, { pool, readAhead }) => ({
    resolvers: mergeResolvers(
      registrationResolvers(
        parts,
        subjectLoader(pool),
        new OrganizationSearch(pool, new Cursors(parts.cursorKey)),
        readAhead,
      ),
      promiseResolvers(parts, pool),
    ),
    brokenPromise: brokenPromises(pool),
    subjects: subjectSink(pool, parts.pseudonym, parts.sealer),
  }),
});
