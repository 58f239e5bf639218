import { Command, Option } from 'commander';
import { type TokenClaims, issueToken } from '../../gateway/identity/issuer.ts';
import { dataFolder } from '../../platform/data/dataFolder.ts';
import { openSecrets } from '../../platform/data/secrets.ts';
import { Problem } from '../../platform/problem.ts';
import { loadSettings } from '../../platform/settings.ts';
import { ROLES } from '../../policy/terms.ts';

interface Options extends Omit<TokenClaims, 'sub'> {
  sub?: string;
  expires: string;
  json?: boolean;
}

export const tokenCommand = (): Command =>
  new Command('token')
    .description('签发演示令牌 / print a token of the embedded issuer')
    .addOption(new Option('--role <role>', '角色 / role').choices(ROLES).default('agency'))
    .option('--unit <code>', '单位统一社会信用代码（见 credit units）/ code of the unit; see credit units')
    .option('--name <name>', '查询人员姓名 / name of the officer', '演示人员')
    .option('--code <code>', '信息主体本人代码（role subject）/ own code of a subject')
    .option('--jurisdiction <division>', '行政区划代码 / division code')
    .option('--channel <channel>', '查询渠道 / channel')
    .option('--admin', '本单位账户管理员 / administrator of the unit’s accounts')
    .option('--sub <id>', '账号 / account id')
    .option('--expires <period>', '有效期，如 8h、30m、-1s / lifetime', '8h')
    .option('--json', '输出一个 JSON 对象 / print one JSON object')
    .action(async ({ expires, json, sub, ...claims }: Options) => {
      if (claims.role === 'subject' && !claims.code)
        throw new Problem({ zh: '角色 subject 需要 --code', en: 'role subject needs --code' });
      if (claims.role !== 'subject' && !claims.unit)
        throw new Problem({
          zh: '请用 --unit 指明单位（见 credit units）',
          en: 'name the unit with --unit (see credit units)',
        });
      const secrets = await openSecrets(dataFolder(loadSettings()));
      const account = sub ?? (claims.role === 'subject' ? 'demo-subject' : `demo-${claims.unit}`);
      const token = await issueToken(secrets.tokenPrivateKey, { sub: account, ...claims }, expires);
      process.stdout.write(json ? `${JSON.stringify({ token })}\n` : `${token}\n`);
    });
