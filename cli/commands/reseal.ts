import { Command } from 'commander';
import { type SealedColumn, reseal } from '../../platform/crypto/reseal.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import type { SubgraphName } from '../../schema/sdl.ts';
import { SEALED_QUARANTINE, SEALED_ROWS } from '../../subgraphs/collection/entities.ts';
import { SEALED_CODES } from '../../subgraphs/registration/entities.ts';
import { onGround } from '../house.ts';

const SEALED: [SubgraphName, SealedColumn][] = [
  ['registration', SEALED_CODES],
  ['collection', SEALED_ROWS],
  ['collection', SEALED_QUARANTINE],
];

export const resealCommand = (): Command =>
  new Command('reseal')
    .description(
      '更换封存密钥后重新封存身份证号与退回的行 / seal identity numbers and rejected rows anew after a key was put in front of SEALING_KEYS',
    )
    .action(async () => {
      const counts = await onGround(async ({ databases, sealer }) => {
        const done: number[] = [];
        for (const [name, column] of SEALED) {
          const pool = openPool(databases[name].appUrl, { max: 1 });
          try {
            done.push(await reseal(pool, sealer, column));
          } finally {
            await pool.end();
          }
        }
        return done;
      });
      process.stdout.write(`${counts.reduce((a, b) => a + b, 0)} 重新封存 sealed anew\n`);
    });
