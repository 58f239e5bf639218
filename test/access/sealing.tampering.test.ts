import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { credit } from '../support/command.ts';
import { SealedJournal, fileIn } from './sealed.ts';

const TABLES = ['journal_entry', 'journal_leaf', 'journal_tile', 'journal_checkpoint'];
/** Two whole pages of the tree and a part of a third. */
const SIZES = [300, 250, 60];
const SIZE = 610;

let sealed: SealedJournal;
const run = (sql: string) => sealed.superuser.query(sql);

beforeAll(async () => {
  sealed = await SealedJournal.open();
  for (const size of SIZES) {
    await sealed.write(size);
    await sealed.seal();
  }
  for (const table of TABLES) await run(`create table kept_${table} as table ${table}`);
});
afterAll(() => sealed.close());
afterEach(async () => {
  await run(`truncate ${TABLES.join(', ')}`);
  for (const table of TABLES) await run(`insert into ${table} table kept_${table}`);
});

const idAt = (index: number) =>
  sealed.value<string>(
    'select e.id from journal_leaf l join journal_entry e on e.seq = l.seq where index = $1',
    [index],
  );
const seqAt = (index: number) =>
  sealed.value<number>('select seq from journal_leaf where index = $1', [index]);
const noteOf = (size: number) =>
  sealed.value<string>('select note from journal_checkpoint where size = $1', [size]);
const lastSize = () => sealed.value<number>('select max(size) from journal_checkpoint');

/** What verify names after a tampering, without its sentences. */
async function found(tampering: string, ...args: string[]): Promise<Record<string, unknown>[]> {
  await run(tampering);
  const { findings } = await sealed.verify(...args);
  return findings.map(({ zh, en, ...finding }) => {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
    return finding;
  });
}
const entry = async (index: number) => ({ index, seq: await seqAt(index), id: await idAt(index) });

test('[SH-31] a journal that nobody touched verifies, and says how long it is', async () => {
  const { findings, size, checkpoints } = await sealed.verify();
  expect({ findings, size }).toEqual({ findings: [], size: SIZE });
  expect(checkpoints).toBeGreaterThanOrEqual(SIZES.length);
});

describe('[SH-31] verify finds and names', () => {
  test.each([
    ['officer', `officer = '赵六'`],
    ['time by a microsecond', `at = at + interval '1 microsecond'`],
    ['subject', `subjects = '{}'`],
    ['count', `counts = '{1}'`],
    ['case number that is gone', 'case_number = null'],
    ['date of telling that was not there', `undisclosed_until = '2099-01-01'`],
  ])('a changed entry: %s', async (_, change) => {
    const place = await entry(300);
    const seq = place.seq;
    expect(await found(`update journal_entry set ${change} where seq = ${seq}`)).toEqual([
      { kind: 'CHANGED', ...place },
    ]);
  });

  test('a changed entry of the last page, which has no node above it yet', async () => {
    const place = await entry(SIZE - 3);
    expect(await found(`update journal_entry set unit = null where seq = ${place.seq}`)).toEqual([
      { kind: 'CHANGED', ...place },
    ]);
  });

  test('a removed entry', async () => {
    const [index, seq] = [7, await seqAt(7)];
    expect(await found(`delete from journal_entry where seq = ${seq}`)).toEqual([
      { kind: 'REMOVED', index, seq },
    ]);
  });

  test('an entry that was removed together with its leaf', async () => {
    const seq = await seqAt(7);
    expect(
      await found(
        `delete from journal_entry where seq = ${seq}; delete from journal_leaf where seq = ${seq}`,
      ),
    ).toEqual([{ kind: 'LEAF', index: 7, lastIndex: 7 }]);
  });

  test('an inserted entry', async () => {
    const id = '01234567-89ab-4cde-8f01-23456789abcd';
    expect(
      await found(`insert into journal_entry (seq, id, at, channel, operation, subjects, items, counts, outcome)
        values (0, '${id}', now() - interval '3 minutes', 'x', 'x', '{}', '{}', '{}', 'ANSWERED')`),
    ).toEqual([{ kind: 'INSERTED', seq: 0, id }]);
  });

  test('an entry that was slipped in with a time of before, and sealed', async () => {
    await sealed.write(1, { at: new Date(Date.now() - 86_400_000) });
    await sealed.seal();
    expect(await found('select')).toEqual([{ kind: 'BACKDATED', ...(await entry(SIZE)), lastIndex: SIZE }]);
  });

  test('entries that changed places', async () => {
    const [a, b] = [await entry(10), await entry(400)];
    expect(
      await found(`update journal_entry set seq = -seq where seq in (${a.seq}, ${b.seq});
        update journal_entry set seq = case -seq when ${a.seq} then ${b.seq} else ${a.seq} end where seq < 0`),
    ).toEqual([
      { kind: 'REORDERED', ...a, id: b.id },
      { kind: 'REORDERED', ...b, id: a.id },
    ]);
  });

  test('leaves that changed places with their entries', async () => {
    const [a, b] = [await entry(10), await entry(20)];
    expect(
      await found(`update journal_leaf set index = -index where index in (10, 20);
        update journal_leaf set index = 30 + index where index < 0`),
    ).toEqual([
      { kind: 'REORDERED', ...a, index: 20 },
      { kind: 'REORDERED', ...b, index: 10 },
    ]);
  });

  test.each([42, SIZE - 1])('a leaf whose hash was changed: %i', async (index) => {
    const seq = await seqAt(index);
    expect(await found(`update journal_leaf set hash = sha256('x') where index = ${index}`)).toEqual([
      { kind: 'LEAF', index, seq },
    ]);
  });

  test('a changed entry whose leaf was changed to fit: the page, and the checkpoints that no longer lead there', async () => {
    const seq = await seqAt(300);
    const of = 'select row_to_json(e)::text from journal_entry e where seq = $1';
    await run(`set timezone = 'UTC'; update journal_entry set officer = '赵六' where seq = ${seq}`);
    const { entryHash } = await import('../../subgraphs/access/sealing/leaf.ts');
    const client = await sealed.superuser.connect();
    await client.query(`set timezone = 'UTC'`);
    const { rows } = await client.query(of, [seq]);
    client.release();
    const hash = entryHash((rows[0] as { row_to_json: string }).row_to_json).toString('hex');
    const findings = await found(`update journal_leaf set hash = '\\x${hash}' where seq = ${seq}`);
    expect(findings).toEqual([
      { kind: 'TILE', index: 256, lastIndex: 511 },
      {
        kind: 'CHECKPOINT',
        size: expect.any(Number),
        index: expect.any(Number),
        lastIndex: expect.any(Number),
      },
    ]);
    expect(findings[1]?.['index']).toBeLessThanOrEqual(300);
    expect(findings[1]?.['lastIndex']).toBeGreaterThanOrEqual(300);
  });

  test('a node of the tree that was changed, lost, or added', async () => {
    const page = { kind: 'TILE', index: 256, lastIndex: 511 };
    expect(await found(`update journal_tile set hash = sha256('x') where index = 1`)).toEqual([page]);
    expect(await found('delete from journal_tile where index = 1')).toEqual([page]);
    expect(
      await found(`insert into journal_tile values (8, 1, (select hash from kept_journal_tile where index = 1));
      insert into journal_tile values (16, 0, sha256('x'))`),
    ).toEqual([{ kind: 'TILE' }]);
  });

  test('a checkpoint with another root, another size or another signature', async () => {
    const [size, other] = [await lastSize(), SIZES[0]];
    const note = await noteOf(size);
    const put = (text: string, of = size) =>
      found(
        `delete from journal_checkpoint where size = ${of}; insert into journal_checkpoint values (${of}, now(), '${text}')`,
      );
    const root = note.split('\n')[2] as string;
    const wrong = { kind: 'CHECKPOINT', size, index: expect.any(Number), lastIndex: size - 1 };
    const bad = { kind: 'SIGNATURE', size };
    const changed = note.replace(root, Buffer.alloc(32).toString('base64'));
    expect((await put(changed)).toSorted(byKind)).toEqual([wrong, bad]);
    expect((await put(await noteOf(other as number))).toSorted(byKind)).toEqual([wrong]);
    expect(await put(note.replace(/.{8}\n$/, 'AAAAAAA=\n'))).toEqual([bad]);
    expect(await put('nothing')).toHaveLength(2);
  });

  test('a last checkpoint that was taken away', async () => {
    const size = await lastSize();
    const before = await sealed.value<number>('select max(size) from journal_checkpoint where size < $1', [
      size,
    ]);
    expect(await found(`delete from journal_checkpoint where size = ${size}`)).toEqual([
      { kind: 'CHECKPOINT', index: before, lastIndex: SIZE - 1 },
    ]);
  });
});

const byKind = (a: Record<string, unknown>, b: Record<string, unknown>): number =>
  String(a['kind']).localeCompare(String(b['kind']));

describe('[SH-31] against checkpoints held elsewhere, verify finds', () => {
  const keep = (name: string, note: string): string => {
    const file = fileIn(sealed, name);
    writeFileSync(file, note);
    return file;
  };
  /** Everything after the first entries is gone without a trace. */
  const CUT = `delete from journal_entry where seq in (select seq from journal_leaf where index >= 300);
    delete from journal_leaf where index >= 300; delete from journal_tile where index >= 1;
    delete from journal_checkpoint where size > 300`;

  test('nothing where the journal goes on from them', async () => {
    const held = [keep('a', await noteOf(300)), keep('b', await noteOf(SIZE))];
    expect(await found('select', ...held)).toEqual([]);
  });

  test('a journal that was cut short, which is in order by itself', async () => {
    const [early, late] = [keep('early', await noteOf(300)), keep('late', await noteOf(SIZE))];
    expect(await found(CUT)).toEqual([]);
    expect(await found(CUT, early, late)).toEqual([{ kind: 'TRUNCATED', file: late, size: SIZE }]);
  });

  test('a journal that was cut short and written on, even by who has the key', async () => {
    const late = keep('late', await noteOf(SIZE));
    await run(CUT);
    await sealed.write(SIZE - 290);
    await sealed.seal();
    expect(await found('select', late)).toEqual([{ kind: 'CHECKPOINT', file: late, size: SIZE }]);
  });

  test('a checkpoint that this journal never signed', async () => {
    const file = keep('forged', (await noteOf(SIZE)).replace(`\n${SIZE}\n`, `\n${SIZE + 1}\n`));
    expect(await found('select', file)).toEqual([{ kind: 'SIGNATURE', file }]);
  });
});

test('[SH-31] the command tells findings in Chinese and English, exits with 1, and works on the data folder too', async () => {
  const file = fileIn(sealed, 'held');
  writeFileSync(file, await noteOf(SIZE));
  const intact = await credit(['journal', 'verify', '--json', '--checkpoint', file], sealed.env);
  expect(intact.status).toBe(0);
  expect(JSON.parse(intact.stdout)).toMatchObject({ size: SIZE, findings: [], findingCount: 0 });
  const seq = await seqAt(5);
  await run(`delete from journal_entry where seq = ${seq}`);
  const embedded = { ...sealed.env, JOURNAL_DATABASE_URL: '', JOURNAL_SIGNING_KEY: '' };
  const { status, stdout } = await credit(['journal', 'verify'], embedded);
  expect(status).toBe(1);
  expect(stdout).toContain(`日志条目已不存在（seq ${seq}，index 5）`);
  expect(stdout).toContain(`an entry is gone (seq ${seq}, index 5)`);
}, 180_000);

test('[SH-31] a sealer does not go on from a tree that does not lead to its last checkpoint', async () => {
  await run(`update journal_leaf set hash = sha256('x') where index = ${SIZE - 1}`);
  await sealed.write(1);
  const sealer = sealed.sealer();
  await new Promise((done) => setTimeout(done, 1_500));
  await sealer.close();
  expect(await sealed.value('select count(*) from journal_leaf')).toBe(SIZE);
});
