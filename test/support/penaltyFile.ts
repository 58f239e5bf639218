import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { usccOf } from '../../policy/identifiers/code.ts';

const HEADER =
  'CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_WSH,CF_WFXW,CF_SY,CF_YJ,CF_CFLB,CF_NR,CF_NR_FK,CF_JDRQ,CF_YXQ,CF_CFJG,CF_CFJGDM,CF_SJLY,CF_SJLYDM';
const AUTHORITY = '上海市金山区市场监督管理局,11310116MBY011166U';
const CODES = 10_000;

/** Code of the n-th organization of such a file. */
export const firmCode = (n: number): string => usccOf(`91310116MA2${String(n % CODES).padStart(6, '0')}`);

/** A file of penalty-2018 with so many decisions, each once, about 10,000 organizations. */
export async function writePenalties(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${HEADER}\n`);
  for (let n = 0; n < rows; n++) {
    const row = `上海第${n % CODES}号商贸有限公司,法人及非法人组织,${firmCode(n)},沪金市监罚〔2025〕第${n}号,虚假宣传,事实,依据,罚款,罚款二千元,0.2,2025/06/18,2099/12/31,${AUTHORITY},${AUTHORITY}\n`;
    if (!file.write(row)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}
