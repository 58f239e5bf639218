import Sequencer from '@jest/test-sequencer';

/** What starts processes or goes on for as long as it is given: short files that take longest. */
const LONG = [
  /\.crash\.test/,
  /\/cli\//,
  /\/federation\//,
  /\/rights\/model\./,
  /\/law\/pull\./,
  /\/sharing\/push\./,
];

/**
 * As jest has it: the longest first, so that no worker is left with one at the end. Where it does not know how long files took, as in a clean
 * clone, it goes by their size; the shortest texts are among the longest tests.
 */
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = [...(await super.sort(tests))];
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const isLong = ({ path }) => LONG.some((name) => name.test(path));
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
