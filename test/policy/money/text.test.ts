import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { amountsInText } from '../../../policy/money.ts';
import { spelled } from './spelled.ts';

describe('amounts in the text of a penalty (first edition 处罚结果)', () => {
  test.each<[text: string, fine: string | null, confiscated: string | null]>([
    ['罚款30000元。', '30000.00', null],
    ['罚款人民币肆万捌仟元。', '48000.00', null],
    ['处1万元罚款', '10000.00', null],
    ['处以5000元的罚款。', '5000.00', null],
    ['警告；罚款28000元。', '28000.00', null],
    ['罚款0.2万元', '2000.00', null],
    ['罚款2万', '20000.00', null],
    ['罚款2,000.00元', '2000.00', null],
    ['罚款￥2,000', '2000.00', null],
    ['罚款：人民币１０００元', '1000.00', null],
    ['罚款三千元五角', '3000.50', null],
    ['1.没收广告费用12.15元        2.罚款36.45元', '36.45', '12.15'],
    ['1、没收广告费用3218.18元；        2、罚款3218.18元。', '3218.18', '3218.18'],
    ['1，没收广告费用26220.46元2，罚款600000元', '600000.00', '26220.46'],
    ['没收违法所得并处1万元罚款', '10000.00', null],
    ['罚款1000元没收违法所得200元', '1000.00', '200.00'],
    ['将违法所得5000元予以没收，并处4000元罚款', '4000.00', '5000.00'],
    ['没收违法所得1000元，处违法所得3倍的罚款3000元', '3000.00', '1000.00'],
    ['对甲行为罚款1000元，对乙行为罚款500元', '1500.00', null],
    ['分别罚款1000元、2000元', '3000.00', null],
  ])('%s', (text, fine, confiscated) => {
    expect(amountsInText(text)).toEqual({ fine, confiscated });
  });

  test.each<[text: string, fine: string | null, confiscated: string | null]>([
    ['罚款人民币贰万元整（￥20000.00元）', '20000.00', null],
    ['罚款20000元（大写：贰万元整）', '20000.00', null],
    ['罚款1000元、2000元，共计罚款3000元', '3000.00', null],
    ['罚款共计3000元', '3000.00', null],
    ['没收违法所得1000元，罚款2000元，罚没款合计3000元', '2000.00', '1000.00'],
    ['没收违法所得、罚款共计3000元', null, null],
  ])('stated twice or in total: %s', (text, fine, confiscated) => {
    expect(amountsInText(text)).toEqual({ fine, confiscated });
  });

  test.each([
    '警告',
    '',
    '处5000元以上20000元以下罚款',
    '罚款5000元以上',
    '每日按罚款数额的3%加处罚款',
    '免予罚款5000元',
    '罚款三万五元',
    '罚款1.30000元',
    '吊销许可证，货值金额5000元',
  ])('nothing certain: “%s”', (text) => {
    expect(amountsInText(text)).toEqual({ fine: null, confiscated: null });
  });

  test('money never loses a digit, in figures or in words', () => {
    const cents = fc.nat(99).map((value) => String(value).padStart(2, '0'));
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n - 1n }),
        cents,
        fc.boolean(),
        (yuan, decimals, financial) => {
          expect(amountsInText(`罚款${yuan}.${decimals}元`).fine).toBe(`${yuan}.${decimals}`);
          expect(amountsInText(`没收违法所得${spelled(yuan, financial)}元`).confiscated).toBe(`${yuan}.00`);
        },
      ),
    );
  });
});
