import dns from 'node:dns';
import net from 'node:net';

// Loaded before anything else: every address that the process would contact is written down, and none but loopback is.

const LOOPBACK = /^(127\.|::1$|localhost$)/;
const foreign = new Set<string>();

const refuse = (host: string): Error => {
  foreign.add(host);
  return new Error(`no way to ${host} in this test`);
};

const connect = Reflect.get(net.Socket.prototype, 'connect') as (
  this: net.Socket,
  ...given: unknown[]
) => net.Socket;
net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]) {
  const [first, second] = Array.isArray(given[0]) ? (given[0] as unknown[]) : given;
  const host =
    typeof first === 'object' && first !== null
      ? ((first as { host?: string }).host ?? 'localhost')
      : typeof second === 'string'
        ? second
        : 'localhost';
  if (LOOPBACK.test(host)) return connect.apply(this, given);
  process.nextTick(() => this.destroy(refuse(host)));
  return this;
};

const lookup = dns.lookup as (...given: unknown[]) => void;
dns.lookup = ((host: string, ...rest: unknown[]) => {
  if (LOOPBACK.test(host)) return lookup(host, ...rest);
  const done = rest.at(-1) as (error: Error) => void;
  process.nextTick(() => done(refuse(host)));
}) as never;
dns.promises.lookup = async (host: string) => {
  throw refuse(host);
};

process.on('exit', () => process.stdout.write(`${JSON.stringify([...foreign])}\n`));
