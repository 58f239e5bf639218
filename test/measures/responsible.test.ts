import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ResponsibleDesk } from '../rights/responsibleDesk.ts';
import { type AskOptions } from '../support/city.ts';
import { OFFICE, Office, refused } from './office.ts';

const CENTER = '12320600MBY1760080';
const FINANCE = OFFICE.nantongFinance.unit;

let office: Office;
let desk: ResponsibleDesk;
let center: AskOptions;
beforeAll(async () => {
  office = await Office.open();
  desk = new ResponsibleDesk(office.city, '320600');
  const token = await office.city.token({ role: 'center', unit: CENTER, name: '钱七' });
  center = { token, purpose: '320600-supervision-quality' };
});
afterAll(() => office.close());

test('[MH-5][NT-29] measures reach a responsible person by its linked entry, and end with the organization’s record', async () => {
  const { firm, person } = await desk.entered();
  const [entry] = await desk.own(person);
  const file = { code: person.code, name: person.name, subjectId: '', record: entry.id as string };
  const linked = { recordType: 'LinkedConduct' };
  const task = await office.raise(file, { measure: 'NT-26-5', unit: FINANCE }, center, linked);
  expect(task).toMatchObject({
    state: 'PENDING',
    recordType: 'LinkedConduct',
    grade: 'SEVERE',
    jurisdiction: '320600',
    subject: { name: person.name },
    endsOn: '2028-06-18',
  });
  const mine = { token: await office.city.token({ role: 'subject', code: person.code }) };
  const shown = async (): Promise<number> => {
    const { data } = await office.city.ask('{ me { measures { totalCount } } }', mine);
    return data.me.measures.totalCount as number;
  };
  expect(await shown()).toBe(1);

  const revoked = await office.desk.revoke(
    { code: firm.code, record: firm.id },
    await office.desk.provider(desk.unit),
  );
  expect(revoked.errors).toBeUndefined();
  await office.city.until(async () => (await shown()) === 0);
  const again = await office.determine(file, [{ measure: 'NT-26-5', unit: FINANCE }], center, linked);
  expect(refused(again)).toMatch(/^BAD_USER_INPUT record/);
});

test('[MH-5] in Minhang, too, a severe record reaches who is responsible', async () => {
  const minhang = new ResponsibleDesk(office.city, '310112', 50);
  const { person } = await minhang.entered();
  const [entry] = await minhang.own(person);
  const file = { code: person.code, name: person.name, subjectId: '', record: entry.id as string };
  const task = await office.raise(file, { measure: 'MH-3-2-1', unit: FINANCE }, await office.as('center'), {
    recordType: 'LinkedConduct',
  });
  expect(task).toMatchObject({ state: 'PENDING', grade: 'SEVERE', jurisdiction: '310112' });
});
