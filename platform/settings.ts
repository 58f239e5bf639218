import type { Message } from '../policy/message.ts';
import { Problem } from './problem.ts';
import {
  type Kind,
  address,
  addresses,
  database,
  day,
  daysByCode,
  hexKey,
  integer,
  networks,
  noteName,
  oneOf,
  privateJwk,
  publicJwks,
  sealing,
  text,
} from './settingKinds.ts';

interface Variable<T> extends Kind<T> {
  meaning: Message;
  standard: string | undefined;
  secret: boolean;
}

function variable<T>(kind: Kind<T>, zh: string, en: string): Variable<T | undefined>;
function variable<T>(kind: Kind<T>, zh: string, en: string, standard: string): Variable<T>;
function variable<T>(kind: Kind<T>, zh: string, en: string, standard?: string): Variable<T> {
  return { ...kind, meaning: { zh, en }, standard, secret: false };
}

/** Its value never appears in an error. */
const secret = <T>(variable: Variable<T>): Variable<T> => ({ ...variable, secret: true });

const VARIABLES = {
  PORT: variable(
    integer(0, 65_535),
    '网关端口，0 为任意空闲端口',
    'port of the gateway; 0 takes any free one',
    '4000',
  ),
  HOST: variable(text, '监听地址', 'address to listen on', '127.0.0.1'),
  NODE_ENV: variable(
    oneOf('development', 'test', 'production'),
    '运行环境',
    'what the process is run for',
    'development',
  ),
  LOG_LEVEL: variable(
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    '日志级别',
    'least level that is logged',
    'info',
  ),
  CREDIT_DATA: variable(
    text,
    '数据目录；缺省为项目下 .data，以 root 运行时为 /var/lib/public-credit-gateway 下的目录',
    'data folder; .data in the project unless set, or one under /var/lib/public-credit-gateway when run as root',
  ),
  CREDIT_TODAY: variable(
    day,
    '规则所见的日期（测试与演示用）；NODE_ENV=production 时拒绝',
    'the date that rules see, for tests and demonstrations; refused when NODE_ENV=production',
  ),
  JURISDICTIONS: variable(
    text,
    '更多地区规则（*.yaml）所在目录，同名者取代内置规则',
    "folder with more jurisdictions' rules (*.yaml), which replace built-in ones of the same name",
  ),
  JURISDICTIONS_IN_FORCE: variable(
    daysByCode,
    '地区规则的施行之日，如 310000-draft=2027-01-01',
    "first days of jurisdictions' rules, as 310000-draft=2027-01-01",
  ),
  PULL_CONNECTORS: variable(
    text,
    '拉取连接器映射文件（*.yaml）所在目录，各按其 every 定时拉取；归集单独运行时须同时设 JOURNAL_DATABASE_URL',
    "folder of pull connectors' mapping files (*.yaml), each pulled when its `every` says; collection apart needs JOURNAL_DATABASE_URL with it",
  ),
  CALENDARS: variable(
    text,
    '更多年份节假日安排（*.yaml）所在目录，同名者取代内置年份',
    "folder with more years' public holidays and make-up workdays (*.yaml), which replace built-in ones of the same name",
  ),
  CREDIT_PG_PORT: variable(
    integer(1, 65_535),
    '内置 PostgreSQL 的首选端口，被占用时取下一个空闲端口',
    'preferred port of the embedded PostgreSQL; the next free one if it is busy',
    '54329',
  ),
  OIDC_ISSUER: variable(
    address,
    '令牌签发者；缺省为内置签发者',
    'issuer of the tokens; the built-in one unless set',
  ),
  OIDC_JWKS_URL: variable(address, '签发者公钥（JWKS）地址', "address of the issuer's keys (JWKS)"),
  OIDC_AUDIENCE: variable(text, '令牌应有的受众（aud）', 'audience (aud) that tokens must carry'),
  DATABASE_URL: secret(
    variable(database, '本子图的数据库，应用角色', "this subgraph's database, as the application role"),
  ),
  MIGRATOR_DATABASE_URL: secret(
    variable(
      database,
      '本子图的数据库，迁移角色（可改表结构）',
      "this subgraph's database, as the role that may alter tables",
    ),
  ),
  JOURNAL_DATABASE_URL: secret(
    variable(
      database,
      '查询日志的数据库：网关以只可追加条目的角色，access 子图以只可封存的角色（journal_sealer）',
      "the journal's database: gateways as the role that may only add entries, the access subgraph as the one that may only seal them (journal_sealer)",
    ),
  ),
  SUBGRAPH_URLS: variable(
    addresses,
    '分布式部署时各子图地址，如 registration=http://…,penalties=http://…',
    'where each subgraph is when run apart, as registration=http://…,penalties=http://…',
  ),
  CATALOGUE_URL: variable(address, '分布式部署时目录子图的地址', 'where the catalogue is when run apart'),
  PSEUDONYM_KEY: secret(
    variable(
      hexKey,
      '假名密钥，至少 32 字节的十六进制；更换即改变所有主体标识',
      'pseudonym key, 32 bytes or more in hex; another key gives every subject another id',
    ),
  ),
  SEALING_KEYS: secret(
    variable(
      sealing,
      '封存密钥，如 2:十六进制,1:十六进制；首个用于加密，全部可用于解密',
      'sealing keys, as 2:hex,1:hex; the first seals, all open',
    ),
  ),
  GRANT_PRIVATE_KEY: secret(
    variable(
      privateJwk,
      '网关签署授权凭据的私钥（JWK，Ed25519）',
      "the gateway's key that signs grants (JWK, Ed25519)",
    ),
  ),
  GRANT_PUBLIC_KEYS: variable(
    publicJwks,
    '子图验证授权凭据的公钥（JWKS，Ed25519）',
    'keys by which subgraphs verify grants (JWKS, Ed25519)',
  ),
  DELIVERY_PRIVATE_KEY: secret(
    variable(
      privateJwk,
      '归集、异议子图签署报送与指令凭据的私钥（JWK，Ed25519）',
      'key by which collection and objections sign deliveries and orders (JWK, Ed25519)',
    ),
  ),
  DELIVERY_PUBLIC_KEYS: variable(
    publicJwks,
    '各子图验证报送与指令凭据的公钥（JWKS，Ed25519）',
    'keys by which subgraphs verify deliveries and orders (JWKS, Ed25519)',
  ),
  INQUIRY_PRIVATE_KEY: secret(
    variable(
      privateJwk,
      '联合奖惩和信息共享子图签署记录询问凭据的私钥（JWK，Ed25519）',
      'key by which measures and sharing sign what they ask about records (JWK, Ed25519)',
    ),
  ),
  INQUIRY_PUBLIC_KEYS: variable(
    publicJwks,
    '各子图验证记录询问凭据的公钥（JWKS，Ed25519）',
    'keys by which subgraphs verify what they are asked about records (JWKS, Ed25519)',
  ),
  STANDING_PRIVATE_KEY: secret(
    variable(
      privateJwk,
      '信息提供子图签署记录变动通知的私钥（JWK，Ed25519）',
      'key by which agencies sign what became of their records (JWK, Ed25519)',
    ),
  ),
  STANDING_PUBLIC_KEYS: variable(
    publicJwks,
    '跟随记录变动的子图验证通知的公钥（JWKS，Ed25519）',
    'keys by which those who follow records verify what became of them (JWKS, Ed25519)',
  ),
  JOURNAL_SIGNING_KEY: secret(
    variable(
      privateJwk,
      '签署查询日志检查点的私钥（JWK，Ed25519）',
      "key that signs the journal's checkpoints (JWK, Ed25519)",
    ),
  ),
  PUBLIC_URL: variable(
    address,
    '用户访问网关的地址，印在信用报告上供查验',
    'address of the gateway as its users know it, printed on credit reports to verify them at',
  ),
  JOURNAL_ORIGIN: variable(
    noteName,
    '检查点中查询日志的名称，不含空白和加号',
    'name of the journal in its checkpoints, without blanks and plus signs',
    'public-credit-gateway/journal',
  ),
  CURSOR_KEY: secret(
    variable(
      hexKey,
      '游标密钥，同一子图各进程相同',
      'key that seals cursors, equal in all processes of a subgraph',
    ),
  ),
  SUBGRAPH_TIMEOUT_MS: variable(
    integer(1, 600_000),
    '等待子图的毫秒数',
    'milliseconds that a subgraph is waited for',
    '5000',
  ),
  CATALOGUE_LEASE_SECONDS: variable(
    integer(1, 3600),
    '目录快照的有效秒数，逾期未能更新则子图停止应答',
    'seconds that a snapshot of the catalogue holds; a subgraph that cannot renew it closes',
    '15',
  ),
  JOB_KEEP_DAYS: variable(
    integer(1, 3650),
    '批量核查任务及其结果在结束后的保存天数，之后每日删除',
    'days for which a batch check and its results are kept after it ended; then deleted by the daily tidying',
    '90',
  ),
  CHANGE_LOG_DAYS: variable(
    integer(1, 3650),
    '信息变更的保存天数，接收单位须在此期间内读取',
    'days for which changes are kept, within which recipients must have read them',
    '30',
  ),
  PUSH_PRIVATE_NETWORKS: variable(
    networks,
    '推送地址可以使用的内部网段；其中的回环地址可用 http（测试与演示用）；缺省不许',
    'private networks that webhooks may be in; on a loopback address among them plain http as well, for tests and demonstrations; none unless set',
  ),
  SMS_URL: secret(
    variable(
      address,
      '发送短信的地址，以 POST 接收 JSON {"to","text"}；缺省时内置形态打印短信，分布式部署不发送',
      'where messages are sent: POST of JSON {"to","text"}; unless set, the embedded shape prints them, and apart none is sent',
    ),
  ),
  SMS_TOKEN: secret(
    variable(text, '发送短信时出示的令牌（Bearer）', 'bearer token that messages are sent with'),
  ),
  TRUSTED_PROXIES: variable(
    integer(0, 10),
    '网关前反向代理的层数，用于识别客户端地址',
    'reverse proxies in front of the gateway, by which client addresses are told',
    '0',
  ),
  RATE_LIMIT_PUBLIC_PER_MINUTE: variable(
    integer(1, 1_000_000),
    '每个公众地址每分钟的请求数',
    'requests a minute from one address of the public',
    '6000',
  ),
  MAX_REQUESTS_AT_ONCE: variable(
    integer(1, 100_000),
    '同时处理的请求数上限，超出者得到 RATE_LIMITED',
    'requests worked on at a time; those beyond get RATE_LIMITED',
    '1000',
  ),
};

type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}${Capitalize<CamelCase<Tail>>}`
  : Lowercase<S>;

/**
 * The value of each variable under its name in camel case (SUBGRAPH_TIMEOUT_MS: `subgraphTimeoutMs`);
 * undefined where not set.
 */
export type Settings = {
  readonly [Name in keyof typeof VARIABLES as CamelCase<Name>]: (typeof VARIABLES)[Name] extends Variable<
    infer T
  >
    ? T
    : never;
};

/** One row of the table in docs/guide/operating.md. `default` is null where there is none. */
export interface SettingReference {
  name: string;
  default: string | null;
  meaning: Message;
}

export const settingsReference: readonly SettingReference[] = Object.entries(VARIABLES).map(
  ([name, variable]) => ({
    name,
    default: variable.standard ?? null,
    meaning: variable.meaning,
  }),
);

export interface SettingProblem {
  variable: string;
  reason: Message;
}

/** Names every wrong variable with its reason, not only the first. */
export class SettingsError extends Problem {
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const lines = (language: 'zh' | 'en') =>
      problems.map(({ variable, reason }) => `\n  ${variable}: ${reason[language]}`).join('');
    super({ zh: `环境变量有误：${lines('zh')}`, en: `wrong environment variables:${lines('en')}` });
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/** Reads and checks all settings at once; an empty variable counts as not set. Throws SettingsError. */
export function loadSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const values: Record<string, unknown> = {};
  const problems: SettingProblem[] = [];
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const written = env[name]?.trim() || variable.standard;
    if (written === undefined) continue;
    const result = variable.schema.safeParse(written);
    if (result.success) values[camelCase(name)] = result.data;
    else problems.push({ variable: name, reason: wrong(variable, written) });
  }
  const settings = values as Settings;
  problems.push(...contradictions(settings));
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.freeze(settings);
}

function wrong({ must, secret }: Variable<unknown>, written: string): Message {
  if (secret) return must;
  return { zh: `“${written}”有误，${must.zh}`, en: `"${written}" ${must.en}` };
}

function contradictions(settings: Settings): SettingProblem[] {
  const problems: SettingProblem[] = [];
  if (settings.creditToday !== undefined && settings.nodeEnv === 'production') {
    problems.push({
      variable: 'CREDIT_TODAY',
      reason: {
        zh: 'NODE_ENV=production 时不得固定日期',
        en: 'the date cannot be fixed when NODE_ENV=production',
      },
    });
  }
  if ((settings.oidcIssuer === undefined) !== (settings.oidcJwksUrl === undefined)) {
    problems.push({
      variable: settings.oidcIssuer === undefined ? 'OIDC_ISSUER' : 'OIDC_JWKS_URL',
      reason: {
        zh: 'OIDC_ISSUER 与 OIDC_JWKS_URL 须同时设置',
        en: 'OIDC_ISSUER and OIDC_JWKS_URL go together',
      },
    });
  }
  if (settings.smsToken !== undefined && settings.smsUrl === undefined) {
    problems.push({
      variable: 'SMS_TOKEN',
      reason: { zh: '须与 SMS_URL 同时设置', en: 'needs SMS_URL with it' },
    });
  }
  return problems;
}

const camelCase = (name: string): string =>
  name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
