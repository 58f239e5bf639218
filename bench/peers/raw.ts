import { parse } from 'graphql';
import { freePort } from '../../platform/postgres/ports.ts';
import { recordKinds } from '../../records/kind.ts';
import { subgraphSdl } from '../../schema/sdl.ts';
import { launch } from '../harness/children.ts';
import type { BenchGround } from '../harness/ground.ts';
import { optionsFile } from '../harness/options.ts';
import { catalogueOf } from '../stock/catalogue.ts';
import { AGENCIES, type Started } from '../stock/start.ts';
import { makeRawDatabase } from './raw/database.ts';
import type { Raw } from './raw/server.ts';
import { subjectSql } from './raw/sql.ts';

/** One statement a request, over a copy of all databases. */
export async function startRaw(bench: BenchGround, query: string, firstPort: number): Promise<Started> {
  const agencies = AGENCIES.map((name) => ({ name, kinds: recordKinds(subgraphSdl(name)) }));
  const options: Raw = {
    port: await freePort(firstPort),
    databaseUrl: await makeRawDatabase({ bench, catalogue: await catalogueOf(bench.ground), agencies }),
    statement: subjectSql(
      parse(query),
      agencies.flatMap(({ kinds }) => kinds),
    ),
  };
  const child = launch('raw', {
    file: 'bench/peers/raw/server.ts',
    args: [optionsFile(bench.folder, 'raw', options)],
    folder: bench.folder,
  });
  return { url: `http://127.0.0.1:${options.port}/`, children: [child] };
}
