import type { EntitySchema } from '@mikro-orm/postgresql';
import { Cursors } from '../../records/cursor.ts';
import { recordSubgraph } from '../../records/subgraph.ts';
import { SubjectEntity, kinds } from './entities.ts';
import { migrations } from './migrations/index.ts';
import { subjectSink } from './register.ts';
import { registrationResolvers } from './resolvers.ts';
import { OrganizationSearch } from './search.ts';
import { subjectLoader } from './subjects.ts';

export default recordSubgraph({
  name: 'registration',
  kinds,
  entities: [SubjectEntity as EntitySchema],
  migrations,
  extend: (parts, { pool }) => ({
    resolvers: registrationResolvers(
      parts,
      subjectLoader(pool),
      new OrganizationSearch(pool, new Cursors(parts.cursorKey)),
    ),
    subjects: subjectSink(pool, parts.pseudonym, parts.sealer),
  }),
});
