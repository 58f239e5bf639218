import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { leafHash, rootFromInclusion } from '../../platform/transparency/merkle.ts';
import { openNote, readCheckpoint, verifierKey } from '../../platform/transparency/note.ts';
import { City } from '../support/city.ts';
import { credit } from '../support/command.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';
import { entryOf } from './sealed.ts';

const VERIFIER = fileURLToPath(new URL('../../verifier/verify.mjs', import.meta.url));
const SEALED = 'sealed { index size checkpoint proof leaf }';
const ENTRY = `query ($id: ID!) { journalEntry(id: $id) { id officer ${SEALED} } }`;

interface Sealed {
  index: number;
  size: number;
  checkpoint: string;
  proof: string[];
  leaf: string;
}

let city: City;
let officer: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sealing-'));
  city = await City.open();
  officer = await city.officer(UNIT.market);
  await city.subject(firmCode(1), '上海余兰贸易有限公司');
  const { journal } = city.running.house;
  for (let i = 0; i < 6; i++) await Promise.all(Array.from({ length: 100 }, () => journal.write(entryOf())));
});
afterAll(async () => {
  await city.close();
  rmSync(folder, { recursive: true, force: true });
});

const look = async (): Promise<string> => {
  const { extensions } = await city.ask(`query Look { subject(code: "${firmCode(1)}") { name } }`, {
    token: officer,
    purpose: MATTER.supervision,
  });
  return extensions?.receipt as string;
};
const entry = async (id: string, token = officer) =>
  (await city.ask(ENTRY, { variables: { id }, token })).data.journalEntry as {
    id: string;
    officer: string;
    sealed: Sealed | null;
  };
async function sealedEntry(): Promise<{ id: string; officer: string; sealed: Sealed }> {
  const id = await look();
  await city.until(async () => (await entry(id)).sealed !== null);
  return (await entry(id)) as { id: string; officer: string; sealed: Sealed };
}
const key = async (): Promise<string> => (await city.ask('{ journalKey }')).data.journalKey;

const kept = (name: string, content: string): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
/** The stand-alone verifier, as an auditor runs it. */
const audit = (...args: string[]): Promise<{ status: number; stdout: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [VERIFIER, ...args], (error, stdout) =>
      done({ status: error ? Number(error.code) : 0, stdout }),
    );
  });

describe('[SH-31] a receipt', () => {
  test('is proved by GraphQL: from the entry as it was written to the root that the checkpoint signs', async () => {
    const { id, sealed } = await sealedEntry();
    const checkpoint = readCheckpoint(openNote(sealed.checkpoint, [await key()]) ?? '');
    expect(checkpoint).toMatchObject({ origin: 'public-credit-gateway/journal', size: sealed.size });
    const path = sealed.proof.map((hash) => Buffer.from(hash, 'base64'));
    const root = rootFromInclusion(leafHash(Buffer.from(sealed.leaf)), sealed.index, sealed.size, path);
    expect(root).toEqual(checkpoint?.root);
    expect(JSON.parse(sealed.leaf)).toMatchObject({
      id,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      officer: '王五',
      unit: UNIT.market,
      matter: MATTER.supervision,
      operation: 'Look',
      outcome: 'ANSWERED',
    });
    expect(Object.keys(JSON.parse(sealed.leaf))).toEqual(Object.keys(JSON.parse(sealed.leaf)).sort());
  });

  test('is proved to those who may read the entry, and does not exist for others', async () => {
    const { id } = await sealedEntry();
    expect(await entry(id, await city.officer(UNIT.construction))).toBeNull();
  });

  test('costs the same statements for one and for many', async () => {
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push((await sealedEntry()).id);
    const cost = async (some: string[]) => {
      const query = `{ ${some.map((id, i) => `e${i}: journalEntry(id: "${id}") { ${SEALED} }`).join(' ')} }`;
      const { statements } = await statementsDuring(() => city.ask(query, { token: officer }));
      return perDatabase(statements);
    };
    expect(await cost(ids)).toEqual(await cost(ids.slice(0, 1)));
  });

  test('the stand-alone verifier agrees, and not when anything of it is changed', async () => {
    const { id, sealed } = await sealedEntry();
    const receipt = (changed: Partial<Sealed> = {}, of = id) =>
      kept(
        'receipt.json',
        JSON.stringify({ data: { journalEntry: { id: of, sealed: { ...sealed, ...changed } } } }),
      );
    const trusted = ['--key', await key()];
    expect(await audit('--receipt', receipt(), ...trusted)).toMatchObject({ status: 0 });
    const changes: Partial<Sealed>[] = [
      { leaf: sealed.leaf.replace('王五', '赵六') },
      { index: sealed.index - 1 },
      { size: sealed.size + 1 },
      { proof: sealed.proof.slice(1) },
      { checkpoint: sealed.checkpoint.replace(`\n${sealed.size}\n`, `\n${sealed.size + 1}\n`) },
    ];
    for (const change of changes)
      expect([change, (await audit('--receipt', receipt(change), ...trusted)).status]).toEqual([change, 1]);
    expect((await audit('--receipt', receipt({}, await look()), ...trusted)).status).toBe(1);
    expect((await audit('--receipt', receipt())).status).toBe(1);
  });
});

test('[SH-31] anyone can fetch a checkpoint, and the key that it verifies by', async () => {
  await sealedEntry();
  const { data, errors } = await city.ask('{ journalKey journalCheckpoint { size at note } }');
  expect(errors).toBeUndefined();
  const { size, note } = data.journalCheckpoint;
  expect(readCheckpoint(openNote(note, [data.journalKey]) ?? '')?.size).toBe(size);
  const { secrets, settings } = city.running.house;
  expect(data.journalKey).toBe(verifierKey(settings.journalOrigin, secrets.journalSigningKey));
});

test('[SH-31] an export is checked without database and gateway: as it was written, and against checkpoints and receipts', async () => {
  const early = (await city.ask('{ journalCheckpoint { note } }')).data.journalCheckpoint.note as string;
  const receipt = await sealedEntry();
  const { house } = city.running;
  const file = join(folder, 'journal.jsonl');
  const done = await credit(['journal', 'export', file], {
    ...process.env,
    JOURNAL_DATABASE_URL: house.journalUrl,
    JOURNAL_SIGNING_KEY: JSON.stringify(house.secrets.journalSigningKey),
  });
  expect(done).toMatchObject({ status: 0 });
  const args = [
    '--key',
    await key(),
    '--checkpoint',
    kept('early', early),
    '--receipt',
    kept('receipt', JSON.stringify(receipt)),
  ];
  const agreed = await audit(file, ...args);
  expect(agreed).toMatchObject({ status: 0, stdout: expect.stringContaining('intact') });
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  expect(agreed.stdout).toContain(`${lines.length - 1} 条`);

  const told = async (changed: string[], ...more: string[]) => {
    const { status, stdout } = await audit(
      kept('changed', `${changed.join('\n')}\n`),
      '--key',
      await key(),
      ...more,
    );
    expect(status).toBe(1);
    return stdout;
  };
  const [first = '', second = '', ...rest] = lines;
  expect(await told([first.replace('王五', '赵六'), second, ...rest])).toContain(
    'not those that the checkpoint signs',
  );
  expect(await told([second, first, ...rest])).toContain('not those that the checkpoint signs');
  expect(await told([second, ...rest])).toContain('entries are signed');
  expect(await told(lines.slice(0, -1))).toContain('signature');
  expect(await told([...lines.slice(0, 3), lines.at(-1) as string], ...args.slice(2, 4))).toContain('knows');

  // Who exports takes the whole journal away: that stands in it too.
  const { rows } = await city
    .database('access')
    .query(`select channel from journal_entry where operation = 'journal export'`);
  expect(rows).toEqual([{ channel: 'command' }]);
}, 180_000);
