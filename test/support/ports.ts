const FIRST = 20_000;
const LAST = 32_000;

/**
 * A port for a process that a test starts, unlikely to be another test's. Below 32,768 on purpose: above, the
 * kernel hands ports out for outgoing connections, and one of those once stood where a gateway was to listen.
 */
export const randomPort = (): number => FIRST + Math.floor(Math.random() * (LAST - FIRST));
