import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Ground, openGround } from '../../gateway/embedded/house.ts';
import { pgTypes } from '../../platform/postgres/pool.ts';
import { loadSettings } from '../../platform/settings.ts';
import { verifierKey } from '../../platform/transparency/note.ts';
import type { JournalEntry } from '../../records/journal.ts';
import { GroupJournal } from '../../subgraphs/access/journal.ts';
import { JournalSealer } from '../../subgraphs/access/sealing/sealer.ts';
import { onSnapshot } from '../../subgraphs/access/sealing/session.ts';
import { type Verification, verifyJournal } from '../../subgraphs/access/sealing/verify.ts';
import { copyOfTemplate, environment } from '../support/command.ts';
import { MATTER, UNIT } from '../support/known.ts';

export const ORIGIN = 'credit.example/journal';

/** A journal of a PostgreSQL of its own, without a gateway: sealed only when a test says so. */
export class SealedJournal {
  readonly ground: Ground;
  readonly folder: string;
  /** As superuser, to do what nobody may. */
  readonly superuser: pg.Pool;

  private constructor(ground: Ground, folder: string) {
    this.ground = ground;
    this.folder = folder;
    const url = new URL(ground.journalUrl);
    url.username = 'postgres';
    url.password = ground.secrets.superuserPassword;
    this.superuser = new pg.Pool({ connectionString: url.href, max: 2, types: pgTypes });
    this.superuser.on('error', () => {});
  }

  static async open(): Promise<SealedJournal> {
    const folder = copyOfTemplate();
    return new SealedJournal(await openGround(loadSettings(environment(folder))), folder);
  }

  async close(): Promise<void> {
    await this.superuser.end();
    await this.ground.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get key(): string {
    return verifierKey(ORIGIN, this.ground.secrets.journalSigningKey);
  }

  /** Settings of a process that seals this journal. */
  get env(): NodeJS.ProcessEnv {
    return {
      ...environment(this.folder),
      JOURNAL_DATABASE_URL: this.ground.sealerUrl,
      JOURNAL_SIGNING_KEY: JSON.stringify(this.ground.secrets.journalSigningKey),
      JOURNAL_ORIGIN: ORIGIN,
    };
  }

  journal(): GroupJournal {
    return new GroupJournal(this.ground.journalUrl, this.ground.log);
  }

  sealer(): JournalSealer {
    const { sealerUrl: url, secrets, log } = this.ground;
    return new JournalSealer({ url, key: secrets.journalSigningKey, origin: ORIGIN, log });
  }

  /** Writes entries in groups of 50, at least. */
  async write(count: number, entry: Partial<JournalEntry> = {}): Promise<void> {
    const journal = this.journal();
    for (let rest = count; rest > 0; rest -= 50)
      await Promise.all(Array.from({ length: Math.min(rest, 50) }, () => journal.write(entryOf(entry))));
    await journal.close();
  }

  /** Runs a sealer until every entry is sealed. */
  async seal(): Promise<void> {
    const sealer = this.sealer();
    await this.allSealed();
    await sealer.close();
  }

  async allSealed(): Promise<void> {
    const open =
      'select count(*)::int as n from journal_entry where seq not in (select seq from journal_leaf)';
    for (const deadline = Date.now() + 20_000; (await this.value<number>(open)) > 0; await sleep(50))
      if (Date.now() > deadline) throw new Error('it was not sealed');
  }

  async value<T>(sql: string, values: unknown[] = []): Promise<T> {
    const { rows } = await this.superuser.query(sql, values);
    return Object.values(rows[0] as object)[0] as T;
  }

  /** As `credit journal verify` does, as the journal's role. @param files checkpoints held elsewhere. */
  verify(...files: string[]): Promise<Verification> {
    const held = files.map((file) => ({ file, note: readFileSync(file, 'utf8') }));
    return onSnapshot(this.ground.journalUrl, (session) =>
      verifyJournal(session, { keys: [this.key], held }),
    );
  }
}

export const entryOf = (entry: Partial<JournalEntry> = {}): JournalEntry => ({
  id: randomUUID(),
  at: new Date(),
  officerId: 'wang5',
  officer: '王五',
  unit: UNIT.market,
  role: 'agency',
  channel: 'agency',
  matter: MATTER.supervision,
  caseNumber: '沪金市监〔2026〕8号',
  note: '“日常检查”\u2028第二行',
  operation: 'Look',
  subjects: [randomUUID()],
  items: [{ code: '310116-penalty-amr', count: 2 }],
  outcome: 'ANSWERED',
  ...entry,
});

export const fileIn = ({ folder }: SealedJournal, name: string): string => join(folder, name);
