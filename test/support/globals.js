/**
 * What the tests import from `@jest/globals`, of the runner that runs them; with what it has not: a bound on time, and errors that nobody
 * caught as failures of the test under way.
 */
const { describe, expect, jest } = globalThis;
// A test may put others in their place.
const { clearTimeout, setTimeout } = globalThis;
const USUAL_MS = 180_000;

let underWay = null;
const onUncaught = (error) => {
  if (underWay) return underWay(error);
  console.error(error);
  process.exit(1);
};
process.on('uncaughtException', onUncaught);
process.on('unhandledRejection', onUncaught);

const within =
  (run, ms = USUAL_MS) =>
  async (...given) => {
    let timer;
    const broken = new Promise((_, fail) => {
      underWay = fail;
      timer = setTimeout(() => fail(new Error(`it took more than ${ms} ms`)), ms);
    });
    try {
      return await Promise.race([run(...given), broken]);
    } finally {
      underWay = null;
      clearTimeout(timer);
    }
  };

const hook = (name) => (run, ms) => globalThis[name](within(run, ms));
const [beforeAll, beforeEach, afterEach, afterAll] = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'].map(
  hook,
);

const test = (name, run, ms) => globalThis.test(name, within(run, ms));
test.each =
  (...table) =>
  (name, run, ms) =>
    globalThis.test.each(...table)(name, within(run, ms));

export { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test };
