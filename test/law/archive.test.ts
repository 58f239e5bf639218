import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AskOptions, City } from '../support/city.ts';
import { copyOfTemplate, credit, environment } from '../support/command.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { Desk, callers, moveTo, penalty, penaltyItem } from './onFile.ts';

const ITEM = penaltyItem('310116');
const LAST = '2026-03-02';
const AFTER = '2026-03-03';
const ARCHIVE = `query ($code: String!, $type: String, $first: Int, $after: String) {
  archive(code: $code, recordType: $type, first: $first, after: $after) {
    totalCount nodes { id recordType item visibleUntil archivedAt content }
    pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { id } }
  }
}`;

let city: City;
let desk: Desk;
let center: AskOptions;
let next = 0;

beforeAll(async () => {
  city = await City.open();
  desk = new Desk(city);
  center = { token: await desk.center(), purpose: { matter: MATTER.quality, note: '档案调阅' } };
});
afterAll(() => city.close());

/** A firm with penalties of which the first is out of its term from AFTER on. */
async function onFile(...decided: string[]) {
  moveTo(city, LAST);
  next += 1;
  const subject = { code: firmCode(next), name: `上海档案${next}号有限公司` };
  const rows = ['2021-03-02', ...decided].map((day, i) => penalty(subject, `档案〔${next}〕${i}号`, day));
  expect(await desk.submit(ITEM, 'penalty-2018', rows)).toMatchObject({ accepted: rows.length });
  return { ...subject, rows };
}

const tidy = () => city.running.house.subgraphs.penalties.tidy?.();
const archive = (code: string, options: AskOptions = center, variables: Record<string, unknown> = {}) =>
  city.ask(ARCHIVE, { ...options, variables: { code, ...variables } });
const inTable = async (table: string): Promise<number> =>
  (await city.database('penalties').query(`select count(*)::int as n from ${table}`)).rows[0].n;

test('[SH-27] the tidy-up moves what is past its term, and no answer changes', async () => {
  await tidy();
  const before = await inTable('administrative_penalty');
  const { code } = await onFile('2025-06-18');
  const asked = async () => {
    const answers = [];
    for (const [who, options] of Object.entries(await callers(city, code))) {
      const root = who === 'subject' ? 'me' : `subject(code: "${code}")`;
      const { data } = await city.ask(`{ ${root} { penalties { totalCount nodes { id title } } } }`, options);
      answers.push(data);
    }
    return answers;
  };
  expect(await tidy()).toEqual({});
  moveTo(city, AFTER);
  const [withoutJob, archived] = [await asked(), await inTable('administrative_penalty_archive')];
  expect(await tidy()).toEqual({ AdministrativePenalty: 1 });
  expect(await asked()).toEqual(withoutJob);
  expect(await inTable('administrative_penalty_archive')).toBe(archived + 1);
  expect(await inTable('administrative_penalty')).toBe(before + 1);
  // Again, and by several at the same time, it changes nothing.
  expect(await Promise.all([tidy(), tidy(), tidy()])).toEqual([{}, {}, {}]);
});

test('[SH-27] in the background it moves the same, and ends when it is told to', async () => {
  await tidy();
  await onFile();
  const told = new AbortController();
  told.abort();
  const background = (signal: AbortSignal) => city.running.house.subgraphs.penalties.tidy?.(signal);
  moveTo(city, AFTER);
  expect(await background(told.signal)).toEqual({});
  expect(await background(new AbortController().signal)).toEqual({ AdministrativePenalty: 1 });
  expect(await tidy()).toEqual({});
});

test('[SH-27] a tidy-up waits for nobody: what someone holds is left for the next one', async () => {
  await onFile();
  const held = await onFile();
  moveTo(city, AFTER);
  const client = await city.database('penalties').connect();
  try {
    await client.query('begin');
    await client.query('select from administrative_penalty where document_number = $1 for update', [
      held.rows[0]?.['行政处罚决定书文号'],
    ]);
    expect(await tidy()).toEqual({ AdministrativePenalty: 1 });
  } finally {
    await client.query('rollback');
    client.release();
  }
  expect(await tidy()).toEqual({ AdministrativePenalty: 1 });
});

test('[SH-27] the archive is read by its keeper for a purpose, with an entry in the journal; moved or not [SH-26]', async () => {
  const { code } = await onFile('2021-03-01', '2025-06-18');
  moveTo(city, AFTER);
  const before = await archive(code);
  expect(before.errors).toBeUndefined();
  expect(before.data.archive).toMatchObject({
    totalCount: 2,
    nodes: [{ archivedAt: null }, { archivedAt: null }],
  });
  await tidy();
  const { data, extensions } = await archive(code);
  expect(data.archive.nodes).toEqual(
    before.data.archive.nodes.map((node: { content: object }) => ({
      ...node,
      archivedAt: expect.any(String),
    })),
  );
  const node = data.archive.nodes.find((n: { visibleUntil: string }) => n.visibleUntil === LAST);
  expect(node).toMatchObject({
    recordType: 'AdministrativePenalty',
    item: ITEM,
    content: { id: node.id, determinedOn: '2021-03-02', fineAmount: '2000.00', facts: '在店内张贴虚假广告' },
  });
  const { rows } = await city
    .database('access')
    .query(
      'select role, matter, note, subjects::text[], items, counts, outcome from journal_entry where id = $1',
      [extensions?.receipt],
    );
  expect(rows).toEqual([
    {
      role: 'center',
      matter: MATTER.quality,
      note: '档案调阅',
      subjects: [await city.subject(code, '')],
      items: [ITEM],
      counts: [2],
      outcome: 'ANSWERED',
    },
  ]);
});

test('[SH-27] page by page, and by record type', async () => {
  const { code } = await onFile('2021-03-01', '2021-02-01');
  moveTo(city, AFTER);
  await tidy();
  const ids: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < 3; page++) {
    const { archive: found }: { archive: { nodes: { id: string }[]; pageInfo: Record<string, unknown> } } = (
      await archive(code, center, { first: 1, after })
    ).data;
    ids.push(...found.nodes.map(({ id }) => id));
    expect(found).toMatchObject({
      totalCount: 3,
      pageInfo: { hasNextPage: page < 2, hasPreviousPage: page > 0 },
    });
    after = found.pageInfo['endCursor'] as string;
  }
  expect(new Set(ids).size).toBe(3);
  const counts = async (type: string) => (await archive(code, center, { type })).data.archive.totalCount;
  expect(await counts('AdministrativePenalty')).toBe(3);
  expect(await counts('Inspection')).toBe(0);
  expect(await counts('Judgment')).toBe(0);
  expect((await archive(code, center, { type: 'Nothing' })).errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT', argument: 'recordType' } },
  ]);
});

test('[SH-27] to anyone but its keeper the archive is closed, and to the keeper without a purpose', async () => {
  const { code } = await onFile();
  moveTo(city, AFTER);
  await tidy();
  const refused = async (options: AskOptions) => {
    const { data, errors } = await archive(code, options);
    expect(data?.archive ?? null).toBeNull();
    return errors?.[0]?.extensions.code;
  };
  expect(await refused({ token: await desk.center() })).toBe('PURPOSE_REQUIRED');
  const asking = await callers(city, code);
  expect(await refused(asking.public)).toBeUndefined();
  for (const who of ['officer', 'licensing', 'provider', 'authority', 'service', 'subject'] as const) {
    expect([who, await refused(asking[who])]).toEqual([who, 'FORBIDDEN']);
  }
});

test('[SH-27] what is archived and sent again is no news, and stays invisible', async () => {
  const { code, rows } = await onFile();
  moveTo(city, AFTER);
  await tidy();
  expect(await desk.submit(ITEM, 'penalty-2018', rows)).toMatchObject({ accepted: 0, duplicates: 1 });
  const other = { ...rows[0], 违法事实: '另一说法' };
  expect((await desk.submit(ITEM, 'penalty-2018', [other])).rejects.nodes).toMatchObject([
    { rule: 'RECORD_DIFFERS' },
  ]);
  expect(await desk.penalties(code)).toEqual([]);
  expect(await tidy()).toEqual({ AdministrativePenalty: 1 });
  expect((await archive(code)).data.archive.totalCount).toBe(1);
});

test('[ZD-33] a wrong date that put a record into the archive can be corrected, and it is shown again', async () => {
  const { code } = await onFile();
  moveTo(city, AFTER);
  await tidy();
  const [{ id }] = (await archive(code)).data.archive.nodes;
  const { data } = await desk.correct({ record: id, code, values: { 终止日期: '2021-06-01' } });
  expect(data.correctRecord).toMatchObject({ visibleUntil: '2026-06-01', revision: 2 });
  expect(await desk.penalties(code)).toMatchObject([{ id, fineAmount: '2000.00', endedOn: '2021-06-01' }]);
  expect((await archive(code)).data.archive.totalCount).toBe(0);
  expect(UNIT.market).toBe(await ownerOf(id));
});

const ownerOf = async (id: string): Promise<string> =>
  (await city.database('penalties').query('select provider from administrative_penalty where id = $1', [id]))
    .rows[0].provider;

test('[SH-27] credit tidy moves them by hand', async () => {
  const folder = copyOfTemplate();
  const own = await City.open({}, folder);
  try {
    const subject = { code: firmCode(1), name: '上海手工有限公司' };
    await new Desk(own).submit(ITEM, 'penalty-2018', [penalty(subject, '手工〔2021〕1号', '2021-03-02')]);
    const tidied = (day: string) => credit(['tidy', '--json'], environment(folder, { CREDIT_TODAY: day }));
    expect(await tidied(LAST)).toMatchObject({ status: 0, stdout: '{"archived":{}}\n' });
    expect(await tidied(AFTER)).toMatchObject({
      status: 0,
      stdout: '{"archived":{"AdministrativePenalty":1}}\n',
    });
  } finally {
    await own.close();
  }
});
