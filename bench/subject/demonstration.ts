import { ended, launch, logOf } from '../harness/children.ts';
import { type BenchGround, openBenchGround, settle } from '../harness/ground.ts';
import { say } from '../harness/table.ts';
import { AGENCIES } from '../stock/start.ts';
import { fillCards } from './cards.ts';

/**
 * A ground with demonstration data, at rest.
 * @param full with full cards, for questions about them
 */
export async function demonstrationGround(subjects: number, full: boolean): Promise<BenchGround> {
  const bench = await openBenchGround();
  const { folder, env } = bench;
  say(`filling in ${subjects} subjects`);
  const args = ['demo', '--subjects', String(subjects), '--json'];
  const demo = launch('demo', { file: 'cli/credit.ts', args, folder, env });
  if ((await ended(demo)) !== 0)
    throw new Error(`the demonstration data could not be filled in\n${logOf(demo)}`);
  if (full) await fillCards(bench);
  await settle(bench.ground, AGENCIES);
  return bench;
}
