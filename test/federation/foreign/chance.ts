import { createHash } from 'node:crypto';

const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Chance that falls the same way whoever asks, and however often: a number that follows from words alone. */
export const chance = (...words: unknown[]): number =>
  createHash('md5').update(JSON.stringify(words, inOrder)).digest().readUInt32LE();
