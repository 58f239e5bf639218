import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordKinds } from '../../records/kind.ts';
import { expand } from '../../schema/expand.ts';
import { PROJECT, blocks, textOf } from './documents.ts';

test('the agency that DEVELOPMENT.md adds is one that the house can keep', () => {
  const flat = textOf('DEVELOPMENT.md').replace(/^ {3}/gm, '');
  const [sdl = ''] = blocks(flat, 'graphql');
  const common = ['base', 'records'].map((file) =>
    readFileSync(join(PROJECT, `schema/common/${file}.graphql`), 'utf8'),
  );
  expect(recordKinds(expand(...common, sdl))).toMatchObject([
    {
      type: 'UtilityArrears',
      field: 'utilityArrears',
      table: 'utility_arrears',
      columns: [
        { field: 'chargeType', type: 'text', comment: '费用种类' },
        { field: 'amount', type: 'decimal', comment: '欠费金额, 元' },
      ],
    },
  ]);
});
