import { money } from './decimal.ts';
import { numeralValue } from './numeral.ts';

/**
 * ISO 4217 codes of the currencies that registered capital is stated in, withdrawn ones included, by their
 * Chinese names.
 */
const CURRENCIES: Record<string, string> = {
  '': 'CNY',
  元: 'CNY',
  人民币: 'CNY',
  人民币元: 'CNY',
  元人民币: 'CNY',
  美元: 'USD',
  港元: 'HKD',
  港币: 'HKD',
  澳门元: 'MOP',
  新台币: 'TWD',
  日元: 'JPY',
  韩元: 'KRW',
  新加坡元: 'SGD',
  欧元: 'EUR',
  英镑: 'GBP',
  瑞士法郎: 'CHF',
  加拿大元: 'CAD',
  加元: 'CAD',
  澳大利亚元: 'AUD',
  澳元: 'AUD',
  德国马克: 'DEM',
  法国法郎: 'FRF',
  意大利里拉: 'ITL',
  荷兰盾: 'NLG',
};

/**
 * Reads registered capital (注册资金) as published: "50(万元人民币)", "49.7万人民币", "2,200(万元人民币)", "185(万美元)", "65(万)".
 * `amount` is in units of the currency (元, not 万元), at least two decimals; no currency named means 人民币. Null
 * where none is stated (N/A) or the text is anything else.
 */
export function parseCapital(text: string): { amount: string; currency: string } | null {
  const compact = text.normalize('NFKC').replace(/\s/g, '').replace(/[()]/g, '');
  const match = /^([\d.,]+[万亿]?)(.*)$/.exec(compact);
  const currency = CURRENCIES[match?.[2] ?? ''] ?? CURRENCIES[(match?.[2] ?? '').replace(/^元/, '')];
  const value = numeralValue(match?.[1] ?? '');
  return value === null || currency === undefined ? null : { amount: money(value), currency };
}
