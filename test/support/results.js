import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Keeps how the tests of each file went when they last ran, in `coverage/results.json`, for docs/conformance.md: names and outcomes alone. A
 * test that a run leaves out keeps its last outcome.
 */
export default class Results {
  #root;

  constructor({ rootDir }) {
    this.#root = rootDir;
  }

  onRunComplete(_contexts, { testResults }) {
    const file = join(this.#root, 'coverage/results.json');
    const all = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    for (const { testFilePath, testResults: tests } of testResults) {
      const path = relative(this.#root, testFilePath);
      const before = all[path] ?? [];
      all[path] = tests.flatMap(({ ancestorTitles, title, status }) => {
        const names = [...ancestorTitles, title];
        if (status === 'passed' || status === 'failed') return [{ names, passed: status === 'passed' }];
        return before.filter((test) => test.names.join('\n') === names.join('\n')).slice(0, 1);
      });
    }
    mkdirSync(join(this.#root, 'coverage'), { recursive: true });
    // Runs at the same time must not find half a file.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(all));
    renameSync(`${file}.${process.pid}`, file);
  }
}
