import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { SealedJournal, entryOf } from './sealed.ts';

let sealed: SealedJournal;
beforeAll(async () => {
  sealed = await SealedJournal.open();
});
afterAll(() => sealed.close());

const intact = async (size: number) => {
  const { findings, ...verification } = await sealed.verify();
  expect({ findings, size: verification.size }).toEqual({ findings: [], size });
};

test('[SH-31] two gateways write and two sealers are at it: one tree with every entry once, and the second takes over', async () => {
  const journals = [sealed.journal(), sealed.journal()];
  const sealers = [sealed.sealer(), sealed.sealer()];
  const write = async (entries: number) => {
    for (let done = 0; done < entries; done += 20)
      await Promise.all(
        journals.flatMap((journal) => Array.from({ length: 10 }, () => journal.write(entryOf()))),
      );
  };
  await write(1_000);
  await sealers[0]?.close();
  await write(600);
  await sealed.allSealed();
  await sealers[1]?.close();
  for (const journal of journals) await journal.close();
  await intact(1_600);
  expect(await sealed.value('select count(distinct seq) from journal_leaf')).toBe(1_600);
});

test('[SH-31] an entry whose number was given out early and that became visible late is sealed where it appears', async () => {
  const size = await sealed.value<number>('select count(*) from journal_leaf');
  const slow = new pg.Client({ connectionString: sealed.ground.journalUrl });
  await slow.connect();
  await slow.query('begin');
  await slow.query(`insert into journal_entry (id, at, channel, operation, subjects, items, counts, outcome)
    values (gen_random_uuid(), now(), 'slow', 'slow', '{}', '{}', '{}', 'ANSWERED')`);
  const sealer = sealed.sealer();
  await sealed.write(10);
  await sealed.allSealed();
  await slow.query('commit');
  await slow.end();
  await sealed.allSealed();
  await sealer.close();
  await intact(size + 11);
  const late =
    'select l.index from journal_leaf l join journal_entry e on e.seq = l.seq where e.channel = $1';
  expect(await sealed.value(late, ['slow'])).toBe(size + 10);
});

test('[SH-31] what was rolled back or written while nobody sealed leaves no hole', async () => {
  const size = await sealed.value<number>('select count(*) from journal_leaf');
  await sealed.superuser.query(`select nextval('journal_entry_seq_seq') from generate_series(1, 500)`);
  await sealed.write(4_500);
  await sealed.seal();
  await intact(size + 4_500);
});

/** What a role may do with a table of the journal, as PostgreSQL answers it. */
async function attempts(url: string, table: string): Promise<Record<string, boolean>> {
  const column = table === 'journal_tile' ? 'level' : table === 'journal_checkpoint' ? 'size' : 'seq';
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const done: Record<string, boolean> = {};
  for (const [what, sql] of Object.entries({
    select: `select from ${table} limit 1`,
    // A row that no table takes: where the role may insert, something other than its rights refuses it.
    insert: `insert into ${table} default values`,
    update: `update ${table} set ${column} = 0`,
    delete: `delete from ${table}`,
    truncate: `truncate ${table}`,
  }))
    done[what] = await client.query(sql).then(
      () => true,
      ({ code }: { code: string }) => code !== '42501',
    );
  await client.end();
  return done;
}

test('[SH-31] who writes entries does not seal them, who seals them does not write any, the application does neither, and nobody changes what stands', async () => {
  const { journalUrl, sealerUrl, databases } = sealed.ground;
  const READS = { select: true, insert: false, update: false, delete: false, truncate: false };
  const ADDS = { ...READS, insert: true };
  const TREE = ['journal_leaf', 'journal_tile', 'journal_checkpoint'];
  const roles = [
    { url: journalUrl, entry: ADDS, tree: READS },
    { url: sealerUrl, entry: READS, tree: ADDS },
    { url: databases.access.appUrl, entry: READS, tree: READS },
  ];
  for (const { url, entry, tree } of roles) {
    expect(await attempts(url, 'journal_entry')).toEqual(entry);
    for (const table of TREE) expect([table, await attempts(url, table)]).toEqual([table, tree]);
  }
});

test('[SH-31] the sealer reaches no other table', async () => {
  const client = new pg.Client({ connectionString: sealed.ground.sealerUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
       and has_table_privilege(c.oid, 'select, insert, update, delete, truncate')
     order by 1`,
  );
  await client.end();
  expect(rows.map(({ name }) => name)).toEqual([
    'journal_checkpoint',
    'journal_entry',
    'journal_leaf',
    'journal_tile',
  ]);
});
