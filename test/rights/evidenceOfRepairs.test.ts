import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';
import { Evidencing, sha256 } from './evidencing.ts';
import { type OnFile, Repairing, errorOf } from './repairing.ts';

const NAME = '整改报告.pdf';
const ITEM = '320600-penalty-amr';

let city: City;
let repairs: Repairing;
let evidence: Evidencing;

beforeAll(async () => {
  city = await City.open();
  repairs = new Repairing(city);
  evidence = new Evidencing(city);
});
afterAll(() => city.close());

const PENALTY = { determinedOn: '2024-02-05', grade: 'SEVERE', visibleUntil: '2028-01-01' } as const;
const APPLIED = { rectifiedOn: '2024-03-01' };

/** A record of a firm, and a report that the firm gave. */
async function reported(): Promise<{
  of: OnFile;
  content: Buffer;
  pieces: { digest: string; name: string }[];
}> {
  const of = await repairs.onFile(ITEM, PENALTY);
  const content = randomBytes(5_000);
  await evidence.give(content, await repairs.subject(of.code), NAME);
  return { of, content, pieces: [{ digest: sha256(content), name: NAME }] };
}

const status = async (id: string, digest: string, token?: string, purpose?: string): Promise<number> => {
  const response = await evidence.take(id, digest, token, purpose);
  await response.body?.cancel();
  return response.status;
};

test('[NT-34] a file of an application is read by its subject, the unit of the record and the center, with an entry in the journal', async () => {
  const { of, content, pieces } = await reported();
  const id = await repairs.applied(of, { ...APPLIED, evidence: pieces });
  const center = await repairs.center('320600');
  const readers: [string, string?][] = [
    [await repairs.subject(of.code)],
    [(await repairs.provider(of)).token as string],
    [center.token as string, center.purpose as string],
  ];
  for (const [token, purpose] of readers) {
    const answer = await evidence.take(id, sha256(content), token, purpose);
    expect([answer.status, sha256(Buffer.from(await answer.arrayBuffer()))]).toEqual([200, sha256(content)]);
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent(NAME));
    expect(await evidence.entry(answer)).toMatchObject({
      operation: 'readEvidence',
      outcome: 'ANSWERED',
      matter: purpose ?? null,
      subjects: [of.subjectId],
      items: [ITEM],
    });
  }
});

test('[NT-34] it is not there for anyone else, nor under an application that does not name it', async () => {
  const { of, content, pieces } = await reported();
  const id = await repairs.applied(of, { ...APPLIED, evidence: pieces });
  const digest = sha256(content);
  const bare = await repairs.onFile(ITEM, PENALTY);
  const other = await repairs.applied(bare, APPLIED);
  expect(await status(id, digest, await repairs.subject(bare.code))).toBe(404);
  expect(
    await status(id, digest, await city.token({ role: 'provider', unit: UNIT.market, name: '赵六' })),
  ).toBe(404);
  expect(await status(other, digest, await repairs.subject(bare.code))).toBe(404);
  const { token } = await repairs.center('320600');
  expect(await evidence.told(await evidence.take(id, digest, token))).toContain('403 PURPOSE_REQUIRED');
  const { errors } = await repairs.apply(bare, { ...APPLIED, evidence: pieces });
  expect(errors?.[0]?.message).toContain('该主体没有此项材料');
});

test('[NT-34] what was given at the window is read as well', async () => {
  const of = await repairs.onFile(ITEM, PENALTY);
  const center = await repairs.center('320600');
  const paper = randomBytes(2_000);
  const digest = sha256(paper);
  await evidence.give(paper, center.token, '扫描件.png');
  const input = { ...APPLIED, code: of.code, evidence: [{ digest, name: '扫描件.png' }] };
  const { data, errors } = await repairs.apply(of, input, center);
  expect(errors).toBeUndefined();
  expect(await status(data.applyForRepair.application.id, digest, await repairs.subject(of.code))).toBe(200);
});

test('[NT-35] evidence of an objection to the notice is the objector’s own, and for the unit and the center that verify it', async () => {
  const of = await repairs.onFile(ITEM, PENALTY);
  const id = await repairs.applied(of, APPLIED);
  await repairs.support(of, id);
  const [photo, objector] = [randomBytes(3_000), await repairs.subject(firmCode(950))];
  const digest = sha256(photo);
  const refused = errorOf(await repairs.object(id, { token: objector }, [digest]));
  expect([refused.code, refused.argument]).toEqual(['BAD_USER_INPUT', 'evidence[0]']);
  await evidence.give(photo, objector, '现场照片.jpg');
  expect(
    errorOf(await repairs.object(id, { token: await repairs.subject(firmCode(951)) }, [digest])).message,
  ).toBe(refused.message);
  expect((await repairs.object(id, { token: objector }, [digest])).errors).toBeUndefined();
  const center = await repairs.center('320600');
  expect(await status(id, digest, (await repairs.provider(of)).token)).toBe(200);
  expect(await status(id, digest, center.token, center.purpose as string)).toBe(200);
  expect(await status(id, digest, await repairs.subject(of.code))).toBe(404);
});
