import { startGateway } from '../gateway/distributed/gateway.ts';
import { loadSettings } from '../platform/settings.ts';
import { untilStopped } from './untilStopped.ts';

/** The gateway as a service of its own; its subgraphs are other processes. */
await untilStopped(() => startGateway(loadSettings()));
