import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSealer } from '../../platform/crypto/seal.ts';
import { reseal } from '../../platform/crypto/reseal.ts';
import { SEALED_EVIDENCE, SEALED_EVIDENCE_NAMES } from '../../subgraphs/objections/evidence/entity.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { Evidencing, sha256 } from './evidencing.ts';
import { Objecting, type OnFile } from './objecting.ts';

const MB = 1024 * 1024;
const NAME = '处罚决定书（更正版）.pdf';

let city: City;
let objecting: Objecting;
let evidence: Evidencing;
let nth = 500;

beforeAll(async () => {
  city = await City.open();
  objecting = new Objecting(city);
  evidence = new Evidencing(city);
});
afterAll(() => city.close());

/** A token of a subject that nobody else is. */
const subject = (): Promise<string> => city.token({ role: 'subject', code: firmCode(++nth) });
const center = (): Promise<string> => city.token({ role: 'center', unit: UNIT.center, name: '钱七' });

const give: Evidencing['give'] = (...given) => evidence.give(...given);
const take: Evidencing['take'] = (...asked) => evidence.take(...asked);
const told: Evidencing['told'] = (response) => evidence.told(response);

describe('[SH-28] a file of evidence', () => {
  test('is stored by its digest, for whoever gives it, and giving it again gives the same', async () => {
    const content = randomBytes(70_000);
    const token = await subject();
    const stored = { digest: sha256(content), size: 70_000, name: NAME };
    const first = await give(content, token, NAME);
    expect([first.status, await first.json()]).toEqual([200, stored]);
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(await evidence.entry(first)).toMatchObject({
      operation: 'giveEvidence',
      outcome: 'ANSWERED',
    });
    expect(await (await give(content, token, 'another name.pdf')).json()).toEqual(stored);
    // Somebody else learns nothing of it: neither that it is there nor its name.
    expect(await (await give(content, await subject())).json()).toEqual({ ...stored, name: null });
  });

  test('is given by subjects, by units that provide or use information and by the center, and by nobody else', async () => {
    const content = Buffer.from('材料');
    for (const role of ['provider', 'agency', 'center'] as const)
      expect((await give(content, await city.token({ role, unit: UNIT.market, name: '王五' }))).status).toBe(
        200,
      );
    for (const role of ['authority', 'service'] as const) {
      const answer = await give(content, await city.token({ role, unit: UNIT.market, name: '王五' }));
      expect(await told(answer)).toContain('403 FORBIDDEN');
    }
    for (const token of [undefined, 'a.b.c']) {
      const answer = await give(content, token);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(await told(answer)).toMatch(/^401 UNAUTHENTICATED .* \/ /);
    }
  });

  test('is sealed in the database, its name as well', async () => {
    const text = '公民身份号码 110105194912310021 的证明';
    const content = Buffer.from(text.repeat(100));
    await give(content, await subject(), '张三的证明.txt');
    const { rows } = await city
      .database('objections')
      .query('select content, sealed_name from evidence where digest = $1', [sha256(content)]);
    expect(rows[0].content.includes(Buffer.from(text))).toBe(false);
    expect(rows[0].sealed_name.includes(Buffer.from('张三'))).toBe(false);
  });

  test('has 20 MB at most, whether its length is told beforehand or not', async () => {
    const token = await subject();
    const most = Buffer.alloc(20 * MB, 1);
    expect(await (await give(most, token)).json()).toMatchObject({ size: 20 * MB, digest: sha256(most) });
    expect(await told(await give(Buffer.alloc(20 * MB + 1), token))).toMatch(
      /^413 BAD_USER_INPUT 文件超过 20 MB \/ /,
    );
    let left = 21;
    const chunked = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(new Uint8Array(MB));
        else controller.close();
      },
    });
    expect(await told(await give(chunked, token))).toContain('413 ');
    expect(await told(await give(Buffer.alloc(0), token))).toContain('400 BAD_USER_INPUT');
  });

  test('keeps of a name what comes after the last folder, and no control characters', async () => {
    const token = await subject();
    const named = async (name: string) => (await give(randomBytes(9), token, name)).json();
    expect(await named('../../etc/passwd')).toMatchObject({ name: 'passwd' });
    expect(await named('C:\\文件\\照片.jpg')).toMatchObject({ name: '照片.jpg' });
    expect(await named('  ')).toMatchObject({ name: null });
    expect(await told(await give(randomBytes(9), token, 'a\r\nset-cookie: b'))).toContain(
      '400 BAD_USER_INPUT name',
    );
  });

  test('is refused to who gives too many in a minute, or too much in a day', async () => {
    const token = await subject();
    const answers: Response[] = [];
    for (let i = 0; i < 31; i++) answers.push(await give(Buffer.from([i]), token));
    expect(answers.slice(0, 30).map(({ status }) => status)).toEqual(Array(30).fill(200));
    expect(Number(answers[30]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await told(answers[30] as Response)).toContain('429 RATE_LIMITED');
    const other = await subject();
    const { digest } = (await (await give(randomBytes(5), other)).json()) as { digest: string };
    await city
      .database('objections')
      .query('update evidence set size = $2 where digest = $1', [digest, 200 * MB]);
    expect(await told(await give(randomBytes(6), other))).toContain('429 RATE_LIMITED 一日内');
  });
});

describe('[SH-28] evidence of an objection', () => {
  const content = Buffer.from('%PDF-1.7 <script>alert(1)</script>');
  const digest = sha256(content);
  let of: OnFile;
  let caseId: string;

  beforeAll(async () => {
    of = await objecting.penalty('310116');
    await give(content, await objecting.subject(of.code), NAME);
    ({ id: caseId } = await objecting.filed(of, { evidence: [{ digest, name: NAME }] }));
  });

  test('names only what its subject gave', async () => {
    const other = await objecting.penalty('310116');
    const { errors } = await objecting.file(other, { evidence: [{ digest, name: NAME }] });
    expect(errors?.[0]?.message).toContain('该主体没有此项材料');
  });

  test('is read by its subject, the unit of the record and the center, as an attachment, with an entry in the journal', async () => {
    const readers: [string, string?][] = [
      [await objecting.subject(of.code)],
      [(await objecting.provider(of.provider)).token as string],
      [await center(), MATTER.quality],
    ];
    for (const [token, purpose] of readers) {
      const answer = await take(caseId, digest.toUpperCase(), token, purpose);
      expect(answer.status).toBe(200);
      expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="evidence"; filename*=UTF-8''${encodeURIComponent(NAME)}`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
      expect(await evidence.entry(answer)).toMatchObject({
        operation: 'readEvidence',
        outcome: 'ANSWERED',
        matter: purpose ?? null,
        subjects: [of.subjectId],
        items: ['310116-penalty-amr'],
      });
    }
  });

  test('is not there for anyone else, in the same words as what does not exist', async () => {
    const strangers: [string, string?][] = [
      [await subject()],
      [await city.token({ role: 'provider', unit: UNIT.construction, name: '赵六' })],
      [await city.token({ role: 'service', unit: UNIT.market, name: '周九' }), MATTER.supervision],
    ];
    const answers = await Promise.all(
      strangers.map(async ([token, purpose]) => told(await take(caseId, digest, token, purpose))),
    );
    const own = await objecting.subject(of.code);
    const absent = [
      await told(await take(caseId, sha256(Buffer.from('another')), own)),
      await told(await take('00000000-0000-0000-0000-000000000000', digest, own)),
      await told(await take('nothing', 'nothing', own)),
    ];
    expect(new Set([...answers, ...absent])).toEqual(
      new Set(['404 BAD_USER_INPUT 没有此项材料 / there is no such evidence']),
    );
    expect(await told(await take(caseId, digest))).toContain('401 UNAUTHENTICATED');
    expect(await told(await take(caseId, digest, await center()))).toContain('403 PURPOSE_REQUIRED');
    const { rows } = await city
      .database('access')
      .query(`select distinct outcome from journal_entry where operation = 'readEvidence' order by 1`);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['ANSWERED', 'BAD_USER_INPUT', 'PURPOSE_REQUIRED']);
  });

  test('that was filed at the window may have been given there', async () => {
    const visitor = await objecting.penalty('310116');
    const paper = randomBytes(2_000);
    const as = await objecting.center('310116');
    await give(paper, as.token, '扫描件.png');
    const { recordType, record, code } = visitor;
    const input = {
      recordType,
      record,
      code,
      ground: 'ERROR_OR_OMISSION',
      statement: '窗口受理',
      evidence: [{ digest: sha256(paper), name: '扫描件.png' }],
    };
    const { data, errors } = await city.ask(
      'mutation ($input: FileObjectionInput!) { fileObjection(input: $input) { objection { id } } }',
      { ...as, variables: { input } },
    );
    expect(errors).toBeUndefined();
    const { id } = data.fileObjection.objection;
    const answer = await take(id, sha256(paper), await objecting.subject(code));
    expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(paper));
  });

  test('opens after the sealing key was changed', async () => {
    const { secrets } = city.running.house;
    const [old] = secrets.sealingKeys;
    const after = createSealer([{ id: 250, key: randomBytes(32) }, ...secrets.sealingKeys]);
    const pool = city.database('objections');
    for (const column of [SEALED_EVIDENCE, SEALED_EVIDENCE_NAMES])
      expect(await reseal(pool, after, column)).toBeGreaterThan(0);
    const { rows } = await pool.query('select content, owner from evidence where digest = $1', [digest]);
    expect(after.openBytes(rows[0].content, `${digest} ${rows[0].owner}`).equals(content)).toBe(true);
    expect(after.keyIdOf(rows[0].content)).not.toBe(old?.id);
  });
});
