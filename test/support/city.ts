import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedOptions, type Running, startEmbedded } from '../../gateway/embedded/start.ts';
import { type TokenClaims, issueToken } from '../../gateway/identity/issuer.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { loadSettings } from '../../platform/settings.ts';
import type { RecordInput } from '../../records/recordInput.ts';
import type { SubgraphName } from '../../schema/sdl.ts';
import { copyOfTemplate } from './command.ts';
import { randomPort } from './ports.ts';

export interface Answer {
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
  data?: any;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; [key: string]: unknown };
  }[];
  extensions?: { receipt?: string };
}

export interface AskOptions {
  variables?: Record<string, unknown>;
  token?: string;
  purpose?:
    | string
    | {
        matter: string;
        caseNumber?: string;
        note?: string;
        authorization?: string;
        idDocument?: string;
        undisclosedUntil?: string;
      };
}

/** Asks a gateway as users do. */
export const post = (
  url: string,
  query: string,
  { variables, token, purpose }: AskOptions,
): Promise<Response> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(typeof purpose === 'string' && { 'query-purpose': purpose }),
    },
    body: JSON.stringify({
      query,
      variables,
      ...(typeof purpose === 'object' && { extensions: { purpose } }),
    }),
  });

/** A city under test: the whole embedded gateway over its own PostgreSQL, asked over HTTP as users do. */
export class City {
  #running: Running | undefined;
  readonly #folder: string;
  #superuser: pg.Pool | undefined;
  readonly #pools = new Map<string, pg.Pool>();

  private constructor(running: Running, folder: string) {
    this.#running = running;
    this.#folder = folder;
  }

  /** @param env settings beside the usual ones; the rules see 2026-03-02, a Monday. */
  static async open(
    env: Record<string, string> = {},
    folder = copyOfTemplate(),
    options: EmbeddedOptions = {},
  ): Promise<City> {
    const port = randomPort();
    const settings = loadSettings({
      CREDIT_DATA: join(folder, 'data'),
      CREDIT_PG_PORT: String(port),
      CREDIT_TODAY: '2026-03-02',
      LOG_LEVEL: 'silent',
      RATE_LIMIT_PUBLIC_PER_MINUTE: '1000000',
      PORT: '0',
      ...env,
    });
    return new City(await startEmbedded(settings, options), folder);
  }

  get running(): Running {
    if (!this.#running) throw new Error('the city is closed');
    return this.#running;
  }

  async close(): Promise<void> {
    for (const pool of this.#pools.values()) await pool.end();
    await this.#superuser?.end();
    await this.running.close();
    // A worker never unloads a test file, nor what its variables hold.
    this.#running = undefined;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  token(claims: Partial<TokenClaims> & Pick<TokenClaims, 'role'>, expires?: string): Promise<string> {
    return issueToken(this.running.house.secrets.tokenPrivateKey, { sub: 'tester', ...claims }, expires);
  }

  /** An officer's token: 王五 of the unit. */
  officer(unit: string): Promise<string> {
    return this.token({ role: 'agency', unit, name: '王五' });
  }

  post(query: string, options: AskOptions = {}): Promise<Response> {
    return post(this.running.url, query, options);
  }

  async ask(query: string, options: AskOptions = {}): Promise<Answer> {
    return (await this.post(query, options)).json() as Promise<Answer>;
  }

  /** A database as its application role, to look at what is really stored. */
  database(name: SubgraphName): pg.Pool {
    let pool = this.#pools.get(name);
    if (!pool) {
      pool = openPool(this.running.house.databases[name].appUrl, { max: 2 });
      this.#pools.set(name, pool);
    }
    return pool;
  }

  /** PostgreSQL as its superuser, to do what an operator or an accident does. */
  superuser(): pg.Pool {
    if (!this.#superuser) {
      const { secrets, databases } = this.running.house;
      const url = new URL(databases.catalogue.appUrl);
      url.username = 'postgres';
      url.password = secrets.superuserPassword;
      url.pathname = '/postgres';
      this.#superuser = new pg.Pool({ connectionString: url.href, max: 1 });
      this.#superuser.on('error', () => {});
    }
    return this.#superuser;
  }

  /** Makes a database unreachable and ends whoever uses it; or lets everybody in again. */
  async reachable(name: SubgraphName, yes: boolean): Promise<void> {
    await this.superuser().query(`alter database ${name} allow_connections ${yes}`);
    if (!yes)
      await this.superuser().query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
        [name],
      );
  }

  /** Waits for what comes about by itself. @throws after ten seconds. */
  async until(holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error('it did not come about');
      await sleep(50);
    }
  }

  /** Puts a subject on file. @returns its pseudonymous id. */
  async subject(
    code: string,
    name: string,
    kind: 'NATURAL_PERSON' | 'LEGAL_PERSON' = 'LEGAL_PERSON',
    jurisdiction: string | null = null,
  ): Promise<string> {
    const codeKind = kind === 'NATURAL_PERSON' ? 'CITIZEN_ID' : 'USCC';
    const result = await this.running.house.subgraphs.registration.subjects?.register([
      { code, codeKind, kind, name, jurisdiction },
    ]);
    return result?.ids[0] as string;
  }

  /** Delivers a record under a catalogue item, as collection does. */
  record(subjectId: string, item: string, record: Partial<RecordInput> = {}): Promise<void> {
    return this.records(item, [{ ...record, subjectId }]);
  }

  /** Delivers many at once. */
  async records(
    item: string,
    records: readonly (Partial<RecordInput> & { subjectId: string })[],
  ): Promise<void> {
    const found = this.running.house.follower.current()?.itemsByCode.get(item);
    if (!found) throw new Error(`no item ${item}`);
    const keeper = Object.values(this.running.house.subgraphs).find((s) =>
      s.recordTypes.includes(found.recordType),
    );
    const usual = {
      itemId: found.id,
      jurisdiction: found.jurisdiction,
      provider: found.provider,
      documentNumber: null,
      title: found.name,
      formedOn: null,
      determinedOn: '2025-06-01',
      endedOn: null,
      grade: found.grade,
      visibleUntil: null,
      selfDeclared: false,
      source: found.provider,
      own: {},
    };
    await keeper?.sink?.deliver(
      found.recordType,
      records.map((record) => ({ ...usual, ...record })),
    );
  }
}
