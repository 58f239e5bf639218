import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/city.ts';
import { MATTER, UNIT } from '../support/known.ts';
import { AuthorizedCity, DIGEST, FIRM, GRANT, OTHER, PERSON, codeOf } from './authorized.ts';

const CONTRACTS =
  'query ($code: String!) { subject(code: $code) { contractRecords { totalCount nodes { amount counterparty } } } }';
const REVOKE = 'mutation ($id: ID!) { revokeAuthorization(id: $id) { authorization { revokedAt } } }';
const OPEN = {
  data: {
    subject: { contractRecords: { totalCount: 1, nodes: [{ amount: '5000.00', counterparty: '乙公司' }] } },
  },
};

let town: AuthorizedCity;

beforeAll(async () => {
  town = await AuthorizedCity.open();
});
afterAll(() => town.city.close());

describe('[SH-20] an authorization', () => {
  test('opens its categories to its grantee, and without one nothing changes', async () => {
    const id = await town.granted(FIRM, ['310116-contract-hc']);
    expect(await town.ask(CONTRACTS, id)).toMatchObject(OPEN);
    expect(await town.ask(CONTRACTS, null)).toMatchObject({
      data: { subject: { contractRecords: { totalCount: 0, nodes: [] } } },
    });
    const { data, errors } = await town.ask(CONTRACTS, null, { token: town.officer });
    expect(data.subject.contractRecords.nodes).toEqual([{ amount: null, counterparty: '乙公司' }]);
    expect(errors).toMatchObject([{ extensions: { code: 'AUTHORIZATION_REQUIRED' } }]);
    expect(await town.ask(CONTRACTS, id, { token: town.officer })).toMatchObject(OPEN);
  });

  test('names a class of records as well as an item; a natural person’s too', async () => {
    const id = await town.granted(PERSON, ['MANAGEMENT']);
    const query =
      'query ($code: String!) { subject(code: $code) { name administrativeActs { totalCount nodes { item { code } } } qualifications { totalCount } } }';
    expect((await town.ask(query, id, { code: PERSON })).data.subject).toEqual({
      name: '张三',
      administrativeActs: { totalCount: 1, nodes: [{ item: { code: '310116-act-hr-p' } }] },
      qualifications: { totalCount: 0 },
    });
    expect((await town.ask(query, null, { code: PERSON })).data.subject).toBeNull();
  });

  test('is good for so many uses, however many come at once', async () => {
    const id = await town.granted(FIRM, ['PERFORMANCE'], { uses: 3 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => town.ask(CONTRACTS, id)));
    expect(answers.filter((a) => codeOf(a) === 'ANSWERED')).toHaveLength(3);
    const refused = answers.filter((a) => codeOf(a) === 'AUTHORIZATION_REQUIRED');
    expect(refused).toHaveLength(9);
    for (const answer of refused) expect(answer.data).toBeUndefined();
    const { data } = await town.city.ask('{ authorizations(first: 1) { nodes { id used uses } } }', {
      token: await town.subject(FIRM),
    });
    expect(data.authorizations.nodes).toEqual([{ id, used: 3, uses: 3 }]);
  });

  test('is used once by a query that is known already and one that is not', async () => {
    const id = await town.granted(FIRM, ['PERFORMANCE'], { uses: 2 });
    const query = CONTRACTS.replace('query', 'query Fresh');
    for (const outcome of ['ANSWERED', 'ANSWERED', 'AUTHORIZATION_REQUIRED', 'AUTHORIZATION_REQUIRED'])
      expect(codeOf(await town.ask(query, id))).toBe(outcome);
  });

  test('is revoked with immediate effect, by its subject or the center, and by nobody else', async () => {
    for (const by of ['subject', 'center']) {
      const id = await town.granted(FIRM, ['PERFORMANCE']);
      const revoke = (token: string) =>
        town.city.ask(REVOKE, { token, variables: { id }, purpose: MATTER.supervision });
      for (const token of [await town.subject(OTHER), town.service, town.officer])
        expect(codeOf(await revoke(token))).toMatch(/FORBIDDEN|BAD_USER_INPUT/);
      expect(await town.ask(CONTRACTS, id)).toMatchObject(OPEN);
      const token = by === 'center' ? town.center : await town.subject(FIRM);
      const revoked = await town.city.ask(REVOKE, { token, variables: { id }, purpose: MATTER.quality });
      expect(revoked.data.revokeAuthorization.authorization.revokedAt).not.toBeNull();
      expect(codeOf(await town.ask(CONTRACTS, id))).toBe('AUTHORIZATION_REQUIRED');
    }
  });

  test('is refused in the same words whatever is wrong with it', async () => {
    const wrong: [string, string, { token?: string; matter?: string }?][] = [
      ['unknown', '00000000-0000-4000-8000-000000000000'],
      [
        'past',
        await town.granted(FIRM, ['PERFORMANCE'], { validFrom: '2026-02-01', validUntil: '2026-03-02' }),
      ],
      ['not yet valid', await town.granted(FIRM, ['PERFORMANCE'], { validFrom: '2026-03-03' })],
      ['for another matter', await town.granted(FIRM, ['PERFORMANCE'], { matter: MATTER.licence })],
      ['of another grantee', await town.granted(FIRM, ['PERFORMANCE'], { grantee: UNIT.enforcement })],
    ];
    // On its last day it still holds.
    const [, past] = wrong[1] as [string, string];
    expect(await town.ask(CONTRACTS, past)).toMatchObject(OPEN);
    await town.city
      .database('access')
      .query(`update subject_authorization set valid_until = '2026-03-01' where id = $1`, [past]);
    const told = new Set<string>();
    for (const [what, id] of wrong) {
      const answer = await town.ask(CONTRACTS, id);
      expect([what, codeOf(answer)]).toEqual([what, 'AUTHORIZATION_REQUIRED']);
      expect(answer.data).toBeUndefined();
      told.add(answer.errors?.[0]?.message ?? '');
    }
    expect(told.size).toBe(1);
  });

  test('is not for other roles, nor for what needs none', async () => {
    const id = await town.granted(FIRM, ['PERFORMANCE'], { uses: 1 });
    for (const token of [town.center, await town.subject(FIRM)])
      expect(codeOf(await town.ask(CONTRACTS, id, { token, matter: MATTER.quality }))).toBe('FORBIDDEN');
    expect(codeOf(await town.ask('{ units { totalCount } }', id))).toBe('BAD_USER_INPUT');
    expect(await town.ask(CONTRACTS, id)).toMatchObject(OPEN);
  });
});

test('[ZD-22] the entry holds authorization, agreed purpose and the querier’s document; the subject sees the first two', async () => {
  const id = await town.granted(FIRM, ['PERFORMANCE']);
  const entry = async ({ extensions }: Answer) =>
    (
      await town.city.ask(
        'query ($id: ID!) { journalEntry(id: $id) { authorization agreedPurpose idDocument } }',
        { token: town.officer, variables: { id: extensions?.receipt } },
      )
    ).data.journalEntry;
  const shown = await town.ask(CONTRACTS, id, { idDocument: '居民身份证 310***' });
  expect(await entry(shown)).toEqual({
    authorization: id,
    agreedPurpose: '贷款审批',
    idDocument: '居民身份证 310***',
  });
  expect(await entry(await town.ask(CONTRACTS, id))).toMatchObject({ idDocument: 'account bank' });
  const { data } = await town.city.ask(
    '{ me { accessHistory(first: 1) { nodes { basis authorization agreedPurpose items { code } } } } }',
    { token: await town.subject(FIRM) },
  );
  expect(data.me.accessHistory.nodes).toEqual([
    {
      basis: 'AUTHORIZATION',
      authorization: id,
      agreedPurpose: '贷款审批',
      items: [{ code: '310116-contract-hc' }],
    },
  ]);
});

describe('[NT-22] authorized', () => {
  const written = {
    method: 'WRITTEN',
    code: FIRM,
    categories: ['PERFORMANCE'],
    purpose: '投标',
    validFrom: '2026-03-01',
    validUntil: '2026-03-31',
    documentDigest: DIGEST,
  };
  const register = (token: string, input: object = {}) =>
    town.city.ask(GRANT, {
      token,
      purpose: MATTER.supervision,
      variables: { input: { ...written, ...input } },
    });

  test('in writing: by the grantee for itself, with the paper’s digest as evidence', async () => {
    const { data } = await register(town.service);
    const { authorization } = data.grantAuthorization;
    expect(authorization).toMatchObject({
      subject: town.city.running.house.pseudonym(FIRM),
      grantee: { code: UNIT.market },
      method: 'WRITTEN',
      grantedBy: UNIT.market,
      pending: false,
    });
    const { rows } = await town.city
      .database('access')
      .query('select document_digest from subject_authorization where id = $1', [authorization.id]);
    expect(rows).toEqual([{ document_digest: DIGEST }]);
    expect(await town.ask(CONTRACTS, authorization.id)).toMatchObject(OPEN);
    for (const [input, code] of [
      [{ documentDigest: 'x' }, 'BAD_USER_INPUT'],
      [{ documentDigest: null }, 'BAD_USER_INPUT'],
      [{ code: null }, 'BAD_USER_INPUT'],
      [{ code: '123' }, 'BAD_USER_INPUT'],
      [{ categories: [] }, 'BAD_USER_INPUT'],
      [{ categories: ['everything'] }, 'BAD_USER_INPUT'],
      [{ purpose: null }, 'BAD_USER_INPUT'],
      [{ matter: MATTER.discretion }, 'BAD_USER_INPUT'],
      [{ uses: 0 }, 'BAD_USER_INPUT'],
      [{ validUntil: '2026-02-28' }, 'BAD_USER_INPUT'],
      [{ grantee: UNIT.enforcement }, 'FORBIDDEN'],
      [{ method: 'ONLINE' }, 'FORBIDDEN'],
      [{ method: 'SMS', phone: '13800138000' }, 'FORBIDDEN'],
    ] as const)
      expect([input, codeOf(await register(town.service, input))]).toEqual([input, code]);
    expect(
      codeOf(await register(await town.subject(OTHER), { method: 'ONLINE', grantee: UNIT.market })),
    ).toBe('FORBIDDEN');
  });
});

describe('[SH-20] authorizations are listed', () => {
  const LIST = '{ authorizations(first: 100) { totalCount nodes { subject grantee { code } } } }';
  const listed = (token: string, matter?: string) =>
    town.city.ask(LIST, { token, ...(matter && { purpose: matter }) });

  test('for the subject its own, for a unit those granted to it, for the public none', async () => {
    const { pseudonym } = town.city.running.house;
    await town.granted(OTHER, ['PERFORMANCE'], { grantee: UNIT.enforcement });
    const own = (await listed(await town.subject(OTHER))).data.authorizations;
    expect(own).toEqual({
      totalCount: 1,
      nodes: [{ subject: pseudonym(OTHER), grantee: { code: UNIT.enforcement } }],
    });
    const granted = (await listed(town.officer, MATTER.supervision)).data.authorizations.nodes;
    expect(new Set(granted.map((n: { grantee: { code: string } }) => n.grantee.code))).toEqual(
      new Set([UNIT.market]),
    );
    expect(codeOf(await listed(town.officer))).toBe('PURPOSE_REQUIRED');
    expect((await town.city.ask(LIST)).data).toEqual({ authorizations: null });
  });
});

test('[SH-34] a withdrawn grantee’s authorizations give nothing, and restored they do again', async () => {
  const id = await town.granted(FIRM, ['PERFORMANCE']);
  const change = (query: string) =>
    town.city.ask(query, { token: town.center, variables: { unit: UNIT.market } });
  await change(
    'mutation ($unit: String!) { withdrawGrantee(unit: $unit, reason: "伪造授权证明") { grantee { reason } } }',
  );
  const answer = await town.ask(CONTRACTS, id);
  expect(['AUTHORIZATION_REQUIRED', 'FORBIDDEN']).toContain(codeOf(answer));
  expect(answer.data).toBeUndefined();
  await change('mutation ($unit: String!) { restoreGrantee(unit: $unit) { grantee { restoredAt } } }');
  await town.city.until(async () => codeOf(await town.ask(CONTRACTS, id)) === 'ANSWERED');
});
