import { createServer } from 'node:http';
import pg from 'pg';
import { givenOptions } from '../../harness/options.ts';

/**
 * The limit: one prepared statement a request behind plain HTTP, with no GraphQL, token, policy or journal. `node bench/peers/raw/server.ts options.json`.
 * It takes the requests that all others take, and minds nothing in them but the code, or the codes.
 */
export interface Raw {
  port: number;
  databaseUrl: string;
  /** Takes a code, or an array of them, gives the text of `data`. */
  statement: string;
}

const { port, databaseUrl, statement } = givenOptions() as Raw;
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });

async function answer(request: Buffer): Promise<Buffer> {
  const { variables } = JSON.parse(request.toString()) as {
    variables: { code: string } | { codes: string[] };
  };
  const { rows } = await pool.query<{ data: string }>({
    name: 'subject',
    text: statement,
    values: Object.values(variables),
  });
  return Buffer.from(`{"data":${rows[0]?.data ?? '{"subject":null}'}}`);
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', async () => {
    const body = await answer(Buffer.concat(parts));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
});
server.listen(port, '127.0.0.1');
