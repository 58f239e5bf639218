/**
 * Exact decimal numbers: a bigint of millionths, so that 万元 with six decimals loses nothing. No floats
 * anywhere. The data standard's amounts are decimal(18,6) 万元; whole parts of more than 16 digits in 元 are no
 * amounts.
 */
export const ONE = 1_000_000n;
export const WAN = 10_000n;
const LIMIT = 10n ** 16n * ONE;

/**
 * A plain decimal number without sign ('1200', '0.2') in millionths; null if it is none, or needs more than
 * six decimals.
 */
export function millionths(text: string): bigint | null {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  if (decimals.length > 6) return null;
  const value = BigInt(match[1] ?? '') * ONE + BigInt(decimals.padEnd(6, '0'));
  return value < LIMIT ? value : null;
}

/**
 * Millionths as a plain decimal number with at least so many decimals and no superfluous zeros beyond them.
 */
export function plain(value: bigint, minimumDecimals: number): string {
  const decimals = (value % ONE).toString().padStart(6, '0').replace(/0+$/, '').padEnd(minimumDecimals, '0');
  return decimals === '' ? `${value / ONE}` : `${value / ONE}.${decimals}`;
}

/** An amount of money: two decimals, more only where they are not zero. */
export function money(value: bigint): string {
  return plain(value, 2);
}

/**
 * Thousands separators taken out where they stand right (1,080 or 1,234,567.89); otherwise the text as it is.
 */
export function withoutSeparators(text: string): string {
  return /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
}
