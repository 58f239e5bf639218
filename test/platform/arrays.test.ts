import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import pg from 'pg';
import { plainArray, textArray } from '../../platform/postgres/arrays.ts';
import { openTestGround } from '../catalogue/support.ts';

let ground: Awaited<ReturnType<typeof openTestGround>>;
let pool: pg.Pool;
beforeAll(async () => {
  ground = await openTestGround();
  pool = new pg.Pool({ connectionString: ground.databases.catalogue.appUrl, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await ground.remove();
});

const read = async (type: string, array: string): Promise<unknown> =>
  (await pool.query<{ read: unknown }>(`select $1::${type}[] as read`, [array])).rows[0]?.read;

/** PostgreSQL has no U+0000 in its texts. */
const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
const odd = fc.constantFrom(
  '',
  'null',
  'NULL',
  '{}',
  '","',
  '\\',
  '"',
  ' ',
  ',',
  '统一社会信用代码',
  '\n',
  '\\"',
);

test('whatever texts are written as an array, PostgreSQL reads the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fc.oneof(text, odd))), async (values) => {
      expect(await read('text', textArray(values))).toEqual(values);
    }),
  );
});

test('what is not plain is refused, and never becomes two values or none', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.uuid(), text, odd)), async (values) => {
      let written: string;
      try {
        written = plainArray(values);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        expect(values.some((value) => !/^[\w.-]+$/.test(value) || /^null$/i.test(value))).toBe(true);
        return;
      }
      expect(await read('text', written)).toEqual(values);
    }),
  );
  // As JSON from outside may be, whatever its type says.
  expect(() => plainArray([['a', 'b']] as never)).toThrow(RangeError);
  expect(() => plainArray([null] as never)).toThrow(RangeError);
  expect(await read('int', plainArray([0, -7, 2_147_483_647]))).toEqual([0, -7, 2_147_483_647]);
});
