import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { Watcher } from './watching.ts';

const PENALTY = '310116-penalty-amr';
const REGISTRATION = '310116-registration-amr';

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterAll(() => city.close());

test('[SP-watch] where an agency’s log was lost, what was told is told anew as the log has it, once, and what it has not no more', async () => {
  const market = new Watcher(city, await city.officer(UNIT.market), MATTER.supervision);
  const code = firmCode(700);
  const subjectId = await city.subject(code, '复原公司', 'LEGAL_PERSON', '310116');
  const { list } = await market.watch('复原', [code]);
  for (const documentNumber of ['留存', '丢失']) await city.record(subjectId, PENALTY, { documentNumber });
  await city.record(subjectId, REGISTRATION);
  const all = [`ADDED ${PENALTY}`, `ADDED ${PENALTY}`, `ADDED ${REGISTRATION}`].toSorted();
  expect((await market.told(list)).toSorted()).toEqual(all);
  const kept = (await market.alerts(list)).find(({ item }) => item.code === REGISTRATION);

  // As after the agency's database was restored from before its newest change.
  const penalties = city.database('penalties');
  const { rows } = await penalties.query<{ id: string }>(
    `delete from administrative_penalty where document_number = '丢失' returning id`,
  );
  await penalties.query('delete from record_change where record_id = $1', [rows[0]?.id]);
  await penalties.query('update record_change_kept set removed = pg_current_xact_id() where id = 1');
  await city.record(subjectId, PENALTY, { documentNumber: '其后' });

  const idOf = async (documentNumber: string) =>
    (
      await penalties.query('select id from administrative_penalty where document_number = $1', [
        documentNumber,
      ])
    ).rows[0]?.id as string;
  const stands = [await idOf('留存'), await idOf('其后')].toSorted();
  const told = async () =>
    (await market.alerts(list)).flatMap(({ item, record }) => (item.code === PENALTY ? record : []));
  await city.until(async () => (await told()).includes(await idOf('其后')));
  expect((await told()).toSorted()).toEqual(stands);
  const alerts = await market.alerts(list);
  expect(alerts).toHaveLength(3);
  // Of other agencies what was told stands.
  expect(alerts.find(({ item }) => item.code === REGISTRATION)?.id).toBe(kept?.id);
});
