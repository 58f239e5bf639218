import { readFileSync } from 'node:fs';
import gateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';

/** Mercurius as a gateway with its JIT: `node gateway.js 4000 services.json`, services as `gateway.services` takes them. */
const [port, file] = process.argv.slice(2);
const app = Fastify();
await app.register(gateway, {
  path: '/',
  jit: 1,
  gateway: { services: JSON.parse(readFileSync(file, 'utf8')) },
});
await app.listen({ port: Number(port), host: '127.0.0.1' });
