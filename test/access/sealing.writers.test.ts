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

test('[SH-31] the role that writes and seals can neither change nor delete leaves, nodes and checkpoints; the application not even add any', async () => {
  const { journalUrl, databases } = sealed.ground;
  const DENIED = '42501';
  const refused = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const code = await client.query(sql).then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
    await client.end();
    expect({ sql, code }).toEqual({ sql, code: DENIED });
  };
  for (const table of ['journal_entry', 'journal_leaf', 'journal_tile', 'journal_checkpoint']) {
    for (const url of [journalUrl, databases.access.appUrl]) {
      await refused(url, `delete from ${table}`);
      await refused(url, `truncate ${table}`);
      await refused(
        url,
        `update ${table} set ${table === 'journal_checkpoint' ? "note = ''" : 'seq = 0'}`.replace(
          'journal_tile set seq',
          'journal_tile set level',
        ),
      );
    }
    await refused(databases.access.appUrl, `insert into ${table} default values`);
  }
});
