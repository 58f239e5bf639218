import { type Socket, connect } from 'node:net';

/** An answer as it came; its body is not read. */
export interface Answer {
  status: number;
  /** One part, or as many as the server sent chunks. */
  body: readonly Buffer[];
  /** All of it, headers included. */
  bytes: number;
}

const HEAD_END = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const CHUNKED = /\r\ntransfer-encoding: *chunked/i;

/**
 * The answer that the bytes are, framed by its length or in chunks without trailers, the two ways that servers frame an answer over a
 * connection that is kept.
 * @returns how many bytes there must be before it is worth looking again, where it is not whole yet
 */
export function answerIn(received: Buffer): Answer | number {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return received.length + 1;
  const head = received.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  const from = headEnd + HEAD_END.length;
  const length = LENGTH.exec(head)?.[1];
  if (length !== undefined) {
    const bytes = from + Number(length);
    return received.length < bytes ? bytes : { status, body: [received.subarray(from, bytes)], bytes };
  }
  if (!CHUNKED.test(head)) throw new Error(`an answer without a length:\n${head}`);
  const body: Buffer[] = [];
  for (let at = from; ; ) {
    const lineEnd = received.indexOf('\r\n', at);
    if (lineEnd < 0) return received.length + 1;
    const size = Number.parseInt(received.toString('latin1', at, lineEnd), 16);
    const start = lineEnd + 2;
    const next = start + size + 2;
    if (received.length < next) return next;
    if (size === 0) return { status, body, bytes: next };
    body.push(received.subarray(start, start + size));
    at = next;
  }
}

/**
 * One connection that is kept, with one request under way at a time. The load generator shares the cores with what it measures: this takes
 * 25 µs of CPU for a request with an answer of 1.8 kB, undici 38 to 47, autocannon 50, and on a busy machine they take three times as much.
 */
export class Connection {
  readonly #socket: Socket;
  #parts: Buffer[] = [];
  #size = 0;
  #least = 0;
  #waiting: PromiseWithResolvers<Answer> | null = null;
  #lost: Error | null = null;

  constructor(socket: Socket, patienceMs: number) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setTimeout(patienceMs, () => socket.destroy(new Error('no answer in time')));
    socket.on('data', (part) => this.#take(part));
    socket.on('error', (error) => this.#lose(error));
    socket.on('close', () => this.#lose(new Error('the server closed the connection')));
  }

  /** @param patienceMs that an answer may take */
  static async open({ hostname, port }: URL, patienceMs: number): Promise<Connection> {
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject);
    });
    return new Connection(socket, patienceMs);
  }

  /** @throws Error where the connection is lost, after which every request fails */
  ask(request: string): Promise<Answer> {
    this.#waiting = Promise.withResolvers();
    if (this.#lost) this.#waiting.reject(this.#lost);
    else this.#socket.write(request);
    return this.#waiting.promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(part: Buffer): void {
    this.#parts.push(part);
    this.#size += part.length;
    if (this.#size < this.#least) return;
    const [only] = this.#parts;
    const received = this.#parts.length === 1 && only ? only : Buffer.concat(this.#parts);
    let found: Answer | number;
    try {
      found = answerIn(received);
    } catch (error) {
      this.#socket.destroy(error as Error);
      return;
    }
    if (typeof found === 'number') {
      this.#parts = [received];
      this.#least = found;
      return;
    }
    this.#parts = [];
    this.#size = 0;
    this.#least = 0;
    this.#waiting?.resolve(found);
  }

  #lose(error: Error): void {
    this.#lost ??= error;
    this.#waiting?.reject(this.#lost);
  }
}
