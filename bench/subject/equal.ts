import { type Question, ask } from './question.ts';
import type { Target } from './targets.ts';

const CHECKED = 40;

/** What an answer holds, on average. */
export interface AnswerSize {
  bytes: number;
  records: number;
}

/** Every target must give the same bytes of `data`, asked one by one and all at once. @throws Error that shows the first difference. */
export async function checkEqual(targets: readonly Target[], question: Question): Promise<AnswerSize> {
  const step = Math.max(1, Math.floor(question.variables.length / CHECKED));
  const chosen = question.variables.filter((_, i) => i % step === 0).slice(0, CHECKED);
  const expected: string[] = [];
  for (const target of targets) {
    const alone: string[] = [];
    for (const variables of chosen) alone.push(await ask(target.url, question, variables));
    const together = await Promise.all(chosen.map((variables) => ask(target.url, question, variables)));
    if (expected.length === 0) expected.push(...alone);
    for (const got of [alone, together]) {
      const at = got.findIndex((data, i) => data !== expected[i]);
      if (at >= 0) {
        throw new Error(
          `${target.name} differs for ${chosen[at]?.code}:\n${got[at]}\nexpected\n${expected[at]}`,
        );
      }
    }
  }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  return {
    bytes: mean(expected.map((data) => Buffer.byteLength(data))),
    records: mean(expected.map((data) => data.split('"provider":').length - 1)),
  };
}
