const FINANCIAL = { digits: '零壹贰叁肆伍陆柒捌玖', units: ['', '拾', '佰', '仟'] };
const PLAIN = { digits: '零一二三四五六七八九', units: ['', '十', '百', '千'] };
const MYRIADS = ['', '万', '亿'];

/** A whole number from 1 to below 10^12 in Chinese, as a receipt would have it: 20050 is 贰万零伍拾. */
export function spelled(number: bigint, financial: boolean): string {
  const { digits, units } = financial ? FINANCIAL : PLAIN;
  const text = String(number);
  let out = '';
  let gap = false;
  for (const [at, digit] of Array.from(text).entries()) {
    const place = text.length - 1 - at;
    if (digit === '0') gap = true;
    else {
      out += `${gap && out !== '' ? '零' : ''}${digits.charAt(Number(digit))}${units[place % 4]}`;
      gap = false;
    }
    const group = number / 10n ** BigInt(place);
    if (place % 4 === 0 && place > 0 && group % 10_000n !== 0n) out += MYRIADS[place / 4];
  }
  return out;
}
