import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { OrderAction } from '../../records/orders/order.ts';
import { moveTo } from '../law/onFile.ts';
import { City } from '../support/city.ts';
import { type Asked, type Change, Feeding } from './feeding.ts';

let city: City;
let feeding: Feeding;

beforeAll(async () => {
  city = await City.open();
  feeding = new Feeding(city);
  await feeding.recipient({ jurisdictions: ['310000'] });
});
afterAll(() => city.close());

const by = { by: null, reason: '核查' };
const ENDS: OrderAction[] = [
  { kind: 'REVOKE', ...by },
  { kind: 'ARCHIVE', because: 'REPAIRED', ...by },
];
const MARK: OrderAction = {
  kind: 'MARK',
  dispute: { since: '2026-03-02', by: 'SUBJECT', stage: 'FILED', note: null },
};
const WITHHOLD: OrderAction = { kind: 'WITHHOLD', after: '2026-03-01' };
const SERVICE = { role: 'service' } as const;

/** What a change tells: its kind, and of whom and what where it does. */
const told = (nodes: readonly Change[]): unknown[] =>
  nodes.map(({ kind, subject, item, record }) => [kind, subject?.id ?? null, item?.code ?? null, record?.id]);
const PENALTY = '310116-penalty-amr';

test('[SP-push] from an old position nothing of a record that is gone is told but that it is, without subject and item', async () => {
  const start = await feeding.newest();
  const records = [await feeding.penalty(), await feeding.penalty()];
  const standing = await feeding.penalty();
  await feeding.takenIn();
  const before = await feeding.page(start, { first: 2 });
  expect(told(before.nodes)).toEqual(records.map(({ id, subjectId }) => ['ADDED', subjectId, PENALTY, id]));
  for (const [i, record] of records.entries()) {
    await feeding.order(record, MARK);
    await feeding.order(record, ENDS[i] as OrderAction);
  }
  await feeding.takenIn();
  const ends = [
    ['REVOKED', null, null, records[0]?.id],
    ['ARCHIVED', null, null, records[1]?.id],
  ];
  const added = ['ADDED', standing.subjectId, PENALTY, standing.id];
  // Whoever had read of them, whoever stored nothing of what it had read, and whoever never had: all can delete what they have, none learns more.
  expect(told((await feeding.rest(before.pageInfo.endCursor)).nodes)).toEqual([added, ...ends]);
  for (const first of [1, 2, 100])
    expect(told((await feeding.rest(start, { first })).nodes)).toEqual([added, ...ends]);
  const { extensions } = await feeding.ask(start);
  const { rows } = await city
    .database('access')
    .query('select subjects from journal_entry where id = $1', [extensions?.receipt]);
  expect(rows).toEqual([{ subjects: [standing.subjectId] }]);
});

test('[SP-push] a record that comes back is told of again, and no more of what was before its end', async () => {
  const start = await feeding.newest();
  const record = await feeding.penalty();
  await feeding.order(record, ENDS[1] as OrderAction);
  await city
    .database('penalties')
    .query('update administrative_penalty set archived_at = null where id = $1', [record.id]);
  await feeding.takenIn();
  const { nodes } = await feeding.rest(start);
  expect(told(nodes)).toEqual([
    ['ARCHIVED', null, null, record.id],
    ['ADDED', record.subjectId, PENALTY, record.id],
  ]);
});

test('[SP-push] a record whose term was shortened is gone with its day, and told of until then', async () => {
  const start = await feeding.newest();
  const record = await feeding.penalty();
  await feeding.order(record, { kind: 'HIDE_AFTER', after: '2026-03-02' });
  await feeding.takenIn();
  const kinds = async () => told((await feeding.rest(start)).nodes);
  expect(await kinds()).toEqual(
    ['ADDED', 'TERM'].map((kind) => [kind, record.subjectId, PENALTY, record.id]),
  );
  moveTo(city, '2026-03-03');
  try {
    const { nodes } = await feeding.rest(start);
    expect(told(nodes)).toEqual([['TERM', null, null, record.id]]);
    expect(nodes[0]?.visibleUntil).toBe('2026-03-02');
  } finally {
    moveTo(city, '2026-03-02');
  }
});

test('[SP-push, ZD-29] to who sees what is public alone, a record that is withheld is gone until it is lifted', async () => {
  const start = async (asked: Asked) => (await feeding.page(null, { ...asked, first: 0 })).newest;
  await feeding.newest();
  const [service, organ] = [await start(SERVICE), await start({})];
  const record = await feeding.penalty();
  await feeding.order(record, WITHHOLD);
  await feeding.takenIn();
  const whole = (kind: string) => [kind, record.subjectId, PENALTY, record.id];
  const read = async () => told((await feeding.rest(service, SERVICE)).nodes);
  expect(await read()).toEqual([['WITHHELD', null, null, record.id]]);
  expect(told((await feeding.rest(organ)).nodes)).toEqual(['ADDED', 'WITHHELD'].map(whole));
  await feeding.order(record, { kind: 'LIFT' });
  await feeding.takenIn();
  expect(await read()).toEqual(['ADDED', 'WITHHELD', 'LIFTED'].map(whole));
  await feeding.order(record, WITHHOLD);
  await feeding.order(record, ENDS[0] as OrderAction);
  await feeding.takenIn();
  const ends = await read();
  expect(ends.length).toBeGreaterThan(0);
  for (const end of ends) expect(end).toEqual(['WITHHELD', null, null, record.id]);
});

test('[SP-push] an item that ends in the catalogue is told of once, and its records no more', async () => {
  const item = '310116-penalty-ct';
  const start = await feeding.newest();
  const record = await feeding.penalty(item);
  await feeding.takenIn();
  expect(told((await feeding.rest(start)).nodes)).toEqual([['ADDED', record.subjectId, item, record.id]]);
  await city
    .database('catalogue')
    .query('update item_version set valid_to = $2 where code = $1', [item, '2026-03-02']);
  moveTo(city, '2026-03-03');
  try {
    const read = async () => told((await feeding.rest(start)).nodes);
    await city.until(async () => (await read()).some((node) => (node as string[])[0] === 'DISCLOSURE'));
    expect(await read()).toEqual([['DISCLOSURE', null, item, undefined]]);
  } finally {
    moveTo(city, '2026-03-02');
  }
});
