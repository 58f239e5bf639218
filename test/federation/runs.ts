/** As many runs as are asked for. */
const ASKED = process.env['FC_RUNS'];

/** Milliseconds that a property may take: a machine that is busy runs fewer cases, and what failed is told before jest gives up. */
const PATIENCE = 12_000;

/** How long a property runs: `FC_RUNS` raises the number of cases and lifts the limit of time. */
export const runs = (usual: number, patience = PATIENCE) =>
  ASKED ? { numRuns: Number(ASKED) } : { numRuns: usual, interruptAfterTimeLimit: patience };

/** For jest, which stops a test that takes longer. */
export const TIMEOUT = ASKED ? 3_600_000 : 120_000;
