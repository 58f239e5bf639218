import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Asker, entriesOf, made, verify } from '../reports/reporting.ts';
import { Receiver, Registry, verified } from '../sharing/pushing.ts';
import { Watcher, center } from '../sharing/watching.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { DistributedCity } from './distributedCity.ts';

/** Changes, alerts, webhooks and reports where every part is behind a door of its own, and who shares is a process. */
const PENALTY = '310116-penalty-amr';
const CHANGES = `query ($after: String) { changes(after: $after) { state pageInfo { endCursor }
  nodes { kind item { code } subject { id } record { id penalties { ... on AdministrativePenalty { documentNumber } } } } } }`;

let distributed: DistributedCity;
let registry: Registry;
let receiver: Receiver;
let officer: { token: string; purpose: string };
let firm: string;
beforeAll(async () => {
  distributed = await DistributedCity.open('sharing', 5_000);
  const { city } = distributed;
  registry = new Registry(distributed, await center(city));
  receiver = await Receiver.open();
  officer = { token: await city.officer(UNIT.market), purpose: MATTER.supervision };
  firm = await city.subject(firmCode(1), '上海分处有限公司', 'LEGAL_PERSON', '310116');
});
afterAll(async () => {
  await receiver.close();
  await distributed.close();
});

test('[SP-push, SP-watch] a change is read, alerts and is pushed, signed', async () => {
  const { city } = distributed;
  await registry.recipient(UNIT.market);
  const secret = await registry.webhook(receiver.url);
  const watcher = new Watcher(city, officer.token, officer.purpose, distributed);
  const { list } = await watcher.watch('客户', [firmCode(1)]);
  const changes = async (after: string | null) => {
    const { data, errors } = await distributed.ask(CHANGES, { ...officer, variables: { after } });
    expect(errors).toBeUndefined();
    return data.changes;
  };
  const start = (await changes(null)).pageInfo.endCursor;
  await city.record(firm, PENALTY, { documentNumber: '分处〔2026〕1号' });
  await city.until(async () => (await changes(start)).nodes.length > 0);
  const { nodes } = await changes(start);
  const id = nodes[0].record.id;
  expect(nodes).toEqual([
    {
      kind: 'ADDED',
      item: { code: PENALTY },
      subject: { id: firm },
      record: { id, penalties: { documentNumber: '分处〔2026〕1号' } },
    },
  ]);
  expect(await watcher.alerts(list)).toMatchObject([
    { change: 'ADDED', record: id, item: { code: PENALTY } },
  ]);
  await city.until(async () => receiver.events.size > 0);
  expect(receiver.told).toEqual([`ADDED ${PENALTY}`]);
  for (const message of receiver.messages) expect(verified(secret, message)).toEqual(message.events);
});

test('[SP-stat, SP-push] what recipients were told is counted, for the operating report', async () => {
  const { token } = officer;
  const REPORT = `{ operatingReport(from: "2026-03-01", to: "2026-03-31") { sharing { pushed { organizations } read { organizations }
    pushedByUnit { key organizations } } } }`;
  await distributed.city.until(async () => (await registry.state(UNIT.market))['acknowledgedAt'] !== null);
  const { data, errors } = await distributed.ask(REPORT, { token });
  expect(errors).toBeUndefined();
  const { pushed, read, pushedByUnit } = data.operatingReport.sharing;
  expect(pushed).toEqual({ organizations: 1 });
  expect(pushedByUnit).toEqual([{ key: UNIT.market, organizations: 1 }]);
  // As often as it was read.
  expect(read.organizations).toBeGreaterThanOrEqual(2);
});

test('[SR-29b, JS-20] a report is made, verified, and printed', async () => {
  const asker: Asker = officer;
  const report = await made(distributed, asker, { code: firmCode(1) });
  expect(entriesOf(report)).toMatchObject([{ documentNumber: '分处〔2026〕1号' }]);
  expect(await verify(distributed, report.number, report.digest)).toMatchObject({ status: 'VALID' });
  const response = await fetch(`${distributed.url}${report.pdf}`, {
    headers: { authorization: `Bearer ${officer.token}`, 'query-purpose': officer.purpose },
  });
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(
    Buffer.from(await response.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
});
