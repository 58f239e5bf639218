/** As many runs as are asked for. */
const ASKED = process.env['FC_RUNS'];

/** Milliseconds that a property may take: a machine that is busy runs fewer cases, and what failed is told before jest gives up. */
const PATIENCE = 12_000;

/** So that a change is judged by the cases that the one before it was judged by. */
const SEED = 20161231;

/** How long a property runs: `FC_RUNS` raises the number of cases, lifts the limit of time, and takes other cases each time. */
export const runs = (usual: number, patience = PATIENCE) =>
  ASKED ? { numRuns: Number(ASKED) } : { numRuns: usual, interruptAfterTimeLimit: patience, seed: SEED };

/** For jest, which stops a test that takes longer. */
export const TIMEOUT = ASKED ? 3_600_000 : 120_000;
