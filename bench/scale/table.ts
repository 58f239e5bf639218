import { rounded } from '../harness/stats.ts';
import { table } from '../harness/table.ts';
import type { Query, ScaleFigures } from './scale.ts';

function queryRows({ sizes }: ScaleFigures): (string | number)[][] {
  const least = sizes[0]?.queries ?? [];
  return sizes.flatMap(({ records, queries }) =>
    queries.map((q, i) => {
      const times = (of: (query: Query) => number) => rounded(of(q) / of(least[i] ?? q), 2);
      return [
        records,
        q.connections,
        q.rps,
        q.p50,
        q.p99,
        q.cpuMs,
        q.postgresMs,
        times((x) => x.p50),
        times((x) => x.cpuMs),
      ];
    }),
  );
}

export function scaleTable(found: ScaleFigures): string {
  const last = found.sizes.at(-1)?.tables ?? [];
  const elsewhere = last
    .filter(({ bySubject }) => !bySubject)
    .map((t) => `${t.database}.${t.table} (${t.key.join(', ')})`);
  return [
    '规模 the standard query at size',
    '',
    table(
      [
        'records',
        'subjects',
        'load s',
        'of it codes',
        'of it indexes',
        'records/s',
        'vacuum s',
        'GB',
        'bytes/record',
        'of it indexes',
      ],
      found.sizes.map(({ records, load, ...size }) => [
        records,
        load.subjects,
        load.seconds,
        load.codeSeconds,
        load.indexSeconds,
        load.recordsPerSecond,
        load.vacuumSeconds,
        size.gigabytes,
        size.bytesPerRecord,
        size.indexBytesPerRecord,
      ]),
    ),
    '',
    table(
      [
        'records',
        'connections',
        'requests/s',
        'p50 ms',
        'p99 ms',
        'CPU ms/request',
        'of it PostgreSQL',
        '× p50',
        '× CPU',
      ],
      queryRows(found),
    ),
    '',
    'Keys by which tables can be distributed, and how the largest were read:',
    '',
    table(
      ['database', 'table', 'primary key', 'rows', 'by index', 'as a whole'],
      last
        .filter(({ bySubject }) => bySubject)
        .map((t) => [t.database, t.table, t.key.join(', '), t.rows, t.indexScans, t.sequentialScans]),
    ),
    '',
    `Not by subject: ${elsewhere.join(', ')}`,
  ].join('\n');
}
