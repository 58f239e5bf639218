import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';

const FIRM = '91310116741604370R';
const PERSON = '310199198507011235';
const LONELY = '310199199203040022';

const AMR = '11310116MBY011166U';
const POLICE = '11310116MBY09116X1';

let city: City;
let firm: string;

beforeAll(async () => {
  city = await City.open();
});
afterAll(() => city.close());

test('x', async () => {
  firm = await city.subject(FIRM, '上海余兰贸易有限公司', 'LEGAL_PERSON', '310116');
  await city.record(firm, '310116-penalty-amr', { documentNumber: 'P1', own: { fineAmount: '2000.00', remarks: '内部备注' } });
  await city.record(firm, '310116-inspection-amr', { documentNumber: 'I1' });
  const q = `query($c: String!) { subject(code: $c) { id name code penalties { totalCount nodes { documentNumber fineAmount remarks item { code name } provider { name } } } inspections { totalCount nodes { documentNumber } } } }`;
  console.log(JSON.stringify(await city.ask(q, { variables: { c: FIRM } })));
  const token = await city.officer(AMR);
  console.log(JSON.stringify(await city.ask(q, { variables: { c: FIRM }, token })));
  console.log(JSON.stringify(await city.ask(q, { variables: { c: FIRM }, token, purpose: 'nope' })));
  console.log(JSON.stringify(await city.ask(q, { variables: { c: FIRM }, token, purpose: '310116-approval-licence' })));
  console.log((await city.database('access').query('select * from journal_entry')).rows);
});
