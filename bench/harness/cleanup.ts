/** Steps that undo what a run has made and started, the last first, at its end and when it is interrupted. */
const steps: (() => Promise<void>)[] = [];

/** Adds a step. @returns takes it now instead. */
export function atEnd(step: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  const once = () => (done ??= step());
  steps.push(once);
  return once;
}

let running: Promise<void> | undefined;

/** Takes every step, whatever becomes of the others. */
export function cleanUp(): Promise<void> {
  running ??= (async () => {
    for (let step = steps.pop(); step; step = steps.pop()) {
      await step().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
    }
    running = undefined;
  })();
  return running;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

let signalled = false;

/** What fails from now on fails because it is being taken away. */
export const isInterrupted = (): boolean => signalled;

/** Cleans up before a signal ends this process. */
export function cleanUpWhenInterrupted(): void {
  for (const [signal, status] of Object.entries(SIGNALS)) {
    process.once(signal, () => {
      signalled = true;
      void cleanUp().finally(() => process.exit(status));
    });
  }
}
