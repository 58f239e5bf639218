/** Ends a run with one plain line that any machine can read. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    process.stdout.write(
      `\n${results.numPassedTests} passed, ${results.numFailedTests + results.numRuntimeErrorTestSuites} failed\n`,
    );
  }
}
