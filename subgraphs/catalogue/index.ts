import { Cursors } from '../../records/cursor.ts';
import { openDatabase } from '../../records/database.ts';
import { emptyReport } from '../../records/disclosure.ts';
import {
  type SubgraphModule,
  databaseAnswers,
  mergeResolvers,
  schemaOnDemand,
} from '../../records/subgraph.ts';
import { entities } from './entities.ts';
import { migrations } from './migrations/index.ts';
import { catalogueReportResolvers } from './report/resolvers.ts';
import { catalogueResolvers } from './resolvers.ts';
import { SnapshotFeed } from './snapshot.ts';

/** The source of what all other subgraphs follow; it follows none itself. */
const catalogue: SubgraphModule = {
  name: 'catalogue',
  entities,
  migrations,
  async open(parts) {
    const database = await openDatabase({ url: parts.databaseUrl });
    const feed = new SnapshotFeed({
      pool: database.pool,
      url: parts.databaseUrl,
      today: parts.today,
      log: parts.log,
    });
    await feed.start();
    const schema = schemaOnDemand(
      'catalogue',
      mergeResolvers(
        catalogueResolvers(database.pool, new Cursors(parts.cursorKey), parts.packs),
        catalogueReportResolvers(database.pool),
      ),
    );
    return {
      name: 'catalogue',
      get schema() {
        return schema();
      },
      context: (grant) => ({ grant, report: emptyReport(), snapshot: feed.current() }),
      refresh: () => feed.refresh(),
      recordTypes: [],
      ready: databaseAnswers(database.pool),
      snapshots: feed,
      async close() {
        await feed.close();
        await database.close();
      },
    };
  },
};

export default catalogue;
