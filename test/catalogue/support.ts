import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ExecutionResult, graphql } from 'graphql';
import pg from 'pg';
import { type Ground, openGround } from '../../gateway/embedded/house.ts';
import { loadSettings } from '../../platform/settings.ts';
import type { Grant } from '../../records/grant.ts';
import type { Subgraph, SubgraphParts } from '../../records/subgraph.ts';
import catalogue from '../../subgraphs/catalogue/index.ts';
import { randomPort } from '../support/ports.ts';

/** An answer has the shape its query asks for. */
// oxlint-disable-next-line typescript/no-explicit-any
type Answer = ExecutionResult<any>;

export const TODAY = '2026-03-02';

/** Databases as the test run's template has them: migrated, with the project's own catalogue. */
export async function openTestGround(): Promise<Ground & { remove(): Promise<void> }> {
  const template = process.env['CREDIT_TEST_TEMPLATE'] as string;
  const folder = join(template, randomUUID());
  mkdirSync(folder, { mode: 0o755 });
  execFileSync('cp', ['-a', join(template, 'data'), folder]);
  const ground = await openGround(
    loadSettings({
      CREDIT_DATA: join(folder, 'data'),
      CREDIT_PG_PORT: String(randomPort()),
      CREDIT_TODAY: TODAY,
      LOG_LEVEL: 'silent',
    }),
  );
  return {
    ...ground,
    async remove() {
      await ground.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A process of the catalogue on a database, whose day the test sets. */
export class CatalogueProcess {
  today = TODAY;
  readonly pool: pg.Pool;
  subgraph!: Subgraph;

  private constructor(url: string) {
    this.pool = new pg.Pool({ connectionString: url, max: 2 });
    this.pool.on('error', () => {});
  }

  static async open(ground: Ground, cursorKey = 'key of the catalogue'): Promise<CatalogueProcess> {
    const url = ground.databases.catalogue.appUrl;
    const self = new CatalogueProcess(url);
    self.subgraph = await catalogue.open({
      databaseUrl: url,
      today: () => self.today,
      cursorKey,
      packs: ground.packs,
      log: ground.log,
    } as SubgraphParts);
    return self;
  }

  async close(): Promise<void> {
    await this.subgraph.close();
    await this.pool.end();
  }

  /** Asks as a caller of this role, null being the public. */
  ask(source: string, variableValues: Record<string, unknown> = {}, role: Grant['caller']['role'] = null) {
    const scope: Grant['scope'] = role ? { kind: 'REFERENCE' } : { kind: 'PUBLIC', persons: [] };
    const grant: Grant = { scope, today: this.today, caller: { role, unit: null, subject: null } };
    const contextValue = this.subgraph.context(grant);
    return graphql({
      schema: this.subgraph.schema,
      source,
      variableValues,
      contextValue,
    }) as Promise<Answer>;
  }

  publishItem(input: Record<string, unknown>, role: Grant['caller']['role'] = 'center') {
    return this.ask(
      `mutation ($input: PublishItemInput!) { publishItem(input: $input) { item { code name tier version validFrom validTo provider { name } } } }`,
      { input: { ...ITEM, ...input } },
      role,
    );
  }

  publishMatter(input: Record<string, unknown>, role: Grant['caller']['role'] = 'center') {
    return this.ask(
      `mutation ($input: PublishMatterInput!) { publishMatter(input: $input) {
         matter { code name version validFrom validTo scopeSize scope { nodes { code } } } } }`,
      { input: { ...MATTER, ...input } },
      role,
    );
  }

  async versionsOf(code: string) {
    const { rows } = await this.pool.query<{
      version: number;
      tier: string;
      valid_from: string;
      valid_to: string;
    }>(
      'select version, tier, valid_from::text, valid_to::text from item_version where code = $1 order by version',
      [code],
    );
    return rows.map((row) => [row.version, row.tier, row.valid_from, row.valid_to]);
  }
}

export const REGULATOR = '11310116MBY011166U';

export const ITEM = {
  code: '310116-trial',
  name: '预付卡监督检查信息',
  class: 'SUPERVISION',
  tier: 'SHARED',
  jurisdiction: '310116',
  provider: REGULATOR,
  dataStandard: 'graphql',
  recordType: 'Inspection',
  aboutPersons: false,
  negative: false,
  updateCycle: '每月',
};

export const MATTER = {
  code: '310116-trial-matter',
  name: '预付卡备案核查',
  unit: REGULATOR,
  kind: 'ADMINISTRATIVE_APPROVAL',
  aboutPersons: false,
  items: ['310116-inspection-amr', '310116-penalty-amr'],
};
