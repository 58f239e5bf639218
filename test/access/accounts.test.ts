import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type AskOptions, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';

const FIRM = firmCode(1);
const QUERY = `{ subject(code: "${FIRM}") { name } }`;
const GRANT =
  'mutation ($input: GrantMattersInput!) { grantMatters(input: $input) { account { unit officer matters suspended } } }';
const SUSPEND =
  'mutation ($officer: String!) { suspendAccount(officer: $officer) { account { officer suspended } } }';
const RESTORE =
  'mutation ($officer: String!) { restoreAccount(officer: $officer) { account { officer suspended } } }';
const WITHDRAW =
  'mutation ($unit: String!) { withdrawGrantee(unit: $unit, reason: "伪造授权证明") { grantee { unit restoredAt } } }';
const REINSTATE = 'mutation ($unit: String!) { restoreGrantee(unit: $unit) { grantee { unit restoredAt } } }';

let city: City;
let admin: string;
let center: string;

beforeAll(async () => {
  city = await City.open();
  admin = await city.token({ role: 'agency', unit: UNIT.market, name: '管理员', sub: 'admin', admin: true });
  center = await city.token({ role: 'center', unit: UNIT.center, name: '钱七', sub: 'center-1' });
  await city.subject(FIRM, '上海余兰贸易有限公司');
});
afterAll(() => city.close());

const officer = (sub: string, unit: string = UNIT.market) =>
  city.token({ role: 'agency', unit, name: '王五', sub });
const look = (token: string, matter: string = MATTER.supervision) =>
  city.ask(QUERY, { token, purpose: matter });
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code ?? 'ANSWERED';
const grant = (sub: string, matters: string[], token = admin) =>
  city.ask(GRANT, { token, variables: { input: { officer: sub, matters } } });
/** Waits until a change is in force at the gateway. */
const comesTo = (outcome: string, ask: () => Promise<Answer>) =>
  city.until(async () => codeOf(await ask()) === outcome);

test('[SP-account] a unit that keeps no accounts works as before', async () => {
  expect(codeOf(await look(await officer('a')))).toBe('ANSWERED');
});

describe('[SP-account] a suspended account', () => {
  test('is refused at once, with the token that it holds and whatever it asks for; and restored, it is not', async () => {
    const token = await officer('stolen');
    expect(codeOf(await look(token))).toBe('ANSWERED');
    expect((await city.ask(SUSPEND, { token: admin, variables: { officer: 'stolen' } })).data).toEqual({
      suspendAccount: { account: { officer: 'stolen', suspended: true } },
    });
    await comesTo('FORBIDDEN', () => look(token));
    for (const options of [{ token }, { token, purpose: MATTER.discretion }])
      for (const query of [QUERY, '{ units { totalCount } }', '{ __typename }', GRANT]) {
        const answer = await city.ask(query, {
          ...options,
          ...(query === GRANT && { variables: { input: { officer: 'x', matters: [] } } }),
        });
        expect(codeOf(answer)).toBe('FORBIDDEN');
        expect(answer.data).toBeUndefined();
      }
    // The unit was granted nothing yet: others go on as before.
    expect(codeOf(await look(await officer('a')))).toBe('ANSWERED');
    expect(codeOf(await look(await officer('stolen', UNIT.enforcement), MATTER.discretion))).toBe('ANSWERED');
    await city.ask(RESTORE, { token: admin, variables: { officer: 'stolen' } });
    await comesTo('ANSWERED', () => look(token));
  });

  test('[SH-31] is in the journal when it tries, also without a purpose', async () => {
    const token = await officer('tries');
    await city.ask(SUSPEND, { token: admin, variables: { officer: 'tries' } });
    await comesTo('FORBIDDEN', () => look(token));
    const { extensions } = await city.ask('{ units { totalCount } }', { token });
    const { rows } = await city
      .database('access')
      .query('select officer_id, outcome, subjects from journal_entry where id = $1', [extensions?.receipt]);
    expect(rows).toEqual([{ officer_id: 'tries', outcome: 'FORBIDDEN', subjects: [] }]);
  });
});

describe('[SP-account][SH-19] once a unit has registered an account', () => {
  test('its officers use the matters that they were granted, and no others', async () => {
    const { data } = await grant('granted', [MATTER.supervision]);
    expect(data.grantMatters.account).toEqual({
      unit: UNIT.market,
      officer: 'granted',
      matters: [MATTER.supervision],
      suspended: false,
    });
    await comesTo('PURPOSE_NOT_ALLOWED', async () => look(await officer('stranger')));
    expect(codeOf(await look(await officer('granted')))).toBe('ANSWERED');
    expect(codeOf(await look(await officer('granted'), MATTER.licence))).toBe('PURPOSE_NOT_ALLOWED');
    expect(codeOf(await look(admin))).toBe('PURPOSE_NOT_ALLOWED');
    // As before: without a purpose it is asked for one.
    expect(codeOf(await city.ask(QUERY, { token: await officer('stranger') }))).toBe('PURPOSE_REQUIRED');
    expect(codeOf(await look(await officer('stranger', UNIT.enforcement), MATTER.discretion))).toBe(
      'ANSWERED',
    );
  });

  test('a new grant takes the place of the one before it, also where the query is known already', async () => {
    const token = await officer('granted');
    await grant('granted', [MATTER.licence]);
    await comesTo('PURPOSE_NOT_ALLOWED', () => look(token));
    expect(codeOf(await look(token, MATTER.licence))).toBe('ANSWERED');
    await grant('granted', []);
    await comesTo('PURPOSE_NOT_ALLOWED', () => look(token, MATTER.licence));
    await grant('granted', [MATTER.supervision]);
    await comesTo('ANSWERED', () => look(token));
  });

  test('the name and role of a token do not help', async () => {
    for (const role of ['agency', 'provider', 'center', 'authority', 'service'] as const) {
      const token = await city.token({ role, unit: UNIT.market, name: '管理员', sub: 'stranger' });
      expect(codeOf(await look(token))).toBe('PURPOSE_NOT_ALLOWED');
    }
  });

  test('no request costs a statement more', async () => {
    const token = await officer('granted');
    await look(token);
    const { statements } = await statementsDuring(() => look(token));
    expect(perDatabase(statements)).toEqual({ registration: 1, access: 1 });
  });
});

describe('[SP-account] who may keep accounts', () => {
  test('the administrator of the unit alone', async () => {
    const others: AskOptions[] = [
      { token: await officer('granted') },
      { token: center },
      { token: await city.token({ role: 'subject', code: FIRM }) },
    ];
    for (const options of others) {
      const variables = { input: { officer: 'x', matters: [] }, officer: 'granted' };
      for (const query of [GRANT, SUSPEND, RESTORE])
        expect(codeOf(await city.ask(query, { ...options, variables }))).toBe('FORBIDDEN');
    }
    expect(codeOf(await city.ask(SUSPEND, { variables: { officer: 'granted' } }))).toBe('UNAUTHENTICATED');
    for (const role of ['center', 'authority', 'service', 'subject'] as const) {
      const token = await city.token({ role, unit: UNIT.market, name: '王五', code: FIRM, admin: true });
      expect(codeOf(await look(token))).toBe('UNAUTHENTICATED');
    }
  });

  test('for its own unit’s matters and officers', async () => {
    expect((await grant('x', [MATTER.discretion])).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'matters[0]' } },
    ]);
    const other = await city.token({ role: 'provider', unit: UNIT.enforcement, name: '管理员', admin: true });
    expect(codeOf(await city.ask(RESTORE, { token: other, variables: { officer: 'granted' } }))).toBe(
      'BAD_USER_INPUT',
    );
    await city.ask(SUSPEND, { token: other, variables: { officer: 'granted' } });
    await comesTo('FORBIDDEN', async () =>
      look(await officer('granted', UNIT.enforcement), MATTER.discretion),
    );
    expect(codeOf(await look(await officer('granted')))).toBe('ANSWERED');
  });

  test('accounts are listed for the administrator and the center', async () => {
    const query = '{ accounts { totalCount nodes { unit officer } } }';
    const listed = await city.ask(query, { token: admin });
    const { totalCount, nodes } = listed.data.accounts;
    expect(nodes.map((n: { unit: string }) => n.unit)).toEqual(Array(totalCount).fill(UNIT.market));
    expect(nodes).toContainEqual({ unit: UNIT.market, officer: 'granted' });
    expect((await city.ask(query, { token: center })).data.accounts.totalCount).toBeGreaterThan(totalCount);
    expect(codeOf(await city.ask(query, { token: await officer('granted') }))).toBe('FORBIDDEN');
  });
});

describe('[SH-34] the center ends all access of a unit at once', () => {
  test('and may restore it', async () => {
    const token = await officer('e', UNIT.enforcement);
    expect(codeOf(await look(token, MATTER.discretion))).toBe('ANSWERED');
    await city.ask(WITHDRAW, { token: center, variables: { unit: UNIT.enforcement } });
    await comesTo('FORBIDDEN', () => look(token, MATTER.discretion));
    expect(codeOf(await city.ask('{ units { totalCount } }', { token }))).toBe('FORBIDDEN');
    expect(codeOf(await look(await officer('granted')))).toBe('ANSWERED');
    await city.ask(REINSTATE, { token: center, variables: { unit: UNIT.enforcement } });
    await comesTo('ANSWERED', () => look(token, MATTER.discretion));
  });

  test('nobody else does, and it not to itself', async () => {
    for (const token of [admin, await officer('granted')])
      expect(codeOf(await city.ask(WITHDRAW, { token, variables: { unit: UNIT.enforcement } }))).toBe(
        'FORBIDDEN',
      );
    expect(codeOf(await city.ask(WITHDRAW, { token: center, variables: { unit: UNIT.center } }))).toBe(
      'BAD_USER_INPUT',
    );
  });
});

test('[SP-account] while nobody can say whether an account is suspended, the public alone is answered', async () => {
  const short = await City.open({ CATALOGUE_LEASE_SECONDS: '3' });
  try {
    await short.subject(FIRM, '上海余兰贸易有限公司');
    const token = await short.token({ role: 'agency', unit: UNIT.market, name: '王五' });
    const units = () => short.ask('{ units { totalCount } }', { token });
    await short.until(async () => codeOf(await units()) === 'ANSWERED');
    await short.reachable('access', false);
    await short.until(async () => short.running.house.rights.current() === null);
    const answer = await units();
    expect(answer.data).toBeUndefined();
    expect(codeOf(answer)).toBe('SUBGRAPH_UNAVAILABLE');
    await short.until(async () => (await short.ask(QUERY)).data?.subject?.name === '上海余兰贸易有限公司');
    await short.reachable('access', true);
    await short.until(async () => codeOf(await units()) === 'ANSWERED');
  } finally {
    await short.close();
  }
}, 60_000);
