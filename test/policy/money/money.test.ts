import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { chineseNumeral, parseAmount, parseCapital, wanToYuan } from '../../../policy/money.ts';
import { spelled } from './spelled.ts';

const amounts = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n - 1n }), fc.nat(999_999))
  .map(([whole, millionths]) => `${whole}.${String(millionths).padStart(6, '0')}`);

describe('万元 to 元', () => {
  test.each([
    ['0.2', '2000.00'],
    ['0', '0.00'],
    ['1', '10000.00'],
    ['0.000001', '0.01'],
    ['42.717945', '427179.45'],
    ['123456789012.123456', '1234567890121234.56'],
  ])('%s is %s', (wan, yuan) => {
    expect(wanToYuan(wan)).toBe(yuan);
  });

  test('no digit is lost', () => {
    fc.assert(
      fc.property(amounts, (wan) => {
        const yuan = wanToYuan(wan);
        const [whole = '', decimals = ''] = wan.split('.');
        expect(yuan).toBe(`${BigInt(whole + decimals.slice(0, 4))}.${decimals.slice(4)}`);
      }),
    );
  });

  test.each(['', '-1', '1e3', 'abc', '1.', '.5', '0.0000001'])('“%s” is refused', (wan) => {
    expect(() => wanToYuan(wan)).toThrow(RangeError);
  });
});

describe('parseAmount', () => {
  test.each([
    ['1,080.50', '1080.5'],
    ['1，080', '1080'],
    ['２０００', '2000'],
    [' 0.2 ', '0.2'],
    ['786.24000000', '786.24'],
    ['007', '7'],
  ])('“%s” is %s', (raw, amount) => {
    expect(parseAmount(raw)).toEqual({ ok: true, amount });
  });

  test.each(['', '-5', '1e5', '2000元', '0.2万', '10,80', '1.0000001', '12345678901234567', 'NaN', '1.2.3'])(
    '“%s” is refused with the reason',
    (raw) => {
      expect(parseAmount(raw)).toMatchObject({ ok: false, reason: { zh: expect.stringContaining(raw) } });
    },
  );

  test('no digit is lost: only zeros at the end of decimals go', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const [whole, decimals = ''] = amount.split('.');
        const kept = decimals.replace(/0+$/, '');
        expect(parseAmount(amount)).toEqual({ ok: true, amount: kept === '' ? whole : `${whole}.${kept}` });
      }),
    );
  });
});

describe('Chinese numerals', () => {
  test.each([
    ['肆万捌仟', '48000'],
    ['四万八千', '48000'],
    ['人民币贰万元整', '20000'],
    ['壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分', '1234567.89'],
    ['贰元零伍分', '2.05'],
    ['伍角', '0.5'],
    ['一万零五', '10005'],
    ['贰万叁仟零伍拾', '23050'],
    ['一百零五', '105'],
    ['一百一十五', '115'],
    ['十五', '15'],
    ['拾万', '100000'],
    ['二〇〇〇', '2000'],
    ['两千', '2000'],
    ['一亿二千万', '120000000'],
    ['一万亿', '1000000000000'],
    ['1.5万', '15000'],
    ['一点五万', '15000'],
    ['3万5千', '35000'],
    ['1万500', '10500'],
    ['1,080', '1080'],
    ['2000', '2000'],
    ['零', '0'],
    ['０．２万', '2000'],
  ])('%s is %s', (text, value) => {
    expect(chineseNumeral(text)).toBe(value);
  });

  test.each([
    '',
    '元',
    '万',
    '三万五',
    '3万5',
    '一百二',
    '一万二三',
    '五千万千',
    '十二千',
    '罚款',
    '1.5万3千',
    '一5000',
    '千',
  ])('“%s” is no certain number', (text) => {
    expect(chineseNumeral(text)).toBeNull();
  });

  test('every whole number is read from its spelling, financial or plain', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n - 1n }), fc.boolean(), (number, financial) => {
        expect(chineseNumeral(spelled(number, financial))).toBe(String(number));
      }),
    );
  });
});

describe('registered capital (注册资金)', () => {
  test.each([
    ['50(万元人民币)', '500000.00', 'CNY'],
    ['49.7万人民币', '497000.00', 'CNY'],
    ['2,200(万元人民币)', '22000000.00', 'CNY'],
    ['786.2400(万元人民币)', '7862400.00', 'CNY'],
    ['0.0001(万元人民币)', '1.00', 'CNY'],
    ['0(万元人民币)', '0.00', 'CNY'],
    ['65(万)', '650000.00', 'CNY'],
    ['1800万元人民币', '18000000.00', 'CNY'],
    ['500000元', '500000.00', 'CNY'],
    ['185(万美元)', '1850000.00', 'USD'],
    ['１８５（万美元）', '1850000.00', 'USD'],
    ['3000万日元', '30000000.00', 'JPY'],
    ['100(万德国马克)', '1000000.00', 'DEM'],
    ['20万港元', '200000.00', 'HKD'],
    ['1.5亿欧元', '150000000.00', 'EUR'],
  ])('%s', (text, amount, currency) => {
    expect(parseCapital(text)).toEqual({ amount, currency });
  });

  test.each(['N/A', '', '无', '50(万元火星币)', '-50万', '万元'])('“%s” states none', (text) => {
    expect(parseCapital(text)).toBeNull();
  });
});
