import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MATTER } from '../support/known.ts';
import { AuthorizedCity, FIRM, OTHER, codeOf } from './authorized.ts';

const CONTRACTS =
  'query ($code: String!) { subject(code: $code) { contractRecords { totalCount nodes { amount } } } }';
const REVOKE = 'mutation ($id: ID!) { revokeAuthorization(id: $id) { authorization { revokedAt } } }';
const CONFIRM =
  'mutation ($id: ID!, $code: String!) { confirmAuthorization(id: $id, code: $code) { authorization { pending } } }';
const OPEN = { data: { subject: { contractRecords: { totalCount: 1, nodes: [{ amount: '5000.00' }] } } } };

let town: AuthorizedCity;

beforeAll(async () => {
  town = await AuthorizedCity.open();
});
afterAll(() => town.city.close());

const confirm = async (id: string, code: string, token?: string) =>
  town.city.ask(CONFIRM, { token: token ?? (await town.subject(FIRM)), variables: { id, code } });

describe('[NT-22] authorized', () => {
  /** What the sender prints while `work` runs. */
  async function printed<T>(work: () => Promise<T>): Promise<{ value: T; text: string }> {
    const write = process.stdout.write.bind(process.stdout);
    let text = '';
    process.stdout.write = (piece: string) => {
      text += piece;
      return true;
    };
    try {
      return { value: await work(), text };
    } finally {
      process.stdout.write = write;
    }
  }
  const bySms = async () => {
    const { value: id, text } = await printed(() =>
      town.granted(FIRM, ['PERFORMANCE'], { method: 'SMS', phone: '13800138000' }),
    );
    return { id, code: /13800138000: 验证码 (\d{6})/.exec(text)?.[1] as string };
  };
  const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  const newHour = () =>
    town.city
      .database('access')
      .query(`update subject_authorization set granted_at = granted_at - interval '2 hours'`);

  test('by SMS: pending until the code is confirmed, which is kept as a hash', async () => {
    await newHour();
    const { id, code } = await bySms();
    expect(codeOf(await town.ask(CONTRACTS, id))).toBe('AUTHORIZATION_REQUIRED');
    const { rows } = await town.city
      .database('access')
      .query('select to_jsonb(a)::text as row from subject_authorization a where id = $1', [id]);
    expect(rows[0].row).not.toContain(code);
    expect(rows[0].row).not.toContain('13800138000');
    expect(codeOf(await confirm(id, another(code)))).toBe('BAD_USER_INPUT');
    expect(codeOf(await confirm(id, code, await town.subject(OTHER)))).toBe('BAD_USER_INPUT');
    expect(
      codeOf(
        await town.city.ask(CONFIRM, {
          token: town.service,
          purpose: MATTER.supervision,
          variables: { id, code },
        }),
      ),
    ).toBe('FORBIDDEN');
    expect((await confirm(id, code)).data.confirmAuthorization.authorization.pending).toBe(false);
    expect(await town.ask(CONTRACTS, id)).toMatchObject(OPEN);
  });

  test('after five wrong tries the right code gives nothing, also when they come at once', async () => {
    await newHour();
    const { id, code } = await bySms();
    const tries = await Promise.all(Array.from({ length: 8 }, () => confirm(id, another(code))));
    expect(new Set(tries.map(codeOf))).toEqual(new Set(['BAD_USER_INPUT']));
    expect(codeOf(await confirm(id, code))).toBe('BAD_USER_INPUT');
    expect(codeOf(await town.ask(CONTRACTS, id))).toBe('AUTHORIZATION_REQUIRED');
  });

  test('a code that is too old, or whose authorization was revoked, gives nothing', async () => {
    await newHour();
    const old = await bySms();
    await town.city
      .database('access')
      .query(`update subject_authorization set code_expires_at = now() where id = $1`, [old.id]);
    const revoked = await bySms();
    await town.city.ask(REVOKE, { token: await town.subject(FIRM), variables: { id: revoked.id } });
    for (const { id, code } of [old, revoked]) {
      expect(codeOf(await confirm(id, code))).toBe('BAD_USER_INPUT');
      expect(codeOf(await town.ask(CONTRACTS, id))).toBe('AUTHORIZATION_REQUIRED');
    }
  });

  test('five codes are sent in an hour for one subject', async () => {
    await newHour();
    const { value } = await printed(() =>
      Promise.all(
        Array.from({ length: 7 }, () =>
          town.grant(FIRM, ['PERFORMANCE'], { method: 'SMS', phone: '13800138000' }),
        ),
      ),
    );
    expect(value.map(codeOf).toSorted()).toEqual([
      ...Array(5).fill('ANSWERED'),
      'RATE_LIMITED',
      'RATE_LIMITED',
    ]);
  });
});
