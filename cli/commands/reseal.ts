import { Command } from 'commander';
import { openPool } from '../../platform/postgres/pool.ts';
import { resealCodes } from '../../subgraphs/registration/reseal.ts';
import { onGround } from '../house.ts';

export const resealCommand = (): Command =>
  new Command('reseal')
    .description(
      '更换封存密钥后重新封存身份证号 / seal identity numbers anew after a key was put in front of SEALING_KEYS',
    )
    .action(async () => {
      const count = await onGround(async ({ databases, sealer }) => {
        const pool = openPool(databases.registration.appUrl, { max: 1 });
        try {
          return await resealCodes(pool, sealer);
        } finally {
          await pool.end();
        }
      });
      process.stdout.write(`${count} 重新封存 sealed anew\n`);
    });
