const waiting: (() => void)[] = [];

/** The work that runs, one piece a turn of the event loop: pieces that come at once would hold it together for as long as all of them take. */
export function oneATurn(work: () => void): void {
  if (waiting.push(work) === 1) setImmediate(next);
}

function next(): void {
  try {
    waiting[0]?.();
  } finally {
    waiting.shift();
    if (waiting.length > 0) setImmediate(next);
  }
}
