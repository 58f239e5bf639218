/** What the tests import from `@jest/globals`, of the runner that runs them; with a bound on time, which it has not. */
const { describe, expect, jest } = globalThis;
const USUAL_MS = 180_000;

const within =
  (run, ms = USUAL_MS) =>
  async (...given) => {
    let timer;
    const late = new Promise((_, fail) => {
      timer = setTimeout(() => fail(new Error(`it took more than ${ms} ms`)), ms);
    });
    try {
      return await Promise.race([run(...given), late]);
    } finally {
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
