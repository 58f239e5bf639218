import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { subjectAt } from '../../demo/subjects.ts';
import { GIVEN, SURNAMES, VIOLATIONS } from '../../demo/words.ts';
import { addDays } from '../../policy/dates.ts';
import { pieces } from '../../records/sink.ts';
import { random } from '../../subgraphs/catalogue/random.ts';

/** A file of the layout penalty-2018 as a regulator sends it, of any length: double publicity (双公示), 2018 edition [PD-13]. */

const SEED = 2018;
/** Of the demonstration's subjects every fifth is an organization, the others are natural persons of a division that was never assigned. */
const ORGANIZATION_EVERY = 5;
/** One row in so many is about a natural person. */
const PERSON_EVERY = 20;
const ROWS_PER_SUBJECT = 5;

const PROVIDER = { code: '11310116MBY011166U', name: '上海市金山区市场监督管理局' };
/** What the file is imported as. */
export const TARGET = ['--layout', 'penalty-2018', '--jurisdiction', '310116', '--provider', PROVIDER.code];

const HEADER =
  '行政相对人名称,行政相对人类别,行政相对人代码_1（统一社会信用代码）,行政相对人代码_2（工商注册号）,行政相对人代码_3（组织机构代码）,' +
  '行政相对人代码_4（税务登记号）,行政相对人代码_5（事业单位证书号）,行政相对人代码_6（社会组织登记证号）,法定代表人,法定代表人证件类型,法定代表人证件号码,' +
  '证件类型,证件号码,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,' +
  '没收违法所得、没收非法财物的金额（万元）,暂扣或吊销证照名称及编号,处罚决定日期,处罚有效期,公示截止期,处罚机关,处罚机关统一社会信用代码,' +
  '数据来源单位,数据来源单位统一社会信用代码,备注';

/** Every person of the demonstration is of age by then [SH-10]. */
const FIRST_DAY = '2019-01-01';
const DAYS = Array.from({ length: 2_500 }, (_, i) => addDays(FIRST_DAY, i));

/** Columns 1 to 13: an organization by its unified code, a natural person by the identity number. */
function counterpart(index: number): string {
  const { kind, name, code, dice } = subjectAt(SEED, index);
  if (kind === 'NATURAL_PERSON') return `${name},自然人,,,,,,,,,,身份证,${code}`;
  return `${name},法人及非法人组织,${code},,,,,,${dice.pick(SURNAMES)}${dice.pick(GIVEN)},,,,`;
}

/** Lines of the file, header first. The subjects come in no order, as decisions do. */
function* lines(rows: number): Generator<string> {
  yield HEADER;
  const dice = random(SEED);
  const share = Math.ceil(rows / ROWS_PER_SUBJECT);
  const organizations = Array.from({ length: share }, (_, i) => counterpart(i * ORGANIZATION_EVERY));
  const persons = Array.from({ length: Math.ceil(share / PERSON_EVERY) }, (_, i) =>
    counterpart(i * ORGANIZATION_EVERY + 1),
  );
  for (let row = 0; row < rows; row++) {
    const whom = dice.pick(dice.once(PERSON_EVERY) ? persons : organizations);
    const [violation, basis, type] = dice.pick(VIOLATIONS);
    const wan = 1 + dice.int(200);
    const day = dice.int(DAYS.length - 1096);
    const on = DAYS[day] as string;
    const facts = `经查，当事人于${on}前后${violation}，现场检查笔录、询问笔录和照片等证据证明上述事实`;
    yield `${whom},沪市监金处〔${on.slice(0, 4)}〕第${row + 1}号,${violation},${facts},"依据${basis}的规定，责令改正，并处罚款",${type},` +
      `罚款人民币${wan * 500}元,${(wan / 20).toFixed(2)},,,${on},2099/12/31,${DAYS[day + 1096]},` +
      `${PROVIDER.name},${PROVIDER.code},${PROVIDER.name},${PROVIDER.code},`;
  }
}

export async function writePenalties(file: string, rows: number): Promise<void> {
  await pipeline(Readable.from(pieces(lines(rows), 1 << 20)), createWriteStream(file));
}
