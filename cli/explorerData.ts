import { demoSubjects } from '../demo/subjects.ts';
import type { House } from '../gateway/embedded/house.ts';
import type { ExplorerOptions } from '../gateway/explorer/explorer.ts';
import { usccOf } from '../policy/identifiers/code.ts';
import { issueToken } from '../gateway/identity/issuer.ts';
import { DEMO_MATTER, DEMO_UNIT } from './banner.ts';
import { DEMO_SEED } from './demoData.ts';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** The explorer's tabs filled with demonstration subjects; with tokens only where nobody but this machine can open the page. */
export async function explorerData({ secrets, settings }: House): Promise<ExplorerOptions> {
  const subjects = demoSubjects(DEMO_SEED, 50);
  const firm = subjects.find((s) => s.kind !== 'NATURAL_PERSON' && s.shows === 'EVERYTHING') ?? subjects[0];
  const person = subjects.find((s) => s.kind === 'NATURAL_PERSON' && s.shows === 'PUBLIC_ITEMS');
  if (!firm || !person) throw new Error('the demonstration data has no subject to show');
  const sign = issueToken.bind(null, secrets.tokenPrivateKey);
  const tokens = LOOPBACK.includes(settings.host) && {
    officer: await sign({ sub: 'demo-officer', role: 'agency', unit: DEMO_UNIT, name: '演示人员' }),
    provider: await sign({ sub: 'demo-provider', role: 'provider', unit: DEMO_UNIT, name: '演示报送人员' }),
    subject: await sign({ sub: 'demo-subject', role: 'subject', code: person.code }),
  };
  return {
    purpose: DEMO_MATTER,
    ...(tokens && { tokens }),
    examples: {
      organization: firm.code,
      person: { code: person.code, name: person.name },
      search: '金山',
      jurisdiction: '310116',
      submission: {
        layout: 'enterprise',
        jurisdiction: '310116',
        rows: [
          {
            企业名称: '上海金山演示报送有限公司',
            统一社会信用代码: usccOf('91310116Y99999999'),
            注册日期: '2019-05-06',
            企业类型: '有限责任公司',
            注册资金: '50(万元人民币)',
            经营范围: '信息技术服务',
            所在省份: '上海',
            地区: '金山',
            注册地址: '学府路1号',
          },
        ],
      },
    },
  };
}
