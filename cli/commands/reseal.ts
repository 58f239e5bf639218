import { Command } from 'commander';
import { type SealedColumn, reseal } from '../../platform/crypto/reseal.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import type { SubgraphName } from '../../schema/sdl.ts';
import { SEALED_REPORTS } from '../../subgraphs/access/reports/entities.ts';
import { SEALED_QUARANTINE, SEALED_ROWS } from '../../subgraphs/collection/entities.ts';
import { SEALED_EVIDENCE, SEALED_EVIDENCE_NAMES } from '../../subgraphs/objections/evidence/entity.ts';
import { SEALED_CODES } from '../../subgraphs/registration/entities.ts';
import { SEALED_SECRETS } from '../../subgraphs/sharing/push/entities.ts';
import { onGround } from '../house.ts';

const SEALED: [SubgraphName, SealedColumn][] = [
  ['registration', SEALED_CODES],
  ['collection', SEALED_ROWS],
  ['collection', SEALED_QUARANTINE],
  ['objections', SEALED_EVIDENCE],
  ['objections', SEALED_EVIDENCE_NAMES],
  ['access', SEALED_REPORTS],
  ['sharing', SEALED_SECRETS],
];

export const resealCommand = (): Command =>
  new Command('reseal')
    .description(
      '更换封存密钥后重新封存身份证号、退回的行、证明材料、信用报告与推送密钥 / seal identity numbers, rejected rows, evidence, credit reports and secrets of webhooks anew after a key was put in front of SEALING_KEYS',
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
