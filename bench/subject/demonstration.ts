import { type BenchGround, openBenchGround, settle } from '../harness/ground.ts';
import { say } from '../harness/table.ts';
import { AGENCIES } from '../stock/start.ts';
import { fillIn } from '../year/gateway.ts';
import { fillCards } from './cards.ts';

/**
 * A ground with demonstration data, at rest.
 * @param full with full cards, for questions about them
 */
export async function demonstrationGround(subjects: number, full: boolean): Promise<BenchGround> {
  const bench = await openBenchGround();
  say(`filling in ${subjects} subjects`);
  await fillIn(bench, subjects);
  if (full) await fillCards(bench);
  await settle(bench.ground, AGENCIES);
  return bench;
}
