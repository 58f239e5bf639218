import { createServer } from 'node:net';

const ATTEMPTS = 100;

/** The first free port of 127.0.0.1 from the preferred one on; any free one where a hundred are busy. */
export async function freePort(preferred: number): Promise<number> {
  for (let port = preferred; port < Math.min(preferred + ATTEMPTS, 65_536); port += 1) {
    if ((await listenOnce(port)) !== undefined) return port;
  }
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('no free port on 127.0.0.1');
  return port;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === 'object' ? bound?.port : undefined));
    });
  });
}
